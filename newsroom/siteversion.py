"""The site version: one value that is new after every change of what the public sees.

It lies in the database, or in Redis where CACHE_URL names one, so that what one process publishes
every other process shows within a second.
"""

import logging
import secrets
import threading
import time

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from contacts import public_pages

from .models import SiteVersion

logger = logging.getLogger(__name__)

CACHE_KEY = "newsroom:site-version"
ONLY = 1  # the table has one row
LOOK_EVERY = 0.5  # seconds
NEVER_OLDER = 0.9
PATIENCE = 1.0
SCHEDULE_EVERY = 30.0
AFTER_TROUBLE = 2.0


def bump():
    """Make it a new one when the running transaction, if any, is committed."""
    # A failure is logged, and costs no more than the minute that a page is kept: robust.
    transaction.on_commit(_bump, robust=True)


def _bump():
    # Any new value will do. A random one needs no reading first, and no two writers take the same.
    _write(secrets.randbits(62))
    watch.forget()


def _in_redis():
    return settings.CACHE_URL.startswith("redis")


def _write(value):
    if _in_redis():
        cache.set(CACHE_KEY, value, timeout=None)
    elif not SiteVersion.objects.filter(pk=ONLY).update(value=value):
        SiteVersion.objects.bulk_create([SiteVersion(pk=ONLY, value=value)], ignore_conflicts=True)


def _read():
    if _in_redis():
        return cache.get(CACHE_KEY, 0)
    return next(iter(SiteVersion.objects.filter(pk=ONLY).values_list("value", flat=True)), 0)


class Watch:
    """What this process knows: the version, and the next moment at which pages change by themselves.

    `refresh()` looks again when half a second has passed. One thread looks; the others go on with what
    is known, unless that is so old that a second could pass before a reader sees something new.
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
        except Exception as error:  # whatever database or Redis raise: pages that are here can still be shown
            if not self._in_trouble:
                logger.warning("The site version cannot be read: %s", type(error).__name__)
            self._looked, self._in_trouble = time.monotonic() + AFTER_TROUBLE - LOOK_EVERY, True
        else:
            self.version, self._looked, self._in_trouble = version, started, False


watch = Watch()
