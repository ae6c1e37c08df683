"""The WSGI application; the page cache, if it is on, answers before Django."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def site():
    django = get_wsgi_application()
    from articles import jobs  # needs Django's apps
    from articles.listing.in_memory import lists_in_memory
    from articles.reader_figures.counting import CountReaders

    lists_in_memory().build()
    jobs.start()
    application = django
    if settings.PAGE_CACHE:
        from .pagecache.wsgi import PageCacheApplication  # needs Django's apps

        application = PageCacheApplication(django)
    return CountReaders(application) if settings.READER_FIGURES else application


try:
    application = site()
except ImproperlyConfigured as error:
    sys.exit(f"newsroom: {error}")
