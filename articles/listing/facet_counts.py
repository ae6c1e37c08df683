"""How many articles each value of each filter leads to, without a query, whatever is chosen.

The counts of one facet are taken with all the other filters applied but not its own, so that a
reader sees what changing the choice would give.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from contacts.cldr.formats import number as shown_number
from contacts.languages import content_language

from ..facets import BY_NAME, FILTERS, LANGUAGE, NEWEST, Facet
from ..search.find import find
from .labels import Label, Names, plain_label, plain_order

MOST_LINKS = 14


class Choice(NamedTuple):
    """A value of a filter; `query` asks for it beside all that is chosen, or takes it back.

    `number` is how many articles it leads to; None while lists have no index. `shown` is that as a text: "40+" where
    only so many hits of a search were counted.
    """

    code: str
    label: Label
    number: int | None
    chosen: bool
    query: str
    shown: str


@dataclass(frozen=True)
class FacetMenu:
    """A filter with its choices. Choices are built lazily: most pages use HTML that was drawn for another page."""

    facet: Facet
    numbers: dict  # {code: number or None}, with what is chosen
    plus: str
    asked: QueryDict
    names: Names

    @property
    def name(self):
        return self.facet.name

    @property
    def label(self):
        return self.facet.label

    @cached_property
    def choices(self):
        return list(self._choices(self._ordered()))

    def _ordered(self):
        """The codes in the order of the facet; equal numbers by name."""
        if self.facet.order == NEWEST:
            return sorted(self.numbers, key=int, reverse=True)
        codes = self._by_name()
        return codes if self.facet.order == BY_NAME else sorted(codes, key=lambda code: -(self.numbers[code] or 0))

    def _by_name(self):
        if not self.facet.relation:
            language = content_language()
            return sorted(self.numbers, key=lambda code: plain_order(self.facet.text(code), language))
        known = self.names.by_name(self.name, self.numbers)
        return [*known, *(self.numbers.keys() - set(known))]

    @cached_property
    def chosen(self):
        return next(self._choices([self.asked[self.name]])) if self.name in self.asked else None

    def _choices(self, codes):
        labels = self.names.labels(self.name) if self.facet.relation else {}
        query = _queries(self.asked, self.name)
        chosen = self.asked.get(self.name)
        for code in codes:
            number = self.numbers[code]
            label = labels.get(code) or plain_label(self.facet.text(code))
            shown = "" if number is None else f"{shown_number(number)}{self.plus}"
            yield Choice(code, label, number, chosen == code, query(code), shown)

    @property
    def cache_key(self):
        """Its numbers as text: part of the key of the kept HTML of filters."""
        return f"{self.name}{self.plus} {self.numbers}"

    @property
    def as_links(self):
        """A few words are links to click; a long list is a menu, which is smaller to send and to read."""
        return self.facet.as_links and len(self.numbers) <= MOST_LINKS

    @property
    def is_useful(self):
        """Whether there is anything to choose or to take back."""
        return self.name in self.asked or len(self.numbers) > 1


def counted(found):
    """(number of articles, or None while lists have no index; [FacetMenu, …]) for an ArticleFilter."""
    hits, asked = found.hits, found.query
    number = found.selected().number if hits is None else len(hits.ids)
    numbers = _numbers(found) if hits is None else _numbers_of_hits(found)
    for name in numbers:
        if name in asked:
            numbers[name].setdefault(asked[name], None if number is None else 0)
    plus = "+" if hits and hits.more else ""
    return number, [FacetMenu(facet, numbers[facet.name], plus, asked, found.names) for facet in FILTERS]


def _numbers(found):
    """{facet's name: {code: number}}; without an index every code that is known, with None."""
    numbers = {}
    for facet in FILTERS:
        counts = found.selected(but=facet.name).counts(facet.name, found.names.groups(facet.name))
        numbers[facet.name] = dict.fromkeys(found.names.codes(facet)) if counts is None else counts
    return numbers


def _queries(asked, name):
    """A function from a code to the query that asks for it beside all the rest, or takes it back."""
    rest, chosen = urlencode({key: code for key, code in asked.items() if key != name}), asked.get(name)
    start = f"?{rest}&{name}=" if rest else f"?{name}="
    without = f"?{rest}" if rest else ""
    return lambda code: without if code == chosen else start + quote_plus(code)


def _numbers_of_hits(found):
    """{facet's name: {code: number}} of the hits of a search, at most of those that were read. It takes no query."""
    counted, numbers, outer = {}, {}, found.names.outer_terms()
    for facet in FILTERS:
        hits = found.hits_without(facet.name)
        if id(hits) not in counted:
            counted[id(hits)] = _count(hits, outer)
        codes = found.names.codes_of_terms
        numbers[facet.name] = {
            codes.get(term, term[2:]): number for term, number in counted[id(hits)].items() if term[1] == facet.letter
        }
    return numbers


def _count(hits, outer):
    """{term: hits} of the facets: a hit counts once for each of its own terms, or for those that `outer` names."""
    counted = Counter()
    for facets in hits.facets:
        terms = set(facets.split())
        if inner := terms & outer.keys():
            terms = (terms - inner).union(*(outer[term] for term in inner))
        counted.update(terms)
    return counted


def by_language(found):
    """{language: number of articles} for what an ArticleFilter asks for, in every language."""
    everywhere = replace(found.criteria(), language="")
    if "q" not in found.chosen:
        return found.snapshot.select(everywhere).counts("language") or {}
    counted = _count(find(found.chosen["q"], [everywhere], names=found.names.in_searches)[0], {})
    return {term[2:]: number for term, number in counted.items() if term[1] == LANGUAGE.letter}
