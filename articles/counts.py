"""How many articles each value of each filter leads to, without a query, whatever is chosen.

The counts of one facet are taken with all the other filters applied but not its own, so that a
reader sees what changing the choice would give.
"""

from dataclasses import dataclass

from contacts.languages import content_language
from contacts.wording import Wording

from . import hit_counts
from .archive.names import LETTERS
from .kinds import kind_label


@dataclass(frozen=True)
class Choice:
    """A value of a filter; `query` asks for it beside all that is chosen, or takes it back."""

    code: str
    wording: Wording
    number: int
    chosen: bool
    query: str


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
    asked = found.query
    facets = []
    for name in found.FACETS:
        if name in asked:
            numbers[name].setdefault(asked[name], 0)
        wording, chosen = _wording(name, found.snapshot.names), asked.get(name)
        choices = [
            Choice(code, wording(code), number, chosen == code, _toggled(asked, name, code))
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


def _toggled(asked, name, code):
    query = asked.copy()
    if query.pop(name, [None])[-1] != code:
        query[name] = code
    return f"?{query.urlencode()}" if query else ""


def _order(name):
    if name == "year":
        return lambda choice: -int(choice.code)
    if name == "country":
        return lambda choice: choice.wording.text
    return lambda choice: (-choice.number, choice.wording.text)


def _wording(facet, names):
    """A function from a code to its Wording in the reader's language."""
    if facet == "kind":
        return lambda code: Wording(str(kind_label(code)), content_language())
    if facet == "year":
        return Wording
    rows = getattr(names, facet)
    return lambda code: rows[code].naming if code in rows else Wording(code)
