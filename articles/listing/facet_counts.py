"""How many articles each value of each filter leads to, without a query, whatever is chosen.

The counts of one facet are taken with all the other filters applied but not its own, so that a
reader sees what changing the choice would give.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from ..kinds import kind_label
from ..search.document import facet
from .labels import LETTERS, Label, Names, plain_label


class Choice(NamedTuple):
    """A value of a filter; `query` asks for it beside all that is chosen, or takes it back.

    `shown` is the number that it leads to: "40+" where only so many hits of a search were counted.
    """

    code: str
    label: Label
    number: int
    chosen: bool
    query: str
    shown: str


@dataclass(frozen=True)
class Facet:
    """A filter with its values. They are put together when they are asked for: most pages find theirs drawn."""

    name: str
    label: str
    numbers: dict  # {code: number}, with what is chosen
    plus: str
    asked: QueryDict
    names: Names

    @cached_property
    def choices(self):
        return sorted(self._choices(self.numbers), key=_order(self.name))

    @cached_property
    def chosen(self):
        return next(self._choices([self.asked[self.name]])) if self.name in self.asked else None

    def _choices(self, codes):
        label, query = _labels(self.name, self.names), _queries(self.asked, self.name)
        chosen = self.asked.get(self.name)
        for code in codes:
            number = self.numbers[code]
            yield Choice(code, label(code), number, chosen == code, query(code), f"{number}{self.plus}")

    @property
    def shown(self):
        """All that it shows, as a text, beside names and what is asked for."""
        return f"{self.name}{self.plus} {self.numbers}"

    @property
    def as_links(self):
        """A few words are links to click; a long list is a menu, which is smaller to send and to read."""
        return self.name in ("kind", "region", "topic") and len(self.numbers) <= 14

    @property
    def is_useful(self):
        """Whether there is anything to choose or to take back."""
        return self.name in self.asked or len(self.numbers) > 1


def counted(found):
    """(number of articles found, [Facet…]) for an ArticleFilter."""
    hits, asked = found.hits, found.query
    numbers = _numbers(found) if hits is None else _numbers_of_hits(found)
    plus = "+" if hits and hits.more else ""
    for name in found.FACETS:
        if name in asked:
            numbers[name].setdefault(asked[name], 0)
    facets = [
        Facet(name, found.filters[name].label, numbers[name], plus, asked, found.snapshot.names)
        for name in found.FACETS
    ]
    return len(found.selected() if hits is None else hits.ids), facets


def _numbers(found):
    """{facet: {code: number}}"""
    names = found.snapshot.names
    numbers = {name: found.selected(but=name).counts(LETTERS[name], names.within(name)) for name in found.FACETS}
    numbers["country"] = {code.lower(): number for code, number in numbers["country"].items()}
    return numbers


def _queries(asked, name):
    """A function from a code to the query that asks for it beside all the rest, or takes it back."""
    rest, chosen = urlencode({key: code for key, code in asked.items() if key != name}), asked.get(name)
    start = f"?{rest}&{name}=" if rest else f"?{name}="
    without = f"?{rest}" if rest else ""
    return lambda code: without if code == chosen else start + quote_plus(code)


def _order(name):
    if name == "year":
        return lambda choice: -int(choice.code)
    if name == "country":
        return lambda choice: choice.label.text
    return lambda choice: (-choice.number, choice.label.text)


def _labels(facet, names):
    """A function from a code to its Label in the reader's language."""
    if facet == "kind":
        return lambda code: plain_label(str(kind_label(code)))
    if facet == "year":
        return plain_label
    labels = names.labels(facet)
    return lambda code: labels.get(code) or plain_label(code)


def _numbers_of_hits(found):
    """{facet: {code: number}} of the hits of a search, at most of those that were read. It takes no further query."""
    parents, counted, numbers = _parents(found.snapshot.names), {}, {name: {} for name in found.FACETS}
    for name in found.FACETS:
        hits = found.hits_without(name)
        if id(hits) not in counted:
            counted[id(hits)] = _counted(hits, parents)
        for word, number in counted[id(hits)].items():
            if word[1] == LETTERS[name]:
                numbers[name][word[2:]] = number
    return numbers


def _counted(hits, parents):
    """How many hits have each facet; a hit counts for each of its own and, once, for what these lie under."""
    counted = Counter()
    for facets in hits.facets:
        words = set(facets.split())
        counted.update(words | {parents[word] for word in words & parents.keys()} if parents else words)
    return counted


def _parents(names):
    """{facet: facet of its parent}"""
    return {
        facet(LETTERS[name], inner): facet(LETTERS[name], code)
        for name in ("region", "topic")
        for code, under in names.within(name).items()
        for inner in under
    }
