"""The WSGI application; the page cache, if it is on, answers before Django."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def site():
    django = get_wsgi_application()
    from articles.listing.snapshot import archive  # needs Django's apps
    from articles.media import background

    archive.build()
    background.start()
    if not settings.PAGE_CACHE:
        return django
    from .pagecache.wsgi import PageCacheApplication  # needs Django's apps

    return PageCacheApplication(django)


try:
    application = site()
except ImproperlyConfigured as error:
    sys.exit(f"newsroom: {error}")
