"""The answer to a search: the articles that have the words, among those that the other filters leave."""

from django.utils import timezone
from pyroaring import BitMap

from .selecting import Narrowed, late, wishes


class Matched(Narrowed):
    """What is in `tiers` (BitMaps of ids) and in a Scope: tier after tier, newest first in each; a sequence of ids."""

    def __init__(self, snapshot, scope, tiers):
        self.base, until, wanted = snapshot.base, scope.until or timezone.now(), list(wishes(scope))
        self.sets = self.base.by_id
        inside = self.sets.within(wanted)
        for hidden in (list(snapshot.moved), range(self.base.until(until), len(self.base))):
            if hidden:
                inside = inside - BitMap([self.base.ids[ordinal] for ordinal in hidden])
        changed = late(snapshot, wanted, until)
        self.tiers = [(tier & inside, [one for one in changed if one.article in tier]) for tier in tiers]
        self.found = BitMap.union(*(found for found, _ in self.tiers))
        self.late = [one for _, some in self.tiers for one in some]

    def __len__(self):
        return len(self.found) + len(self.late)

    def __getitem__(self, part):
        """Ids of a slice. What stands before it is counted, not read."""
        start, stop, _ = part.indices(len(self))
        ids, passed = [], 0
        for found, some in self.tiers:
            for number, read in self._runs(found, some):
                if passed + number > start:
                    ids += read()[max(start - passed, 0) : stop - passed]
                passed += number
                if passed >= stop:
                    return ids
        return ids

    def _runs(self, found, late):
        """(how many, a function that gives their ids) of each run of the base, then of what is older."""
        left = list(late)
        for first, run in self.base.runs:
            oldest = self.base.moments[first], self.base.ids[first]
            own = [one for one in left if (one.at, one.article) > oldest]
            left, here = left[len(own) :], found & run
            if here or own:
                yield len(here) + len(own), lambda here=here, own=own: self._in_order(here, own)
        yield len(left), lambda: [one.article for one in left]

    def _in_order(self, ids, late):
        dated = [(self.base.moments[at], self.base.ids[at]) for at in map(self.base.ordinal, ids)]
        return [pk for _, pk in sorted([*dated, *((one.at, one.article) for one in late)], reverse=True)]
