"""The lists as they are now, for every public view: new editions that are due are merged first if that is possible."""

import time

from django.utils import timezone

from ..models import Article
from ..publishing.due_editions import merge_for_reader
from .snapshot import archive

RETRY_SECONDS = 5  # after an edition could not be merged because somebody else writes
AT_ONCE = 10  # editions that one request merges

_next_try = {"at": float("-inf")}


def lists():
    """The Snapshot of the lists."""
    snapshot = archive.now()
    due = [article for moment, article in snapshot.due if moment <= timezone.now()]
    if not due or time.monotonic() < _next_try["at"]:
        return snapshot
    for article in Article.objects.filter(pk__in=due[:AT_ONCE]):
        if not merge_for_reader(article):
            _next_try["at"] = time.monotonic() + RETRY_SECONDS
            break
    return archive.now()
