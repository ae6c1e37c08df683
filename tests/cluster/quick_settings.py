"""Settings that fill the cluster: static files are not compressed, which would take a minute and prove nothing here."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES

PLAIN = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": PLAIN}}
