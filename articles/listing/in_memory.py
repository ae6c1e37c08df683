"""The lists of this process: an index of the articles, built once and kept up with the journal of changes.

Every page with a list starts with `lists()`, or `lists_in_memory().now()` where a due edition does not matter. Both
give a Snapshot that knows all that was committed before the call. What a page shows of an article is read from the
database all the same, by `live()`: the snapshot only says which articles, and in which order.

A process that has no index yet builds it in a thread; meanwhile a Snapshot asks the database.
"""

import logging
import os
import threading
import time
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import connections
from pyroaring import BitMap

from contacts import clock, public_pages

from ..models import Article
from ..publishing.due_editions import merge_for_reader
from .index import Index, instant
from .journal import Position, changes_since, database, journal_position
from .labels import Names
from .selection import Changed, DatabaseSelection, Selection

logger = logging.getLogger(__name__)

MOST_CHANGED = 250  # articles that are looked through one by one at each question; with more, a new index is built
SMALL = 30_000  # articles whose index is built within a request
OLDEST = 3600 * 12  # seconds without a look into the journal, which forgets after days
RETRY_SECONDS = 5  # after an edition could not be merged because somebody else writes
AT_ONCE = 10  # editions that one request merges


@dataclass(frozen=True)
class Snapshot:
    """The lists at one moment; without an index they ask the database.

    changed: {id: Changed} since the index was built, None for what is not listed any more; outdated: the ordinals in
    the index of all those. due: (moment, article) of the new editions that are approved for later. counts: those that
    were taken. is_old: any article may have changed since the index was built.
    """

    position: Position
    index: Index | None = None
    names: Names = field(default_factory=Names)
    due: tuple = ()
    changed: dict = field(default_factory=dict)
    outdated: BitMap = field(default_factory=BitMap)
    is_old: bool = False
    counts: dict = field(default_factory=dict, init=False)

    def select(self, criteria):
        """The articles that some Criteria choose, newest first: ids by slices, their number, counts."""
        return Selection(self, criteria) if self.index is not None else DatabaseSelection(criteria)

    @property
    def is_complete(self):
        return self.index is not None and not self.is_old and len(self.changed) <= MOST_CHANGED

    def newest_changed(self):
        """The listed ones of the changed articles, newest first."""
        listed = (one for one in self.changed.values() if one is not None)
        return sorted(listed, key=lambda one: (one.at, one.article), reverse=True)

    def after(self, changes):
        """The snapshot with some Changes."""
        snapshot = replace(self, position=changes.position)
        if changes.articles:
            snapshot = snapshot.with_articles(changes.articles)
        if changes.articles or changes.everything:
            snapshot = replace(snapshot, due=scheduled(), is_old=self.is_old or changes.everything)
        return replace(snapshot, names=Names()) if changes.names else snapshot

    def with_articles(self, ids):
        """The snapshot with these articles as they are now."""
        if self.index is None:
            return self
        codes = Article.objects.filter(pk__in=ids).exclude(listed_at=None).facet_codes()
        changed = {pk: Changed(instant(at), day, pk, frozenset(own)) for pk, (at, day, own) in codes.items()}
        ordinals = [ordinal for pk in ids if (ordinal := self.index.ordinal(pk)) is not None]
        return replace(
            self,
            changed=self.changed | dict.fromkeys(ids) | changed,
            outdated=self.outdated | BitMap(ordinals),
        )

    def with_index(self, index, position):
        """The snapshot with an index that was built after a position of the journal."""
        return replace(self, index=index, position=position, changed={}, outdated=BitMap(), is_old=False)


def new_snapshot():
    position = journal_position()
    return Snapshot(position, due=scheduled())


def scheduled():
    """((moment, article), …) of the articles that get a new edition at a moment of their own, in the order of time."""
    approved = Article.State.APPROVED
    copies = Article.objects.filter(revises__gt=0, revises__state=approved).order_by()
    found = copies.values_list("state", "publish_at", "revises")  # few rows, by the index of `revises`
    return tuple(sorted((moment, article) for state, moment, article in found if state == approved))


def is_small():
    """Whether an index is built so quickly that a request may do it."""
    return not Article.objects.exclude(listed_at=None).order_by()[SMALL : SMALL + 1].exists()


