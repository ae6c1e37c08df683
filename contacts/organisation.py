from django.conf import settings

from .languages import content_language


def organisation_name(language=None):
    """The organisation's name in the wanted, else the active language, else `NEWSROOM_NAME`."""
    return settings.NEWSROOM_NAMES.get(content_language(language)) or settings.NEWSROOM_NAME
