"""Collects the newest hits of a search for several combinations of filters at once. For `finding`.

A page needs the hits with all filters and, for the numbers beside each filter, those without that filter. One query
for "any of these combinations" reads the index once for all of them, and each hit says by its facets whose it is.
"""

import math

from .document import facet
from .query import All, Any, Word

FIRST = 2  # months of the first window
LONGEST = 24  # months: instead of a longer window all that is left is read, which is quicker than so many months
SPARE = 1.5  # a window should have so many times the hits that are missing
LOOKS = 2000  # articles that have the words of a quoted phrase, whose word order is compared


class Collector:
    """The hits of one combination of filters; `more`: there are more than `at_most`, or than `looks` to compare."""

    def __init__(self, scope, at_most, looks):
        self.scope, self.at_most, self.looks = scope, at_most, looks
        self.filters = [frozenset(facet(letter, code) for code in codes) for letter, codes in scope.codes]
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
    filters, takers = {words for one in collectors for words in one.filters}, {}
    for _, article, facets, has_phrases in rows:
        words = set(facets.split())
        passed = frozenset(one for one in filters if not one.isdisjoint(words))
        if passed not in takers:
            takers[passed] = [one for one in collectors if passed.issuperset(one.filters)]
        for one in takers[passed]:
            one.add(article, facets, has_phrases)
    return rows[-1][:2] if len(rows) == number else None


def _any_of(collectors):
    """An expression for all rows that one of them keeps; None for all rows."""
    kept = [one for one in collectors if not any(_is_wider(other, one) for other in collectors)]
    if not all(one.filters for one in kept):
        return None
    return kept[0].expression if len(kept) == 1 else Any(tuple(one.expression for one in kept))


def _is_wider(one, other):
    """Whether its filters are some of the other one's, so that it keeps all that the other one keeps."""
    return len(one.filters) < len(other.filters) and all(words in other.filters for words in one.filters)


def _next_months(asked, collectors):
    """How long the next window must be to fill one of the collectors, if hits go on as they did; None: all is read."""
    most = max((one.collected / one.missing for one in collectors), default=0)
    months = max(2 * asked, math.ceil(SPARE * asked / most)) if most else math.inf
    return None if months > LONGEST else months
