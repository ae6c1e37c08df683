"""Regions, countries, topics and offices with their names, and what lies under what.

There are hundreds, every page names some, and they hardly ever change: read once by each process, until the
journal says that some may have changed.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import count

from django.urls import NoReverseMatch, get_script_prefix
from django.utils.html import escape

from contacts.languages import Wording, content_language
from contacts.models import Country, Office, Region

from ..models import Topic

# A letter of `search.vector` for each facet.
LETTERS = {"region": "r", "country": "c", "topic": "t", "office": "o", "kind": "k", "year": "y"}
FACETS = ("region", "country", "topic", "office")
generations = count(1)  # of names in this process: what is made of names alone is made once in each


@dataclass(frozen=True, slots=True)
class Label:
    """A Wording as pages of one language write it, and where it leads: made once and not for every page."""

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


class Names:
    """{code: row} of each; rows have their translations and children at hand and are for reading only."""

    def __init__(self):
        self._labels, self.generation = {}, next(generations)

    @cached_property
    def region(self):
        rows = list(Region.objects.with_translations())
        inner = _children(rows)
        for region in rows:
            region._prefetched_objects_cache["children"] = inner[region.pk]
        return {region.code: region for region in rows}

    @cached_property
    def country(self):
        regions = {region.pk: region for region in self.region.values()}
        rows = {country.iso3.lower(): country for country in Country.objects.with_translations()}
        for country in rows.values():
            country.region = regions.get(country.region_id) or country.region
        return rows

    @cached_property
    def topic(self):
        rows = list(Topic.objects.with_translations())
        inner, by_key = _children(rows), {topic.pk: topic for topic in rows}
        for topic in rows:
            topic._prefetched_objects_cache["children"] = inner[topic.pk]
            topic.merged_into, topic.parent = by_key.get(topic.merged_into_id), by_key.get(topic.parent_id)
        return {topic.code: topic for topic in rows}

    @cached_property
    def office(self):
        return {office.code: office for office in Office.objects.with_translations()}

    @cached_property
    def _by_key(self):
        return {facet: {row.pk: row for row in getattr(self, facet).values()} for facet in FACETS}

    def row(self, facet, key):
        """The row with that primary key; None if it came after these names were read."""
        return self._by_key[facet].get(key)

    def labels(self, facet):
        """{code: Label} in the reader's language."""
        key = facet, content_language(), get_script_prefix()
        if key not in self._labels:
            rows = getattr(self, facet).items()
            self._labels[key] = {code: Label.of(row.naming, _address(row)) for code, row in rows}
        return self._labels[key]

    def label(self, row):
        """The Label of one of these rows."""
        return self.labels(row._meta.model_name)[row.key.lower() if row._meta.model_name == "country" else row.key]

    def within(self, facet):
        """{code: codes that lie under it}; what lies under "global" counts as itself only."""
        return self._within.get(facet, {})

    @cached_property
    def _within(self):
        return {facet: dict(_inner(getattr(self, facet).values())) for facet in ("region", "topic")}


def _address(row):
    try:
        return row.get_absolute_url()
    except NoReverseMatch:  # a code that no form lets in: one bad row must not cost every page
        return ""


def _inner(rows):
    """Yields (code of a row, codes of those under it)."""
    for row in rows:
        inner = row.children.all()
        if inner and getattr(row, "kind", "") != Region.Kind.GLOBAL:
            yield row.code, [one.code for one in inner]


def _children(rows):
    inner = defaultdict(list)
    for row in rows:
        if row.parent_id:
            inner[row.parent_id].append(row)
    return inner
