"""All listed articles as read at one moment: which stands where by date, and which have what."""

from array import array
from bisect import bisect_left, bisect_right
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import reduce
from operator import and_

from django.db.models import Aggregate, CharField
from pyroaring import BitMap

from ..models import Article, ArticleCountry, ArticleRegion, ArticleTopic

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NOWHERE = 0xFFFFFFFF
NONE = BitMap()
# A letter of `search.vector` for each kind of set, and the rows that it is read from.
ROWS = {
    "r": (ArticleRegion, "region__code"),
    "c": (ArticleCountry, "country__iso3"),
    "t": (ArticleTopic, "topic__code"),
}


def instant(moment):
    """Microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


class Ids(Aggregate):
    """The ids of a group as one text: a tenth of the time of as many rows."""

    function = "group_concat"
    template = "%(function)s(%(expressions)s)"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler,
            connection,
            function="string_agg",
            template="%(function)s((%(expressions)s)::text, ',')",
            **context,
        )


class Sets:
    """Sets of articles by letter and code; `everything`: all of them."""

    def __init__(self, everything):
        self.everything = everything
        self.of = {letter: {} for letter in "lkorcty"}

    def set(self, letter, code):
        return self.of[letter].get(code, NONE)

    def within(self, wanted):
        """Those that have one of the words of each of `wanted`."""
        sets = [BitMap.union(*(self.set(*word) for word in words)) for words in wanted]
        return reduce(and_, sorted(sets, key=len), self.everything)


class Base:
    """`ids` and `moments` by ordinal, the oldest first, and the `sets` of ordinals."""

    def __init__(self):
        self.ids, self.moments = array("I"), array("q")  # bitmaps hold 32 bits: four thousand million ids
        named = {"l": {}, "k": {}, "o": {}}
        self._read_articles(named)
        self._at = self._ordinals()
        self.sets = Sets(BitMap(range(len(self.ids))))
        for letter, sets in named.items():
            for code, ordinals in sets.items():
                self.sets.of[letter][code] = BitMap(ordinals)
        for letter, (rows, code) in ROWS.items():
            self._read_rows(letter, rows, code)
        self._cut_years()

    def __len__(self):
        return len(self.ids)

    def _read_articles(self, named):
        listed = Article.objects.exclude(listed_at=None).order_by("listed_at", "pk")
        fields = listed.values_list("pk", "listed_at", "language", "kind", "office__code")
        for ordinal, (pk, moment, *values) in enumerate(fields.iterator(chunk_size=20_000)):
            self.ids.append(pk)
            self.moments.append(instant(moment))
            for letter, value in zip(named, values, strict=True):
                if value:
                    named[letter].setdefault(value, array("I")).append(ordinal)

    def _ordinals(self):
        at = array("I", [NOWHERE]) * (max(self.ids, default=0) + 1)
        for ordinal, pk in enumerate(self.ids):
            at[pk] = ordinal
        return at

    def _read_rows(self, letter, rows, code):
        groups = rows.objects.exclude(listed_at=None).order_by().values_list(code).annotate(ids=Ids("article"))
        for value, ids in groups.iterator(chunk_size=20):
            ordinals = array("I", [self._at[pk] for pk in map(int, ids.split(",")) if pk < len(self._at)])
            self.sets.of[letter][value] = BitMap(ordinals) - BitMap([NOWHERE])

    def _cut_years(self):
        start = 0
        while start < len(self.moments):
            year = (EPOCH + self.moments[start] * MICROSECOND).year
            end = len(self.moments)
            if year < MAXYEAR:
                end = bisect_left(self.moments, instant(datetime(year + 1, 1, 1, tzinfo=UTC)), start)
            self.sets.of["y"][str(year)] = BitMap(range(start, end))
            start = end

    def until(self, moment):
        """How many ordinals lie at or before a moment."""
        return bisect_right(self.moments, instant(moment))

    def ordinal(self, pk):
        """Where an article stands, or None."""
        at = self._at[pk] if 0 <= pk < len(self._at) else NOWHERE
        return None if at == NOWHERE else at

    def place(self, at, pk):
        """How many stand before an article of this instant and id that is not among them."""
        first, last = bisect_left(self.moments, at), bisect_right(self.moments, at)
        return bisect_left(self.ids, pk, first, last)
