from django.utils.functional import SimpleLazyObject

from articles.archive.memory import archive
from contacts.languages import content_language, direction
from contacts.organisation import organisation_name


def site(request):
    """What every template needs: the organisation's name, the language and its direction.

    `generation` is for `{% cache %}` around what shows names and nothing else.
    """
    language = content_language()
    return {
        "newsroom_name": organisation_name(language),
        "content_language": language,
        "content_direction": direction(language),
        "generation": SimpleLazyObject(lambda: archive.names().generation),
    }
