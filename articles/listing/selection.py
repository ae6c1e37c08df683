"""The articles of the lists that some Criteria choose: pages of ids and counts, from the index or the database."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q
from pyroaring import BitMap

from contacts import clock

from ..models import Article
from .groups import NO_GROUPS
from .index import EPOCH, MICROSECOND, instant

MOST_COUNTS = 1000  # that a snapshot keeps


@dataclass(frozen=True)
class Changed:
    """A listed article that changed after the index was built."""

    at: int  # microseconds since 1970
    day: date  # of publication
    article: int
    codes: frozenset  # of (facet's name, code)


class Selection:
    """The articles of a Snapshot that some Criteria choose, newest first: a sequence of ids.

    Most are in the index; those that changed since it was built are looked through one by one.
    """

    def __init__(self, snapshot, criteria):
        self._index, groups = snapshot.index, criteria.codes_by_facet(language=True)
        until = criteria.at or clock.now()
        last = self._index.until(until)
        indexed = self._index.matching(groups)
        if snapshot.outdated:
            indexed = indexed - snapshot.outdated
        if last < len(self._index):
            indexed = indexed & BitMap(range(last))
        if criteria.since or criteria.before:
            indexed = indexed & self._index.published(criteria.since, criteria.before)
        self._indexed = indexed
        self._changed = [one for one in snapshot.newest_changed() if _matches(one, groups, criteria, until)]
        self._counts = snapshot.counts
        changed = tuple(one.article for one in self._changed)
        self._key = last, criteria.since, criteria.before, criteria.language, criteria.codes, changed
        self.number = len(self._indexed) + len(self._changed)

    def __len__(self):
        return self.number

    def counts(self, name, groups=NO_GROUPS):
        """{code: how many of them count for it} of a facet, without zeros and without former codes.

        Every page of a list asks for the same counts: they are kept until an article changes.
        """
        key = *self._key, name, groups
        numbers = self._counts.get(key)
        if numbers is None:
            if len(self._counts) >= MOST_COUNTS:
                self._counts.clear()
            numbers = self._counts[key] = self._count(name, groups)
        return dict(numbers)

    def between(self, days):
        """How many were published from each of these days on and before the next one."""
        published = (self._index.published(first, last) for first, last in pairwise(days))
        numbers = [self._indexed.intersection_cardinality(ordinals) for ordinals in published]
        for one in self._changed:
            if days[0] <= one.day < days[-1]:
                numbers[bisect_right(days, one.day) - 1] += 1
        return numbers

    def _count(self, name, groups):
        numbers, sets = {}, self._index.sets[name]
        for code, one in sets.items():
            if code not in groups.former and (number := self._indexed.intersection_cardinality(one)):
                numbers[code] = number
        for code, inner in groups.inner.items():
            known = [sets[one] for one in (code, *inner) if one in sets]
            if number := known and self._indexed.intersection_cardinality(BitMap.union(*known)):
                numbers[code] = number
        return dict(Counter(numbers) + self._count_changed(name, groups)) if self._changed else numbers

    def _count_changed(self, name, groups):
        counted = Counter()
        for one in self._changed:
            counted.update(groups.counted_for(code for facet, code in one.codes if facet == name))
        return counted

    def __getitem__(self, part):
        """Ids of a slice; as quick far down as at the top."""
        start, stop, _ = part.indices(self.number)
        places = self._places_of_changed
        first, last = bisect_left(places, start), bisect_left(places, stop)
        changed = dict(zip(places[first:last], self._changed[first:last], strict=True))
        found, at = [], len(self._indexed) - 1 - (start - first)
        for place in range(start, stop):
            if place in changed:
                found.append(changed[place].article)
            else:
                found.append(self._index.ids[self._indexed[at]])
                at -= 1
        return found

    def after(self, at, pk, number):
        """The ids of so many that follow in the list after the article `pk` of this instant, which may have left it."""
        place = self._index.place(at, pk)
        before = len(self._indexed) - (self._indexed.rank(place - 1) if place else 0)
        start = before + sum((one.at, one.article) >= (at, pk) for one in self._changed)
        return self[start : start + number]

    @property
    def _places_of_changed(self):
        """Where in the whole each changed article stands."""
        older = (self._index.place(one.at, one.article) for one in self._changed)
        # `rank` counts those up to and including an ordinal.
        newer = (len(self._indexed) - (self._indexed.rank(place - 1) if place else 0) for place in older)
        return [number + place for number, place in enumerate(newer)]


def _matches(one, groups, criteria, until):
    """Whether a Changed article is chosen."""
    dated = one.at <= instant(until)
    if criteria.since:
        dated = dated and one.day >= criteria.since
    if criteria.before:
        dated = dated and one.day < criteria.before
    return dated and all(any((facet.name, code) in one.codes for code in codes) for facet, codes in groups)


class DatabaseSelection:
    """As `Selection`, from the database, when there is no index: slices, but no number and no counts."""

    number = None

    def __init__(self, criteria):
        self._articles = Article.objects.live(criteria.at).matching(criteria).newest_first()

    def __getitem__(self, part):
        return list(self._articles.values_list("pk", flat=True)[part])

    def after(self, at, pk, number):
        moment = EPOCH + at * MICROSECOND
        older = Q(listed_at__lt=moment) | Q(listed_at=moment, pk__lt=pk)
        return list(self._articles.filter(older, listed_at__lte=moment).values_list("pk", flat=True)[:number])

    def counts(self, name, groups=NO_GROUPS):
        return None
