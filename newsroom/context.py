from django.conf import settings

from contacts.languages import content_language, direction


def site(request):
    """What every template needs: the organisation's name, the language and its direction."""
    language = content_language()
    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "content_language": language,
        "content_direction": direction(language),
    }
