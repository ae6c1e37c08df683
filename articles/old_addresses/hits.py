"""Counts how often old addresses are asked for: in memory, and some times a minute in the database.

A request writes nothing. What the page cache answers is not counted, so that many requests within a minute may count
as one. A process that is killed loses what it has counted since its last look.
"""

import threading

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from .. import jobs
from ..models import OldAddress, OldAddressUse

JOB = "hits of old addresses"
LOOK_EVERY = 20  # seconds
WAKE_AT, MOST = 1_000, 10_000  # addresses that wait in memory
TOGETHER = 500  # rows of a transaction, which on SQLite holds the write lock

_waiting = {}  # {id of an old address: [hits, last]}
_lock = threading.Lock()


def count(row):
    """Count a hit of an old address (its id)."""
    with _lock:
        if row not in _waiting and len(_waiting) >= MOST:
            return
        waits = _waiting.setdefault(row, [0, None])
        waits[0], waits[1] = waits[0] + 1, timezone.now()
        is_much = len(_waiting) == WAKE_AT
    if is_much:
        jobs.wake(JOB)


def store():
    """Write what this process has counted."""
    while taken := _take():
        try:
            with transaction.atomic():
                _add(taken)
        except BaseException:
            _give_back(taken)
            raise


def _take():
    with _lock:
        return {row: _waiting.pop(row) for row in sorted(_waiting)[:TOGETHER]}


def _give_back(taken):
    with _lock:
        for row, (number, last) in taken.items():
            waits = _waiting.setdefault(row, [0, last])
            waits[0] += number


def _add(taken):
    """In the order of the ids: so no two processes wait for each other."""
    known = OldAddress.objects.filter(pk__in=taken).order_by("pk").values_list("pk", flat=True)
    uses = [OldAddressUse(old_address_id=row, last_at=taken[row][1]) for row in known]
    OldAddressUse.objects.bulk_create(uses, ignore_conflicts=True)
    for row, (number, last) in taken.items():
        OldAddressUse.objects.filter(pk=row).update(hits=F("hits") + number, last_at=Greatest("last_at", last))
