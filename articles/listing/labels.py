"""Regions, countries, topics and offices with their names, as pages show them.

There are hundreds, every page names some, and they hardly ever change: each process reads them once, until the
journal says that some may have changed.
"""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count

from django.urls import NoReverseMatch, get_script_prefix
from django.utils.html import escape

from contacts.cldr.collation import sort_key
from contacts.languages import Wording, content_language
from contacts.models.links import Succeeded

from ..facets import FACETS, FILTERS
from ..models import Article
from .groups import NO_GROUPS, Groups
from .search_names import SearchNames

NAMED = {facet.name: facet.target(Article) for facet in FACETS.values() if facet.relation}
LONGEST_NAME = 200  # characters that are compared with names
generations = count(1)  # of names in this process: HTML that shows names is kept for one of them


@dataclass(frozen=True, slots=True)
class Label:
    """A name as pages of one language write it, and where it leads: made once and not for every page."""

    text: str
    attributes: str = ""
    html: str = ""
    escaped: str = ""
    url: str = ""

    @classmethod
    def of(cls, wording, url=""):
        return cls(wording.text, wording.attributes, wording.html(), escape(wording.text), url)

    def __str__(self):
        return self.text


@lru_cache(maxsize=500)
def plain_label(text):
    return Label.of(Wording(text))


@lru_cache(maxsize=500)
def plain_order(text, language):
    """The key by which a text that no row names is sorted."""
    return sort_key(text, language)


