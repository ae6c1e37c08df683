"""Reads the journal of changes (`ListChange`), for the lists in memory: what changed after a position.

Readers of the journal must miss nothing, though a transaction that began earlier may end later. SQLite has one writer
at a time, so that entries are numbered in the order of their commits. On PostgreSQL an entry bears the id of its
transaction, and a reader asks for all entries since the oldest transaction that was still open at its last look;
those that it has seen it passes over. (PostgreSQL documentation, "System Information Functions": pg_snapshot_xmin.)
"""

from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, connections, router

from ..models import ListChange

JOURNAL = ListChange._meta.db_table


@dataclass(frozen=True)
class Position:
    """How far the journal was read: everything before `floor`, and of the rest the entries in `seen`."""

    floor: int
    seen: frozenset = frozenset()


@dataclass
class Changes:
    """What the journal says after a position: ids of articles, or that all articles or that names changed."""

    position: Position
    articles: set = field(default_factory=set)
    names: bool = False
    everything: bool = False

    def __bool__(self):
        return bool(self.articles or self.names or self.everything)


def journal_position():
    """The position now: ask for it before you read the articles."""
    if _connection().vendor == "postgresql":
        return _entries_since("s.xmin")[0]
    return Position(_rows(f"SELECT coalesce(max(id), 0) FROM {JOURNAL}")[0][0])


def changes_since(position):
    """The Changes after a position."""
    if _connection().vendor == "postgresql":
        now, entries = _entries_since("%s::text::xid8", str(position.floor))
    else:
        entries = _rows(f"SELECT id, article, names FROM {JOURNAL} WHERE id > %s", position.floor)
        now = Position(max((row[0] for row in entries), default=position.floor))
    changes = Changes(now)
    for number, article, names in entries:
        if number in position.seen:
            continue
        if names:
            changes.names = True
        elif article is None:
            changes.everything = True
        else:
            changes.articles.add(article)
    return changes


def _entries_since(floor, *values):
    """PostgreSQL: the Position now, and the entries of transactions from `floor` on."""
    rows = _rows(
        f"SELECT s.xmin::text::bigint, c.id, c.article, c.names FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())"
        f" AS xmin) s LEFT JOIN {JOURNAL} c ON c.xid >= {floor}",
        *values,
    )
    entries = [row[1:] for row in rows if row[1] is not None]
    return Position(rows[0][0], frozenset(row[0] for row in entries)), entries


def database():
    """The alias of the database that is read now."""
    return router.db_for_read(ListChange) or DEFAULT_DB_ALIAS


def _connection():
    return connections[database()]


def _rows(sql, *values):
    with _connection().cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
