"""The site version: a value that changes with every change of public content; part of the keys of the page cache.

It is stored in the database, or in Redis if CACHE_URL names one, so that every process shows within a second what
another one has published. With a replica of the database it is always stored in the database: the replica's own
version says what it has replayed (`newsroom.cluster.replica`).
"""

import logging
import secrets
import threading
import time

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, transaction
from django.utils import timezone

from contacts import public_pages
from newsroom.cluster import purge, replica
from newsroom.models import SiteVersion

logger = logging.getLogger(__name__)

CACHE_KEY = "newsroom:site-version"
ROW = 1  # primary key of the only row
# In seconds:
LOOK_EVERY = 0.5  # how often the version is read
NEVER_OLDER = 0.9  # from this age on a thread waits for the one that reads
PATIENCE = 1.0  # how long it waits
SCHEDULE_EVERY = 30.0  # how often the next scheduled change is asked for
AFTER_TROUBLE = 2.0  # pause after a failed read


def bump():
    """Change the site version when the running transaction, if any, commits."""
    # robust: a failure is logged, and pages are out of date for a minute at most.
    transaction.on_commit(_bump, robust=True)


def _bump():
    # A random value needs no read first, and two writers never choose the same.
    _write(secrets.randbits(62))
    watch.forget()
    purge.soon()


def _in_redis():
    return settings.CACHE_URL.startswith("redis") and not replica.is_configured()


def _write(value):
    if _in_redis():
        cache.set(CACHE_KEY, value, timeout=None)
    elif not SiteVersion.objects.filter(pk=ROW).update(value=value):
        SiteVersion.objects.bulk_create([SiteVersion(pk=ROW, value=value)], ignore_conflicts=True)


def _read():
    if _in_redis():
        return cache.get(CACHE_KEY, 0)
    versions = SiteVersion.objects.using(DEFAULT_DB_ALIAS).filter(pk=ROW)
    return next(iter(versions.values_list("value", flat=True)), 0)


class Watch:
    """The site version as this process knows it, and the next time at which pages change without any save.

    `refresh()` reads both again after half a second. One thread reads while the others use the known values, unless
    these are so old that a reader could miss a change for more than a second.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self.version = None
        self.next_change = None  # seconds since the epoch
        self.forget()

    def forget(self):
        self._looked = self._asked_schedule = float("-inf")
        self._in_trouble = False

    def refresh(self):
        if not self.is_old():
            return
        waits = not self._in_trouble and time.monotonic() - self._looked > NEVER_OLDER
        if not self._lock.acquire(timeout=PATIENCE if waits else 0):
            return
        try:
            if self.is_old():
                self._look()
        finally:
            self._lock.release()

    def is_old(self):
        return time.monotonic() - self._looked >= LOOK_EVERY or self._is_due()

    def _is_due(self):
        return self.next_change is not None and time.time() >= self.next_change and not self._in_trouble

    def _look(self):
        started = time.monotonic()
        try:
            version = _read()
            if version != self.version or self._is_due() or started - self._asked_schedule > SCHEDULE_EVERY:
                moment = public_pages.next_change(timezone.now())
                self.next_change, self._asked_schedule = moment and moment.timestamp(), started
        except Exception as error:  # from database or Redis: cached pages can still be served
            if not self._in_trouble:
                logger.warning("The site version cannot be read: %s", type(error).__name__)
            self._looked, self._in_trouble = time.monotonic() + AFTER_TROUBLE - LOOK_EVERY, True
        else:
            self.version, self._looked, self._in_trouble = version, started, False


watch = Watch()
