"""What was asked for, as codes: the words of `querysets` once more, for lists in memory and for the search index."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone


@dataclass(frozen=True)
class Scope:
    """The filters of a list beside its words; several codes of one letter (`search.vector`) are alternatives."""

    language: str = ""
    year: int | None = None
    until: datetime | None = None
    codes: tuple = ()  # pairs of a letter and its codes

    def also(self, letter, *codes):
        return replace(self, codes=(*self.codes, (letter, codes)))

    def live(self, at=None):
        return replace(self, until=at or timezone.now())

    def in_language(self, language):
        return replace(self, language=language)

    def in_year(self, year):
        return replace(self, year=year)

    def in_region(self, region):
        return self.also("r", *(one.code for one in regions_of(region)))

    def in_country(self, country):
        return self.also("c", country.iso3)

    def about(self, topic):
        return self.about_any(topics_of(topic))

    def about_any(self, topics):
        return self.also("t", *(one.code for one in topics))

    def from_office(self, office):
        return self.also("o", office.code)

    def of_kind(self, kind):
        return self.also("k", kind)


def regions_of(region):
    """A region and its subregions; "global" means only itself."""
    return [region] if region.kind == region.Kind.GLOBAL else [region, *region.children.all()]


def topics_of(topic):
    """A topic, or what it was merged into, and its subtopics."""
    return [topic.final, *topic.final.children.all()]
