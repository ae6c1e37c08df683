"""Newest first without sorting everything: the index is asked for the newest months, then the year, then the rest.

A window is a word more of the question ("one of these months") and ends where the one before began, so
that the search stops as soon as there is enough, and never walks through an index of dates. There are
few, since an index weighs each article of a window that has as few articles as the rarest word.
"""

from datetime import UTC, datetime, timedelta

from .document import facet
from .query import Any, Word

MONTHS = (2, 10)
INSTANT = timedelta(microseconds=1)


def windows(newest, until, year=None):
    """[(expression of time or None, moment before which)], newest first.

    `newest`: about when the newest article was published. The first window reaches from there to `until`.
    """
    now = _number(until)
    last, earliest = min(_number(newest), now), 0
    if year is not None:
        earliest = year * 12
        now = max(min(now, earliest + 11), earliest)
        last = max(min(last, now), earliest)
    found, before = [], until + INSTANT
    for months in MONTHS if year is None else MONTHS[:1]:
        first = max(last - months + 1, earliest)
        found.append((Any(tuple(_word(month) for month in range(first, now + 1))), before))
        now = last = first - 1
        before = datetime(first // 12, first % 12 + 1, 1, tzinfo=UTC)
    return [*found, (Word(facet("y", year)) if year is not None else None, before)]


def _number(moment):
    """Months since year 0."""
    return moment.year * 12 + moment.month - 1


def _word(month):
    return Word(facet("m", f"{month // 12}{month % 12 + 1:02}"))
