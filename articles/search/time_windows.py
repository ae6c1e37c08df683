"""Time windows of a search, newest first: `collecting` asks the index for the newest months before older ones.

A window is one more word of the query ("one of these months or years"). It ends where the newer one began. So the
search stops as soon as it has enough hits, and sorts only the hits of a window.
"""

from datetime import UTC, datetime, timedelta

from .document import facet
from .query import Any, Word

INSTANT = timedelta(microseconds=1)


class Windows:
    """Windows from `until` back to the beginning, each as long as the caller asks; `is_done` after the last one.

    `newest`: about when the newest article was published; the first window counts its months from there.
    `year`: only articles of this year.
    """

    def __init__(self, newest, until, year=None):
        self._year, self._earliest = year, 0 if year is None else year * 12
        last = _number(until)
        if year is not None:
            last = max(min(last, self._earliest + 11), self._earliest)
        self._last, self._newest = last, min(_number(newest), last)
        self._before = until + INSTANT
        self.is_done = False

    def next(self, months):
        """(expression of time or None, moment before which) of the next window; without `months` all that is left."""
        first = min(self._last, self._newest) - (months or 0) + 1
        before = self._before
        if months is None or first <= self._earliest:
            self.is_done = True
            return (None if self._year is None else Word(facet("y", self._year))), before
        expression = Any(tuple(_words(first, self._last)))
        self._last = first - 1
        self._before = datetime(first // 12, first % 12 + 1, 1, tzinfo=UTC)
        return expression, before


def _words(first, last):
    """Words for these months; a whole year is one word."""
    while first <= last:
        year, month = divmod(first, 12)
        if month == 0 and first + 11 <= last:
            yield Word(facet("y", year))
            first += 12
        else:
            yield Word(facet("m", f"{year}{month + 1:02}"))
            first += 1


def _number(moment):
    """Months since year 0."""
    return moment.year * 12 + moment.month - 1
