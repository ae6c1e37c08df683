"""The archive of this process: read once, then kept up by the journal's notes, and now and then read anew."""

import logging
import threading
import time
from dataclasses import dataclass, field, replace

from django.db import DatabaseError, connections
from pyroaring import BitMap

from .. import list_changes
from ..models import Article
from .index import ROWS, Base, instant
from .labels import Names
from .selection import Late, Selection

logger = logging.getLogger(__name__)

MOST_LATE = 250  # changed articles that are looked through one by one at each question
SMALL = 30_000  # articles that are read within a request; more are read beside it, while the old are shown
OLDEST = 3600 * 12  # seconds without a look at the journal, which forgets after days


@dataclass(frozen=True)
class Snapshot:
    """A base and what changed since: `late` by id (None: not listed any more), whose old ordinals are `moved`.

    `due`: (moment, article) of the new editions that are approved for later. `kept`: counts that were taken.
    """

    base: Base
    position: list_changes.Position
    late: dict = field(default_factory=dict)
    moved: BitMap = field(default_factory=BitMap)
    names: Names = field(default_factory=Names)
    due: tuple = ()
    kept: dict = field(default_factory=dict, init=False)

    def select(self, scope):
        """The articles of a Scope."""
        return Selection(self, scope)


class Archive:
    def __init__(self):
        self._lock = threading.Lock()
        self.forget()

    def forget(self):
        self._snapshot, self._reading, self._outdated, self._looked = None, False, False, 0.0

    def now(self):
        """A Snapshot that knows all that was committed before this call."""
        snapshot, before = self._snapshot, self._looked
        self._looked = time.monotonic()
        if snapshot is None or self._looked - before > OLDEST:
            return self._first(snapshot)
        if not list_changes.since(snapshot.position) and not self._outdated:
            return snapshot
        with self._lock:
            return self._caught_up()

    def names(self):
        """The Names of now, for pages without a list: they do not wait until the lists are read."""
        snapshot = self._snapshot
        if snapshot is None or time.monotonic() - self._looked > OLDEST:
            return Names()
        return self.now().names if list_changes.since(snapshot.position).names else snapshot.names

    def warm(self):
        """Read everything now, so that no reader waits for it. For a thread of its own."""
        try:
            self.now()
        except DatabaseError as error:  # not there yet, or without its tables: the first list tries again
            logger.warning("The lists cannot be read yet: %s", type(error).__name__)
        finally:
            connections.close_all()

    def heal(self, gone):
        """Leave out articles that the database does not show: deleted, or changed without a note."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot = _with(self._snapshot, gone)

    def _first(self, known):
        with self._lock:
            if self._snapshot is known:
                self._snapshot = read()
            return self._snapshot

    def _caught_up(self):
        snapshot = self._snapshot or read()
        news = list_changes.since(snapshot.position)
        snapshot = replace(snapshot, position=news.position)
        if news.articles:
            snapshot = _with(snapshot, news.articles)
        if news.articles or news.everything:
            snapshot = replace(snapshot, due=scheduled())
        if news.names:
            snapshot = replace(snapshot, names=Names())
        if news.everything or self._outdated or len(snapshot.late) > MOST_LATE:
            snapshot = self._anew(snapshot)
        self._snapshot = snapshot
        return snapshot

    def _anew(self, snapshot):
        if len(snapshot.base) <= SMALL and Article.objects.exclude(listed_at=None).count() <= SMALL:
            return read()
        if not self._reading:
            self._reading, self._outdated = True, False
            threading.Thread(target=self._read_beside, name="archive", daemon=True).start()
        return snapshot

    def _read_beside(self):
        try:
            snapshot = read()
            with self._lock:
                self._snapshot = snapshot
        except Exception:  # whatever a database raises: the old one is kept, and the next list tries again
            logger.exception("The archive of lists cannot be read.")
            self._outdated = True
        finally:
            self._reading = False
            connections.close_all()


def read():
    """A Snapshot of the database. What changes while it is read is noted after its position."""
    position = list_changes.here()
    return Snapshot(Base(), position, due=scheduled())


def scheduled():
    """((moment, article), …) of the articles that get a new edition at a moment of their own."""
    approved = Article.State.APPROVED
    copies = Article.objects.filter(revises__gt=0, revises__state=approved).order_by()
    found = copies.values_list("state", "publish_at", "revises")  # few rows, by the index of `revises`
    return tuple((moment, article) for state, moment, article in found if state == approved)


def _with(snapshot, ids):
    """The snapshot with these articles as they are now."""
    ordinals = [ordinal for pk in ids if (ordinal := snapshot.base.ordinal(pk)) is not None]
    late = snapshot.late | dict.fromkeys(ids) | {one.article: one for one in late_articles(ids)}
    return replace(snapshot, late=late, moved=snapshot.moved | BitMap(ordinals))


def late_articles(ids):
    """Yields a Late for each listed one among these articles."""
    words = {pk: set() for pk in ids}
    for letter, (rows, code) in ROWS.items():
        for pk, value in rows.objects.filter(article__in=ids).order_by().values_list("article", code):
            words[pk].add((letter, value))
    listed = Article.objects.filter(pk__in=ids).exclude(listed_at=None).order_by()
    for pk, moment, language, kind, office in listed.values_list("pk", "listed_at", "language", "kind", "office__code"):
        own = {("l", language), ("k", kind), ("y", str(moment.year)), *([("o", office)] if office else [])}
        yield Late(instant(moment), pk, frozenset(words[pk] | own))


archive = Archive()
