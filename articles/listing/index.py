"""An index of all listed articles in the memory of a process: any page and any count of a list within a millisecond.

Articles have ordinals by date, the oldest first; each code of each facet has a compressed set of ordinals. So a page
far down costs as much as the first, and a count is the size of an intersection.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_

from django.db import models
from django.db.models import functions
from django.utils import timezone
from pyroaring import BitMap

from ..facets import FACETS
from ..models import Article
from .groups import NO_GROUPS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
ROWS = 20_000  # that are read at a time
LETTERS = 1 << 17  # of the ids of a code, which come as one text
SPARSE = 4  # an array is made for ids up to so many times as large as their number
NOWHERE = 0xFFFFFFFF
MOST_COUNTS = 1000  # that a snapshot keeps


def instant(moment):
    """Microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


class Instant(models.Func):
    """The same in the database."""

    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler, connection, **context):
        template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler, connection, **context):
        # The text "2026-03-01 09:00:00", and ".250000" behind it if there are microseconds.
        column, params = compiler.compile(self.source_expressions[0])
        seconds = f"CAST(strftime('%%s', substr({column}, 1, 19)) AS INTEGER)"
        return f"{seconds} * 1000000 + CAST('0' || substr({column}, 21) AS INTEGER)", (*params, *params)


class Ids(models.Aggregate):
    """The ids of a group as one text: a tenth of the time of as many rows."""

    function, output_field = "group_concat", models.CharField()
    template = "%(function)s(%(expressions)s)"

    def as_postgresql(self, compiler, connection, **context):
        template = "string_agg((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def _portions(text):
    """The parts of a text with commas, in lists: a million of them at once would take more room than an index."""
    start = 0
    while start < len(text):
        end = text.find(",", start + LETTERS) if start + LETTERS < len(text) else len(text)
        end = end if end >= 0 else len(text)
        yield text[start:end].split(",")
        start = end + 1


