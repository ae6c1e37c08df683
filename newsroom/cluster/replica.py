"""Public pages read from a replica of the database (DATABASE_REPLICA_URL); everything else from the primary.

A page that the page cache renders for a site version reads the replica only if the replica shows this version itself:
then it has replayed all that was committed before. While it is late or away, pages read the primary. So nobody sees
an older page than without a replica, and while the primary is away, pages are still rendered.
"""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, Error, connections

from newsroom.models import SiteVersion

logger = logging.getLogger(__name__)

ALIAS = "replica"
PAUSE = 2.0  # seconds without a look at a replica that did not answer: short, the primary may be away next
_is_read = ContextVar("is_read", default=False)
_next_look = float("-inf")


class Router:
    """settings.DATABASE_ROUTERS. It always names a database, or rows of the replica would be read from there later."""

    def db_for_read(self, model, **hints):
        return ALIAS if _is_read.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first, second, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


def is_configured():
    return ALIAS in connections.settings


@contextmanager
def read_for(version):
    """Read the replica within this block, if it has the content of this site version. Gives whether it is read."""
    token = _is_read.set(version is not None and _has_replayed(version))
    try:
        yield _is_read.get()
    finally:
        _is_read.reset(token)


def leave_alone(reason):
    """Read the primary for a while."""
    global _next_look
    if time.monotonic() >= _next_look:
        logger.warning("The replica is not read for %d s: %s", PAUSE, reason)
    _next_look = time.monotonic() + PAUSE


def _has_replayed(version):
    if not is_configured() or time.monotonic() < _next_look:
        return False
    try:
        return (SiteVersion.objects.using(ALIAS).values_list("value", flat=True).first() or 0) == version
    except Error as error:
        leave_alone(type(error).__name__)
        return False
