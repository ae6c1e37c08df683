"""The organisation that runs the site: its name, and its addresses in full."""

from django.conf import settings

from .languages import content_language


def organisation_name(language=None):
    """The organisation's name in the wanted, else the active language, else `NEWSROOM_NAME`."""
    return settings.NEWSROOM_NAMES.get(content_language(language)) or settings.NEWSROOM_NAME


def absolute(request, path):
    """NEWSROOM_BASE_URL decides; without it the host that was asked, which ALLOWED_HOSTS has checked."""
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    return base + path if base else request.build_absolute_uri(path)
