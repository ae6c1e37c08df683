import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def site():
    django = get_wsgi_application()
    if not settings.PAGE_CACHE:
        return django
    from newsroom.pagecache.door import Door  # needs Django's apps

    return Door(django)


try:
    application = site()
except ImproperlyConfigured as error:
    sys.exit(f"newsroom: {error}")
