from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject

from articles.listing.snapshot import archive
from contacts.languages import content_language, direction
from contacts.organisation import organisation_name


def site(request):
    """What every template needs: the organisation's name, the language and its direction.

    `generation` and `script_prefix` are for `{% cache %}` around what shows names and addresses, and nothing else.
    """
    language = content_language()
    return {
        "newsroom_name": organisation_name(language),
        "content_language": language,
        "content_direction": direction(language),
        "script_prefix": get_script_prefix(),
        "generation": SimpleLazyObject(lambda: archive.names().generation),
    }