class Index:
    """`ids` and `moments` (microseconds since 1970) by ordinal; `sets`: {facet's name: {code: BitMap of ordinals}}."""

    def __init__(self):
        find = self._finder(self._read_articles())
        self.everything = BitMap(range(len(self.ids)))
        self.sets = {name: {} for name in FACETS}
        for facet in FACETS.values():
            if facet.period:
                self._cut_periods(facet)
            else:
                self._read_codes(facet, find)

    def __len__(self):
        return len(self.ids)

    def _read_articles(self):
        """Read in the order of ids, so that nothing need be sorted here; the database numbers them by date."""
        ids, moments, self._by_id = array("q"), array("q"), array("I")
        order = models.Window(functions.RowNumber(), order_by=["listed_at", "pk"])
        listed = Article.objects.exclude(listed_at=None).order_by("pk")
        for pk, moment, number in listed.values_list("pk", Instant("listed_at"), order).iterator(chunk_size=ROWS):
            ids.append(pk)
            moments.append(moment)
            self._by_id.append(number - 1)
        self.ids, self.moments = (array("q", bytes(8 * len(ids))) for _ in range(2))
        for ordinal, pk, moment in zip(self._by_id, ids, moments, strict=True):
            self.ids[ordinal], self.moments[ordinal] = pk, moment
        return ids

    def _finder(self, ids):
        """A function from an id to its ordinal, or NOWHERE: quick where ids are dense, small where they are sparse."""
        if ids and ids[-1] < len(ids) * SPARSE:
            ordinals = array("I", [NOWHERE]) * (ids[-1] + 1)
            for ordinal, pk in zip(self._by_id, ids, strict=True):
                ordinals[pk] = ordinal
            return lambda pk: ordinals[pk] if pk < len(ordinals) else NOWHERE

        def find(pk):
            place = bisect_left(ids, pk)
            return self._by_id[place] if place < len(ids) and ids[place] == pk else NOWHERE

        return find

    def _read_codes(self, facet, find):
        key = "article" if facet.many else "pk"
        codes = dict(facet.target(Article).objects.values_list("pk", facet.key)) if facet.relation else None
        rows = facet.source(Article).objects.exclude(listed_at=None).order_by()
        groups = rows.values_list(facet.column or f"{facet.relation}_id").annotate(ids=Ids(key))
        for value, ids in groups.iterator(chunk_size=1):
            if value := codes.get(value) if facet.relation else value:
                ordinals = BitMap()
                for some in _portions(ids):
                    ordinals.update(array("I", map(find, map(int, some))))
                ordinals.discard(NOWHERE)
                ordinals.run_optimize()
                self.sets[facet.name][facet.code(value)] = ordinals

    def _cut_periods(self, facet):
        start = 0
        while start < len(self):
            code = facet.code_at(EPOCH + self.moments[start] * MICROSECOND)
            end = bisect_left(self.moments, instant(facet.period(code)[1]), start + 1)
            self.sets[facet.name][code] = BitMap(range(start, end))
            start = end

    def matching(self, groups):
        """The ordinals of the articles that have one of the codes of each group, a pair of a Facet and codes."""
        sets = []
        for facet, codes in groups:
            known = self.sets[facet.name]
            sets.append(BitMap.union(BitMap(), *(known[code] for code in codes if code in known)))
        return reduce(and_, sorted(sets, key=len), self.everything)

    def before(self, moment):
        """How many articles are dated before a moment."""
        return bisect_left(self.moments, instant(moment))

    def until(self, moment):
        """How many articles are dated at or before a moment."""
        return bisect_right(self.moments, instant(moment))

    def ordinal(self, pk):
        """The ordinal of an article, or None."""
        place = bisect_left(self._by_id, pk, key=self.ids.__getitem__)
        found = place < len(self) and self._by_id[place]
        return found if place < len(self) and self.ids[found] == pk else None

    def place(self, at, pk):
        """How many stand before an article of this instant and id that is not among them."""
        first, last = bisect_left(self.moments, at), bisect_right(self.moments, at)
        return bisect_left(self.ids, pk, first, last)


@dataclass(frozen=True)
class Changed:
    """A listed article that changed after the index was built."""

    at: int  # microseconds since 1970
    article: int
    codes: frozenset  # of (facet's name, code)


class Selection:
    """The articles of a Snapshot that some Criteria choose, newest first: a sequence of ids.

    Most are in the index; those that changed since it was built are looked through one by one.
    """

    def __init__(self, snapshot, criteria):
        self._index, groups = snapshot.index, criteria.codes_by_facet(language=True)
        until = criteria.at or timezone.now()
        first = self._index.before(criteria.since) if criteria.since else 0
        last = self._index.until(until)
        if criteria.before:
            last = min(last, self._index.before(criteria.before))
        indexed = self._index.matching(groups)
        if snapshot.outdated:
            indexed = indexed - snapshot.outdated
        everything = (first, last) == (0, len(self._index))
        self._indexed = indexed if everything else indexed & BitMap(range(first, last))
        self._changed = [one for one in snapshot.newest_changed() if _matches(one, groups, criteria, until)]
        self._counts = snapshot.counts
        self._key = first, last, criteria.language, criteria.codes, tuple(one.article for one in self._changed)
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
        dated = dated and one.at >= instant(criteria.since)
    if criteria.before:
        dated = dated and one.at < instant(criteria.before)
    return dated and all(any((facet.name, code) in one.codes for code in codes) for facet, codes in groups)


class DatabaseSelection:
    """The same without an index: slices, and neither a number nor counts."""

    number = None

    def __init__(self, criteria):
        self._articles = Article.objects.live(criteria.at).matching(criteria).newest_first()

    def __getitem__(self, part):
        return list(self._articles.values_list("pk", flat=True)[part])

    def counts(self, name, groups=NO_GROUPS):
        return None
