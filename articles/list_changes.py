"""Which articles changed since a process last looked: written with each change, in its transaction.

Readers must miss nothing, though a transaction that began earlier may end later. SQLite has one writer at a
time, so numbers are in the order of the commits. On PostgreSQL a note bears its transaction's id, and a
reader asks for all notes since the oldest transaction that was still open when it last looked; what it has
seen of those it passes over. (PostgreSQL documentation, "System Information Functions": pg_snapshot_xmin.)
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.utils import timezone

from .models import ListChange

KEPT = timedelta(days=2)  # a process that has not looked for so long reads everything anew
TIDIED_EVERY = 100
MOST = 500  # articles of one change that are noted one by one
TABLE = "articles_listchange"


@dataclass(frozen=True)
class Position:
    """How far a process has read: before `floor` everything, and of the rest the notes in `seen`."""

    floor: int
    seen: frozenset = frozenset()


@dataclass
class News:
    position: Position
    articles: set = field(default_factory=set)
    names: bool = False
    everything: bool = False

    def __bool__(self):
        return bool(self.articles or self.names or self.everything)


def note(articles):
    """Say that these articles (ids) may be listed otherwise now; call it in the transaction that changes them."""
    articles = set(articles)
    if len(articles) > MOST:
        return note_everything()
    _write([ListChange(article=article) for article in sorted(articles)])


def note_everything():
    _write([ListChange()])


def note_names():
    """Say that names of places, offices or topics may have changed."""
    _write([ListChange(names=True)])


def _write(changes):
    for change in ListChange.objects.bulk_create(changes):
        if change.pk % TIDIED_EVERY == 0:
            ListChange.objects.filter(at__lt=timezone.now() - KEPT).delete()


def here():
    """The position before which nothing need be read: ask for it before you read the articles."""
    if _connection().vendor == "postgresql":
        return _noted_since("s.xmin")[0]
    return Position(_rows(f"SELECT coalesce(max(id), 0) FROM {TABLE}")[0][0])


def since(position):
    """The News after a position."""
    if _connection().vendor == "postgresql":
        now, noted = _noted_since("%s::text::xid8", str(position.floor))
    else:
        noted = _rows(f"SELECT id, article, names FROM {TABLE} WHERE id > %s", position.floor)
        now = Position(max((row[0] for row in noted), default=position.floor))
    news = News(now)
    for number, article, names in noted:
        if number in position.seen:
            continue
        if names:
            news.names = True
        elif article is None:
            news.everything = True
        else:
            news.articles.add(article)
    return news


def _noted_since(floor, *values):
    """PostgreSQL: the Position now, and the notes of transactions from `floor` on."""
    rows = _rows(
        f"SELECT s.xmin::text::bigint, c.id, c.article, c.names FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())"
        f" AS xmin) s LEFT JOIN {TABLE} c ON c.xid >= {floor}",
        *values,
    )
    noted = [row[1:] for row in rows if row[1] is not None]
    return Position(rows[0][0], frozenset(row[0] for row in noted)), noted


def _connection():
    return connections[router.db_for_read(ListChange) or DEFAULT_DB_ALIAS]


def _rows(sql, *values):
    with _connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