class ListsInMemory:
    """Keeps the Snapshot of one database, of this process, up to date."""

    def __init__(self):
        self._lock = threading.Lock()
        self._snapshot, self._looked = None, float("-inf")
        self._building = threading.Lock()  # held by the thread that builds an index

    def now(self, wait=True):
        """A Snapshot of what was committed before this call.

        wait: for an index that another request builds, or build it here if that is quick. Pages that need no counts
        do not wait. No cache keeps a page that is drawn from an older Snapshot, or one that lacks its counts.
        """
        snapshot, is_current = self._now(wait)
        if not is_current or snapshot.is_old or (wait and snapshot.index is None):
            public_pages.do_not_store()
        return snapshot

    def names(self, since=float("inf")):
        """The Names of now, or those read `since` a moment: pages without a list never wait for an index."""
        snapshot, is_current = (self._snapshot, True) if self._looked >= since else self._now(wait=False)
        if not is_current:
            public_pages.do_not_store()
        return snapshot.names

    def is_ready(self):
        """Whether lists have an index; if not, one is being built now."""
        return self._now(wait=True)[0].index is not None

    def heal(self, gone):
        """Leave out articles that the database does not show: deleted, or changed without an entry in the journal."""
        if self._lock.acquire(blocking=False):  # else the next page does it
            try:
                self._snapshot = self._snapshot and self._snapshot.with_articles(gone)
            finally:
                self._lock.release()

    def build(self):
        """Build an index in a thread, unless one is being built."""
        if self._building.acquire(blocking=False):
            try:
                # The context of the request says which database is read; nothing else of it is meant.
                build = partial(copy_context().run, self._build)
                threading.Thread(target=build, name="lists", daemon=True).start()
            except RuntimeError:  # the machine allows no more threads: the next list tries again
                self._building.release()

    def _now(self, wait):
        """(Snapshot, whether it has all that was committed before)"""
        started, looked = time.monotonic(), self._looked
        snapshot = self._snapshot  # after `looked`, which another thread sets last: so it is no older than that
        is_usable = snapshot is not None and started - looked <= OLDEST
        if is_usable and (snapshot.is_complete or self._building.locked()) and not changes_since(snapshot.position):
            self._looked = max(self._looked, started)  # only now: what was not read is not known
            return snapshot, True
        if not self._lock.acquire(blocking=wait):
            return (snapshot, False) if is_usable else (new_snapshot(), True)
        try:
            return self._caught_up(started, wait), True
        finally:
            self._lock.release()

    def _caught_up(self, started, wait):
        snapshot = self._snapshot
        if snapshot is None or started - self._looked > OLDEST:
            snapshot = new_snapshot()
        else:
            snapshot = snapshot.after(changes_since(snapshot.position))
        if not snapshot.is_complete and not self._building.locked():
            if not is_small():
                self.build()
            elif wait:
                snapshot = snapshot.with_index(Index(), snapshot.position)
        self._snapshot, self._looked = snapshot, max(self._looked, started)
        return snapshot

    def _build(self):
        building, started = self._building, time.monotonic()
        try:
            position = journal_position()
            index = Index()
            with self._lock:
                known = self._snapshot if started - self._looked <= OLDEST else None
                self._snapshot = (known or new_snapshot()).with_index(index, position)
                self._looked = max(self._looked, started)
        except Exception as error:  # whatever a database raises: the next list tries again
            logger.warning("The lists cannot be read: %s", type(error).__name__, exc_info=True)
        finally:
            building.release()
            connections.close_all()


_kept = {}  # {alias of the database: ListsInMemory}
_merge_again_at = float("-inf")  # when new editions that could not be merged are tried again


def lists_in_memory():
    """The ListsInMemory of the database that is read now.

    Pages that read a replica have lists of their own: the replica may lack what was just committed, and what is missing
    there must not be taken for deleted.
    """
    alias = database()
    return _kept.get(alias) or _kept.setdefault(alias, ListsInMemory())


def forget():
    """Read everything anew."""
    global _merge_again_at
    _kept.clear()
    _merge_again_at = float("-inf")


# A process that is forked while a thread has a lock would wait for ever: the thread is not in it.
os.register_at_fork(after_in_child=forget)


def lists():
    """The Snapshot of now, for public pages: new editions that are due are merged first if that is possible."""
    global _merge_again_at
    snapshot = lists_in_memory().now()
    due = [article for moment, article in snapshot.due if moment <= clock.now()]
    if not due or time.monotonic() < _merge_again_at:
        return snapshot
    found = Article.objects.in_bulk(due[:AT_ONCE])
    for article in due[:AT_ONCE]:  # those whose date came first
        if article in found and not merge_for_reader(found[article]):
            _merge_again_at = time.monotonic() + RETRY_SECONDS
            break
    return lists_in_memory().now()
