"""Fills the hits of several combinations of filters, from the newest months to the oldest: see `find`."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .. import publication_day
from .document import month_term, year_term
from .query import All, Any, Word

FIRST = 2  # months of the first window
LONGEST = 24  # months: instead of a longer window all that is left is read, which is quicker than so many months
SPARE = 1.5  # a window should have so many times the hits that are missing
INSTANT = timedelta(microseconds=1)


class Collector:
    """The hits of one combination of filters; `more`: there are more than `at_most`, or than `looks` to compare.

    period: a Period.
    """

    def __init__(self, criteria, period, at_most, looks):
        self.criteria, self.period, self.at_most, self.looks = criteria, period, at_most, looks
        self.filters = [frozenset(map(facet.term, codes)) for facet, codes in criteria.codes_by_facet()]
        self.rows, self.more = [], False
        self.begin()

    def begin(self):
        """Count from here what is collected in the windows of one expression."""
        self._before = len(self.rows)

    @property
    def collected(self):
        return len(self.rows) - self._before

    @property
    def expression(self):
        return All(tuple(Any(tuple(map(Word, sorted(words)))) for words in self.filters))

    @property
    def missing(self):
        return 0 if self.more else self.at_most + 1 - len(self.rows)

    def add(self, article, facets, has_phrases):
        """Keep a row that passes the filters, if there is room."""
        if self.more:
            return
        self.looks -= 1
        self.more = self.looks < 0 or (has_phrases and len(self.rows) == self.at_most)
        if has_phrases and not self.more:
            self.rows.append((article, facets))


@dataclass(frozen=True)
class Period:
    """When the articles were published that some Criteria may find; None: without a limit.

    since, until: the earliest and the latest possible moment of such an article. Windows of time are months in UTC and
    need them.
    first_day, day_after: the days of publication.
    """

    since: datetime | None
    until: datetime
    first_day: date | None = None
    day_after: date | None = None

    @classmethod
    def of(cls, criteria, now):
        first, after = criteria.narrowed()
        until = criteria.at or now
        if after:
            until = min(until, publication_day.latest(after) - INSTANT)
        return cls(first and publication_day.earliest(first), until, first, after)

    def has(self, day):
        """Whether a day of publication is in it."""
        return (not self.first_day or day >= self.first_day) and (not self.day_after or day < self.day_after)


def collect(ask, expression, windows, collectors):
    """Fill the collectors, newest hits first.

    `ask`: a function of an expression, a position (moment, article) and a number, which gives at most so many rows
    (moment, article, facets, has_phrases) before that position.
    """
    months = asked = FIRST
    for one in collectors:
        one.begin()
    while collectors := [one for one in collectors if one.missing]:
        span, until = windows.next(months)
        position = until, 0
        while position and collectors:
            parts = (span, _any_of(collectors), expression)
            position = _read(ask, All(tuple(filter(None, parts))), position, collectors)
            collectors = [one for one in collectors if one.missing]
        if windows.is_done:
            return
        months = _next_months(asked, collectors)
        asked += months or 0


def _read(ask, expression, position, collectors):
    """Add one portion of rows to the collectors. Returns the position after it, or None if it was the last one."""
    number = sum(min(one.missing, one.looks + 1) for one in collectors)
    rows = ask(expression, position, number)
    give(rows, collectors)
    return rows[-1][:2] if len(rows) == number else None


def give(rows, collectors):
    """Add each row to the collectors whose filters it passes."""
    filters, takers = {words for one in collectors for words in one.filters}, {}
    for _, article, facets, has_phrases in rows:
        words = set(facets.split())
        passed = frozenset(one for one in filters if not one.isdisjoint(words))
        if passed not in takers:
            takers[passed] = [one for one in collectors if passed.issuperset(one.filters)]
        for one in takers[passed]:
            one.add(article, facets, has_phrases)


def _any_of(collectors):
    """An expression for all rows that one of them keeps; None for all rows."""
    kept = [one for one in collectors if not any(_is_wider(other, one) for other in collectors)]
    if not all(one.filters for one in kept):
        return None
    return kept[0].expression if len(kept) == 1 else Any(tuple(one.expression for one in kept))


def _is_wider(one, other):
    """Whether `one` has only a part of the filters of `other`, so that it keeps every row that `other` keeps."""
    return len(one.filters) < len(other.filters) and all(words in other.filters for words in one.filters)


def _next_months(asked, collectors):
    """How long the next window must be to fill one of the collectors, if hits go on as they did; None: all is read."""
    most = max((one.collected / one.missing for one in collectors), default=0)
    months = max(2 * asked, math.ceil(SPARE * asked / most)) if most else math.inf
    return None if months > LONGEST else months


class Windows:
    """Windows from `until` back to `since`, each as long as the caller asks; `is_done` after the last one.

    `newest`: about when the newest article was published; the first window counts its months from there.
    """

    def __init__(self, newest, until, since=None):
        self._earliest = _month(since) if since else 0
        self._last = max(_month(until), self._earliest)
        self._newest = min(_month(newest), self._last)
        self._before = until + INSTANT
        self.is_done = False

    def next(self, months):
        """(expression of time or None, moment before which) of the next window; without `months` all that is left."""
        first, before = min(self._last, self._newest) - (months or 0) + 1, self._before
        if months is None or first <= self._earliest:
            self.is_done = True
            is_short = self._last - self._earliest < LONGEST
            return (_months(self._earliest, self._last) if is_short else None), before
        expression = _months(first, self._last)
        self._last = first - 1
        self._before = datetime(first // 12, first % 12 + 1, 1, tzinfo=UTC)
        return expression, before


def _months(first, last):
    return Any(tuple(_terms(first, last)))


def _terms(first, last):
    """Terms for these months in UTC; a whole year is one term."""
    while first <= last:
        year, month = divmod(first, 12)
        if month == 0 and first + 11 <= last:
            yield Word(year_term(year))
            first += 12
        else:
            yield Word(month_term(year, month + 1))
            first += 1


def _month(moment):
    """Months since year 0."""
    return moment.year * 12 + moment.month - 1
