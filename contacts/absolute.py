"""Addresses with their host, for whoever reads a page elsewhere: canonical links, vCards, JSON-LD."""

from django.conf import settings


def absolute(request, path):
    """NEWSROOM_BASE_URL decides; without it the host that was asked, which ALLOWED_HOSTS has checked."""
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    return base + path if base else request.build_absolute_uri(path)
