"""The facets of articles, each declared once: lists, their addresses and counts, search and exports derive from here.

`Criteria` holds the facets and dates that somebody chose. The database (`querysets`), the index in memory
(`listing.index`) and the search (`search.find`) each answer it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, datetime

from django.utils.translation import gettext_lazy as _

from .kinds import kind_choices

MOST_NUMEROUS, BY_NAME, NEWEST = "most numerous", "by name", "newest"  # orders of choices
_not_code = re.compile(r"[^\w-]")


@dataclass(frozen=True, eq=False)
class Facet:
    """One thing that articles have and that lists filter and count by.

    name: the parameter in addresses: `?region=africa`.
    letter: its sign in the search index: `=rafrica`. It is unique and never changes.
    column: the column of the article that holds the code; or
    relation: what the article belongs to, by a foreign key or (`many`) by rows that join the two, with
        `key`, the field that holds the code there; or
    period: for a facet of the day of publication, from a code to (first day, day after the last), with
        `code_at`, from a day to its code; codes follow each other without a gap.
    nested: a filter by a code finds what lies under it, too (`children`): subregions, subtopics.
    is_upper: the database has the codes in capital letters; addresses and indexes have them in small ones.
    choices: for a column, a function that gives its [(code, label)].
    order: how choices are sorted; as_links: whether a few choices are links, or always a menu.
    """

    name: str
    letter: str
    label: str
    column: str = ""
    relation: str = ""
    many: bool = False
    key: str = "code"
    period: Callable | None = None
    code_at: Callable | None = None
    nested: bool = False
    is_upper: bool = False
    choices: Callable | None = None
    order: str = MOST_NUMEROUS
    as_links: bool = False

    def source(self, article):
        """The model that has the column or relation: Article itself, or that of the rows between."""
        return article._meta.get_field(f"{self.relation}_rows").related_model if self.many else article

    def target(self, article):
        """The model that the relation leads to, such as Region; None for a column or a date."""
        return self.source(article)._meta.get_field(self.relation).related_model if self.relation else None

    def code(self, value):
        """The code in addresses and indexes, of the value in the database."""
        return value.lower() if self.is_upper else value

    def value(self, code):
        """The value in the database, of a code."""
        return code.upper() if self.is_upper else code

    def text(self, code):
        """The name of a code that no relation leads to."""
        return str(dict(self.choices()).get(code, code)) if self.choices else code

    def is_known(self, code):
        """Whether a code without a relation can be asked for; ValueError if it is malformed."""
        if not self.period:
            return code in dict(self.choices())
        try:
            well_formed = self.code_at(self.period(code)[0]) == code
        except (ValueError, OverflowError):
            well_formed = False
        if not well_formed:
            raise ValueError(code)
        return True

    def term(self, code):
        """The term of a code in the search index."""
        return f"={self.letter}{_not_code.sub('_', code).lower()}"


def _year(code):
    start = date(int(code), 1, 1)
    return start, start.replace(year=start.year + 1) if start.year < MAXYEAR else date.max


LANGUAGE = Facet("language", "l", _("Language"), column="language")  # pages say it in their address, not as a filter
YEAR = Facet("year", "y", _("Year"), period=_year, code_at=lambda day: str(day.year), order=NEWEST)
# The filters of the lists, in the order of pages and addresses.
FILTERS = (
    Facet("kind", "k", _("Kind"), column="kind", choices=kind_choices, as_links=True),
    Facet("region", "r", _("Region"), relation="region", many=True, nested=True, as_links=True),
    Facet("country", "c", _("Country"), relation="country", many=True, key="iso3", is_upper=True, order=BY_NAME),
    Facet("topic", "t", _("Topic"), relation="topic", many=True, nested=True, as_links=True),
    Facet("office", "o", _("Office"), relation="office"),
    YEAR,
)
FACETS = {facet.name: facet for facet in (LANGUAGE, *FILTERS)}


def date_codes(day):
    """{(facet's name, code), …} of an article that was published on that day."""
    return {(facet.name, facet.code_at(day)) for facet in FILTERS if facet.period}


@dataclass(frozen=True)
class Criteria:
    """What a list was asked for. All of it must hold; of several codes of one facet, one.

    language: a language's code, or "" for all. codes: pairs of a facet's name and a tuple of its codes.
    since, before: the day of publication is the one or later, and before the other.
    at: the moment at which articles must be public, if not now; for lists in memory and search, which know no others.
    """

    language: str = ""
    codes: tuple = ()
    since: date | None = None
    before: date | None = None
    at: datetime | None = None

    def having(self, name, *codes):
        """These criteria, and one of the codes of a facet."""
        return replace(self, codes=(*self.codes, (name, codes)))

    def codes_by_facet(self, language=False):
        """[(Facet, codes)]; the language is among them if asked for."""
        first = [(LANGUAGE, (self.language,))] if language and self.language else []
        return first + [(FACETS[name], codes) for name, codes in self.codes]

    def narrowed(self):
        """(since, before), days or None: as narrow as the dates and facets like the year allow."""
        periods = [
            (min(start), max(end))
            for facet, codes in self.codes_by_facet()
            if facet.period and codes
            for start, end in [zip(*map(facet.period, codes), strict=True)]
        ]
        since = max((day for day in (self.since, *(start for start, _ in periods)) if day), default=None)
        before = min((day for day in (self.before, *(end for _, end in periods)) if day), default=None)
        return since, before
