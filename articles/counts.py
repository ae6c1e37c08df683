"""How many articles each value of each filter leads to, in two queries, whatever is chosen.

The counts of one facet are taken with all the other filters applied but not its own, so that a
reader sees what changing the choice would give.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear, Lower

from contacts.languages import content_language
from contacts.models import CountryTranslation, OfficeTranslation, RegionTranslation
from contacts.wording import Wording

from . import hit_counts
from .kinds import kind_label
from .models import ArticleCountry, ArticleRegion, ArticleTopic, TopicTranslation

NAMES = {
    "region": (RegionTranslation, "region__code"),
    "country": (CountryTranslation, "country__iso3"),
    "topic": (TopicTranslation, "topic__code"),
    "office": (OfficeTranslation, "office__code"),
}
TOTAL = "total"


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
    numbers = _numbers(found)
    asked = found.query
    for name in found.FACETS:
        if name in asked:
            numbers[name].setdefault(asked[name], 0)
    names = _names(numbers)
    facets = []
    for name in found.FACETS:
        choices = [
            Choice(code, _wording(name, code, names), number, asked.get(name) == code, _toggled(asked, name, code))
            for code, number in numbers[name].items()
        ]
        facets.append(Facet(name, found.filters[name].label, sorted(choices, key=_order(name))))
    return numbers[TOTAL].get("", 0), facets


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


def _wording(name, code, names):
    if name == "kind":
        return Wording(str(kind_label(code)), content_language())
    return names.get((name, code)) or Wording(code)


def _numbers(found):
    """{facet: {code: number}} and the total, in one query."""
    if (hits := found.qs.hits) is not None:
        return hit_counts.numbers_of(found) | {TOTAL: {"": len(hits.ids)}}
    parts = [
        _group(found.qs, TOTAL, Value("", CharField()), "pk"),
        _group(found.without("kind"), "kind", F("kind"), "pk"),
        _group(found.without("office").exclude(office=None), "office", F("office__code"), "pk"),
        _group(found.without("year"), "year", Cast(ExtractYear("listed_at"), CharField()), "pk"),
        _group(_rows(ArticleCountry, found.without("country")), "country", Lower("country__iso3")),
    ]
    for model, name in ((ArticleRegion, "region"), (ArticleTopic, "topic")):
        rows = _rows(model, found.without(name))
        top = Coalesce(f"{name}__parent__code", f"{name}__code")
        inner = ~Q(**{f"{name}__parent": None})
        if name == "region":  # what lies under "global" is counted as itself, as `in_region` has it
            inner &= ~Q(region__parent__kind="global")
            parts.append(_group(rows.filter(region__parent__kind="global"), name, F("region__code")))
            rows = rows.exclude(region__parent__kind="global")
        parts += [_group(rows, name, top), _group(rows.filter(inner), name, F(f"{name}__code"))]
    numbers = {name: {} for name in (TOTAL, *found.FACETS)}
    for name, code, number in parts[0].union(*parts[1:], all=True):
        numbers[name][code] = number
    return numbers


def _rows(model, articles):
    return model.objects.filter(article__in=articles.order_by().values("pk"))


def _group(rows, name, code, article="article"):
    return (
        rows.order_by()
        .annotate(facet=Value(name, CharField()), value=code)
        .values_list("facet", "value")
        .annotate(number=Count(article, distinct=True))
    )


def _names(numbers):
    """{(facet, code): Wording} in the reader's language, else in the default one; one query."""
    languages = {content_language(), settings.LANGUAGE_CODE}
    parts = []
    for name, (model, key) in NAMES.items():
        codes = [code.upper() if name == "country" else code for code in numbers[name]]
        rows = model.objects.filter(**{f"{key}__in": codes}, language__in=languages).exclude(name="").order_by()
        parts.append(rows.values_list(Value(name, CharField()), key, "language", "name"))
    names = {}
    for name, key, language, text in parts[0].union(*parts[1:], all=True):
        code = key.lower() if name == "country" else key
        if language == content_language() or (name, code) not in names:
            names[name, code] = Wording(text, language)
    return names
