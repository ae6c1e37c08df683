"""An index of all listed articles in the memory of a process: any page and any count of a list within a millisecond.

Articles have ordinals by their moment of publication, the oldest first; each code of each facet has a compressed set
of ordinals. So a page far down costs as much as the first, and a count is the size of an intersection.

Moments are in UTC, and the day of publication is that of the office: mostly the day in UTC, else the day before or
after. Two sets hold the articles of which it is not the same; with them, days are ranges of ordinals, too.
"""

from array import array
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import and_

from django.db import models
from django.db.models import functions
from pyroaring import BitMap

from ..facets import FACETS
from ..models import Article

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND, A_DAY = timedelta(microseconds=1), timedelta(days=1)
SECOND_DAY, LAST_DAY_BUT_ONE = date.min + A_DAY, date.max - A_DAY
ROWS = 20_000  # that are read at a time
LETTERS = 1 << 17  # of the ids of a code, which come as one text
SPARSE = 4  # an array is made for ids up to so many times as large as their number
NOWHERE = 0xFFFFFFFF


def instant(moment):
    """A moment as microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


class Instant(models.Func):
    """A timestamp as microseconds since 1970, in SQL."""

    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler, connection, **context):
        template = "(extract(epoch FROM %(expressions)s) * 1000000)::bigint"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler, connection, **context):
        # The text "2026-03-01 09:00:00", and ".250000" behind it if there are microseconds.
        column, params = compiler.compile(self.source_expressions[0])
        seconds = f"CAST(strftime('%%s', substr({column}, 1, 19)) AS INTEGER)"
        return f"{seconds} * 1000000 + CAST('0' || substr({column}, 21) AS INTEGER)", (*params, *params)


class DaysFromUTC(models.Func):
    """How many days the day of publication is after the day in UTC of a moment: -1, 0 or 1."""

    output_field = models.IntegerField()

    def as_postgresql(self, compiler, connection, **context):
        return self._difference(compiler, "({day} - ({moment} AT TIME ZONE 'UTC')::date)")

    def as_sqlite(self, compiler, connection, **context):
        # Both are texts; SQLite's functions of dates take ten times as long as comparing.
        return self._difference(compiler, "(({day} > substr({moment}, 1, 10)) - ({day} < substr({moment}, 1, 10)))")

    def _difference(self, compiler, template):
        (day, _), (moment, _) = map(compiler.compile, self.source_expressions)
        return template.format(day=day, moment=moment), ()


class Ids(models.Aggregate):
    """The ids of a group as one text: a tenth of the time of as many rows."""

    function, output_field = "group_concat", models.CharField()
    template = "%(function)s(%(expressions)s)"

    def as_postgresql(self, compiler, connection, **context):
        template = "string_agg((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def _ordinals(ids, find):
    """A compressed set of the ordinals of a text of ids."""
    ordinals = BitMap()
    for some in _portions(ids):
        ordinals.update(array("I", map(find, map(int, some))))
    ordinals.discard(NOWHERE)
    ordinals.run_optimize()
    return ordinals


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
        self._early, self._late = self._read_other_days(find)
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
                self.sets[facet.name][facet.code(value)] = _ordinals(ids, find)

    def _read_other_days(self, find):
        """(ordinals whose day of publication is before the day in UTC, ordinals whose day is after it)"""
        listed = Article.objects.exclude(listed_at=None).order_by()
        differing = listed.annotate(days=DaysFromUTC("published_on", "listed_at")).exclude(days=0)
        found = dict(differing.values_list("days").annotate(ids=Ids("pk")))
        return tuple(_ordinals(found.get(days, ""), find) for days in (-1, 1))

    def _cut_periods(self, facet):
        if not self.ids:
            return
        first, last = ((EPOCH + self.moments[end] * MICROSECOND).date() for end in (0, -1))
        day, last = max(first, SECOND_DAY) - A_DAY, min(last, LAST_DAY_BUT_ONE) + A_DAY
        while day is not None:
            code = facet.code_at(day)
            since, after = facet.period(code)
            is_last = after > last or after == date.max
            if ordinals := self.published(since, None if is_last else after):
                self.sets[facet.name][code] = ordinals
            day = None if is_last else after

    def matching(self, groups):
        """The ordinals of the articles that have one of the codes of each group, a pair of a Facet and codes."""
        sets = []
        for facet, codes in groups:
            known = self.sets[facet.name]
            sets.append(BitMap.union(BitMap(), *(known[code] for code in codes if code in known)))
        return reduce(and_, sorted(sets, key=len), self.everything)

    def until(self, moment):
        """How many articles were published at or before a moment."""
        return bisect_right(self.moments, instant(moment))

    def published(self, since=None, before=None):
        """The ordinals of the articles that were published on these days, from the one and before the other."""
        ordinals = self.everything if since is None else self.everything - self._published_before(since)
        return ordinals if before is None else ordinals & self._published_before(before)

    def _published_before(self, day):
        """The ordinals published before this day: the range in UTC, corrected by offices whose day differs."""
        yesterday, today, tomorrow = (self._begin(day, days) for days in (-1, 0, 1))
        late = self._late & BitMap(range(yesterday, today))
        early = self._early & BitMap(range(today, tomorrow))
        return (BitMap(range(today)) - late) | early

    def _begin(self, day, days):
        """The ordinal at which a day in UTC begins that is so many days after this one."""
        microseconds = (day - EPOCH.date() + days * A_DAY) // MICROSECOND
        return bisect_left(self.moments, microseconds)

    def ordinal(self, pk):
        """The ordinal of an article, or None."""
        place = bisect_left(self._by_id, pk, key=self.ids.__getitem__)
        found = place < len(self) and self._by_id[place]
        return found if place < len(self) and self.ids[found] == pk else None

    def place(self, at, pk):
        """The ordinal that an article with this moment and id would get."""
        first, last = bisect_left(self.moments, at), bisect_right(self.moments, at)
        return bisect_left(self.ids, pk, first, last)