class Names:
    """The rows of NAMED models as they were at one moment. They are for reading only.

    They have their translations, children and relations among each other at hand.
    """

    def __init__(self):
        self._labels, self._groups, self._other_names, self.generation = {}, {}, {}, next(generations)
        self.in_searches = SearchNames(self)

    def rows(self, name):
        """{code: row} of a facet: "region", "country", "topic" or "office"."""
        return self._rows[name]

    @cached_property
    def _rows(self):
        found = {name: list(model.objects.with_translations()) for name, model in NAMED.items()}
        by_key = {NAMED[name]: {row.pk: row for row in rows} for name, rows in found.items()}
        for model, rows in by_key.items():
            for field in model._meta.concrete_fields:
                if field.related_model in by_key:
                    _connect(field, rows.values(), by_key[field.related_model])
        return {name: {FACETS[name].code(row.key): row for row in rows} for name, rows in found.items()}

    @cached_property
    def _by_key(self):
        return {name: {row.pk: row for row in rows.values()} for name, rows in self._rows.items()}

    def row(self, name, key):
        """The row with that primary key; None if it came after these names were read."""
        return self._by_key[name].get(key)

    def labels(self, name):
        """{code: Label} of a facet, in the reader's language and its order of names."""
        key = name, content_language(), get_script_prefix()
        if key not in self._labels:
            rows = [(code, row, row.naming) for code, row in self._rows[name].items()]
            rows.sort(key=lambda each: sort_key(each[2].text))
            self._labels[key] = {code: Label.of(naming, _address(row)) for code, row, naming in rows}
        return self._labels[key]

    def by_name(self, name, codes):
        """Those of the codes that the names know, in the order of the reader's names."""
        return [code for code in self.labels(name) if code in codes]

    def rows_by_name(self, name, rows):
        """Some of the rows, in the order of the reader's names."""
        by_code = {self._code_by_key[name][row.pk]: row for row in rows}
        return [by_code[code] for code in self.by_name(name, by_code)]

    def current_codes(self, name, keys):
        """{id: code of the row, or of what stands for it now} for these ids, as far as the names know them."""
        codes = self._code_by_key[name]
        return {key: codes[_final(row).pk] for key in keys if (row := self.row(name, key))}

    def current_labels(self, name, keys):
        """The Labels of the rows with these ids, or of what stands for them now; each once, in this order."""
        labels = self.labels(name)
        return [labels[code] for code in dict.fromkeys(self.current_codes(name, keys).values())]

    def same(self, name, keys):
        """The codes of the rows with these ids, and of all that lead to the same rows as these."""
        codes = set(self.current_codes(name, keys).values())
        return [*codes, *(code for code, final in self.groups(name).former.items() if final in codes)]

    def label(self, row):
        """The Label of one of these rows."""
        name = row._meta.model_name
        return self.labels(name)[self._code_by_key[name][row.pk]]

    @cached_property
    def _code_by_key(self):
        return {name: {row.pk: code for code, row in rows.items()} for name, rows in self._rows.items()}

    def groups(self, name):
        """The Groups of a facet as they are now: an office may close at the end of a day, without any save."""
        rows = self._succeeded.get(name)
        if rows is None:
            return NO_GROUPS
        key = name, tuple(row.pk for row in rows if row.leads_on)
        if key not in self._groups:
            codes = {row: code for code, row in self._rows[name].items()}
            self._groups[key] = Groups.of(codes, FACETS[name].nested)
        return self._groups[key]

    @cached_property
    def _succeeded(self):
        """{facet's name: its rows that have a successor}"""
        succeeded = [name for name, model in NAMED.items() if issubclass(model, Succeeded)]
        return {
            name: [row for row in self._rows[name].values() if getattr(row, row.leads_by) is not None]
            for name in succeeded
        }

    def known(self, name, typed):
        """The code that somebody typed, or that of what stands for it now; None if nothing has it.

        It may be in another case, another code of a country (ISO alpha-2, UN M49), or a name in any language.
        """
        rows = self._rows[name]
        row = rows.get(typed) or rows.get(typed.lower()) or self._by_other_name(name).get(_letters(typed))
        return row and self._code_by_key[name][_final(row).pk]

    def _by_other_name(self, name):
        """{letters and digits of a code or a name: row}, without names that several rows have."""
        if name not in self._other_names:
            found = {}
            # Codes last: they win over names.
            for texts_of in (_names_of, _codes_of):
                several = defaultdict(set)
                for row in self._rows[name].values():
                    for text in texts_of(row):
                        several[_letters(text)].add(row)
                found |= {text: rows.pop() for text, rows in several.items() if text and len(rows) == 1}
            self._other_names[name] = found
        return self._other_names[name]

    def codes(self, facet):
        """The codes of a facet that lists offer, if they are known without asking the articles: none for dates."""
        if facet.relation:
            former = self.groups(facet.name).former
            return [code for code in self._rows[facet.name] if code not in former]
        return [code for code, _ in facet.choices()] if facet.choices else []

    def group(self, name, code):
        """The codes of which a filter by this one finds any: itself, what lies under it, and what leads to it."""
        return (code, *self.groups(name).inner.get(code, ()))

    @cached_property
    def codes_of_terms(self):
        """{term of the search index: code}, for codes that the term spells otherwise."""
        found = ((facet.term(code), code) for facet in FILTERS for code in self.codes(facet))
        return {term: code for term, code in found if term[2:] != code}

    def outer_terms(self):
        """{term of the search index: terms of the codes for which it counts}, for codes that count for others."""
        return {
            FACETS[name].term(code): tuple(map(FACETS[name].term, outer))
            for name in self._succeeded
            for code, outer in self.groups(name).outer.items()
        }


def _connect(field, rows, targets):
    """Give rows what their foreign key leads to and, if that are rows of the same kind, these their children."""
    inner = defaultdict(list)
    for row in rows:
        key = getattr(row, field.attname)
        if key is None or key in targets:
            field.set_cached_value(row, targets.get(key))
            inner[key].append(row)
    if field.name == "parent":
        for row in rows:
            row._prefetched_objects_cache["children"] = inner[row.pk]


def _codes_of(row):
    """A row's code and, of a country, its other codes; M49 also as a number."""
    codes = [row.key, getattr(row, "iso2", ""), getattr(row, "m49", "")]
    return [*codes, codes[-1].lstrip("0")]


def _names_of(row):
    return [*(translation.name for translation in row.translations.all()), *getattr(row, "aliases", ())]


def _letters(text):
    """Letters and digits alone, without accents and case: "Côte d’Ivoire" is "cotedivoire"."""
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_NAME]).casefold()
    return "".join(filter(str.isalnum, decomposed))


def _address(row):
    try:
        return row.get_absolute_url()
    except NoReverseMatch:  # a code that no form lets in: one bad row must not cost every page
        return ""


def _final(row):
    """The row that stands for this one; countries have no successors."""
    return row.final if isinstance(row, Succeeded) else row
