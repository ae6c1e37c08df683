"""Newest first without sorting everything: the index is asked for the newest months, then for older ones.

Each window is a word more of the question ("one of these months") and ends where the one before
began, so that the search stops as soon as there is enough, and never walks through a date index.
"""

from datetime import UTC, datetime
from itertools import pairwise

from .question import Any, Word
from .vector import facet

MONTHS = (2, 4)  # then the rest of that year
YEARS = (2, 5, 12)  # then all that is older


def windows(newest, until, year=None):
    """[(expression of time or None, moment before which)], newest first."""
    last = newest.year * 12 + newest.month - 1
    if year is not None:
        last = min(last, year * 12 + 11) if year <= newest.year else year * 12 + 11
    ends = [last]
    for months in MONTHS:
        ends.append(ends[-1] - months)
    if year is not None:
        ends = [end for end in ends if end >= year * 12]
    first_year = ends[-1] // 12
    ends.append(first_year * 12 - 1)
    found = [(_months(range(older + 1, newer + 1)), _after(newer)) for newer, older in pairwise(ends)]
    if year is None:
        found += _years(first_year)
    return [(found[0][0], until), *found[1:]]


def _years(end):
    """Windows of whole years before the year `end`."""
    found = []
    for years in YEARS:
        found.append((_any("y", range(end - years, end)), _after(end * 12 - 1)))
        end -= years
    return [*found, (None, _after(end * 12 - 1))]


def _months(months):
    return _any("m", [f"{month // 12}{month % 12 + 1:02}" for month in months])


def _any(letter, values):
    return Any(tuple(Word(facet(letter, value)) for value in values))


def _after(month):
    """When the month, counted from year 0, is over."""
    year, at = divmod(month + 1, 12)
    return datetime(max(year, 1), at + 1, 1, tzinfo=UTC)
