"""How many articles each value of each filter leads to, without a query, whatever is chosen.

The counts of one facet are taken with all the other filters applied but not its own, so that a
reader sees what changing the choice would give.
"""

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote_plus

from . import hit_counts
from .archive.names import LETTERS, Label, plain_label
from .kinds import kind_label


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
    name: str
    label: str
    choices: list

    @property
    def chosen(self):
        return next((choice for choice in self.choices if choice.chosen), None)

    @property
    def as_links(self):
        """A few words are links to click; a long list is a menu, which is smaller to send and to read."""
        return self.name in ("kind", "region", "topic") and len(self.choices) <= 14

    @property
    def is_useful(self):
        """Whether there is anything to choose or to take back."""
        return self.chosen is not None or len(self.choices) > 1


def counted(found):
    """(number of articles found, [Facet…]) for an ArticleFilter."""
    numbers = _numbers(found) if found.hits is None else hit_counts.numbers_of(found)
    asked, plus = found.query, "+" if found.hits is not None and found.hits.more else ""
    facets = []
    for name in found.FACETS:
        if name in asked:
            numbers[name].setdefault(asked[name], 0)
        label, query, chosen = _labels(name, found.snapshot.names), _queries(asked, name), asked.get(name)
        choices = [
            Choice(code, label(code), number, chosen == code, query(code), f"{number}{plus}")
            for code, number in numbers[name].items()
        ]
        facets.append(Facet(name, found.filters[name].label, sorted(choices, key=_order(name))))
    return len(found.selected() if found.hits is None else found.hits.ids), facets


def _numbers(found):
    """{facet: {code: number}}"""
    names = found.snapshot.names
    numbers = {name: found.selected(but=name).counts(LETTERS[name], names.within(name)) for name in found.FACETS}
    numbers["country"] = {code.lower(): number for code, number in numbers["country"].items()}
    return numbers


def _queries(asked, name):
    """A function from a code to the query that asks for it beside all the rest, or takes it back."""
    rest = asked.copy()
    chosen, rest = rest.pop(name, [None])[-1], rest.urlencode()
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
