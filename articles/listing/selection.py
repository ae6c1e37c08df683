"""The answer to a question: how many, which page of them, and how many of them have what."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone
from pyroaring import BitMap

from .index import instant

MOST_COUNTS = 1000


@dataclass(frozen=True)
class Late:
    """A listed article that changed after the base was read."""

    at: int  # instant
    article: int
    words: frozenset  # of (letter, code)


class Selection:
    """The articles of a snapshot that a Scope leaves, newest first; a sequence of ids.

    `found`: ordinals of the base; `late`: those that changed since the base was read, newest first.
    """

    def __init__(self, snapshot, scope):
        self.base, until, wanted = snapshot.base, scope.until or timezone.now(), list(wishes(scope))
        limit, found = self.base.until(until), self.base.sets.within(wanted)
        if snapshot.moved:
            found = found - snapshot.moved
        self.found = found if limit == len(self.base) else found & BitMap(range(limit))
        self.late = late(snapshot, wanted, until)
        self._kept = snapshot.kept
        self._key = limit, scope.language, scope.year, scope.codes, tuple(one.article for one in self.late)

    def counts(self, letter, within=None):
        """{code: how many of them have it}, without zeros; `within` gives {code: codes that count for it, too}.

        Every page of a list asks for the same counts: they are kept until anything changes.
        """
        key = *self._key, letter, within is None
        numbers = self._kept.get(key)
        if numbers is None:
            numbers = self._counted(letter, within)
            if len(self._kept) >= MOST_COUNTS:
                self._kept.clear()
            self._kept[key] = numbers
        return dict(numbers)

    def _counted(self, letter, within):
        numbers, sets = {}, self.base.sets
        for code, one in sets.of[letter].items():
            if number := self.found.intersection_cardinality(one):
                numbers[code] = number
        for code, inner in (within or {}).items():
            together = BitMap.union(*(sets.set(letter, one) for one in (code, *inner)))
            if number := self.found.intersection_cardinality(together):
                numbers[code] = number
        return dict(Counter(numbers) + self._late_counts(letter, within or {})) if self.late else numbers

    def _late_counts(self, letter, within):
        outer = {one: code for code, inner in within.items() for one in inner}
        counted = Counter()
        for one in self.late:
            codes = {code for kind, code in one.words if kind == letter}
            counted.update(codes | {outer[code] for code in codes if code in outer})
        return counted

    def __len__(self):
        return len(self.found) + len(self.late)

    def __getitem__(self, part):
        """Ids of a slice; as quick far down as at the top."""
        start, stop, _ = part.indices(len(self))
        places = self._late_places
        first, last = bisect_left(places, start), bisect_left(places, stop)
        late = dict(zip(places[first:last], self.late[first:last], strict=True))
        found, at = [], len(self.found) - 1 - (start - first)
        for place in range(start, stop):
            if place in late:
                found.append(late[place].article)
            else:
                found.append(self.base.ids[self.found[at]])
                at -= 1
        return found

    @property
    def _late_places(self):
        """Where in the whole each late article stands."""
        older = (self.base.place(one.at, one.article) for one in self.late)
        # `rank` counts those up to and including an ordinal.
        newer = (len(self.found) - (self.found.rank(place - 1) if place else 0) for place in older)
        return [number + place for number, place in enumerate(newer)]


def late(snapshot, wanted, until):
    """The late articles of a snapshot with one of the words of each of `wanted`, newest first."""
    limit = instant(until)
    listed = (one for one in snapshot.late.values() if one is not None and one.at <= limit)
    found = (one for one in listed if all(one.words & words for words in wanted))
    return sorted(found, key=lambda one: (one.at, one.article), reverse=True)


def wishes(scope):
    """Sets of words, of each of which an article must have one."""
    if scope.language:
        yield {("l", scope.language)}
    if scope.year is not None:
        yield {("y", str(scope.year))}
    for letter, codes in scope.codes:
        yield {(letter, code) for code in codes}
