"""The filters of the lists: from the parameters of a URL to Criteria, and to the articles that they choose."""

import re
from datetime import date, timedelta

import django_filters
from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts import clock
from contacts.languages import content_language

from ..facets import FACETS, FILTERS, Criteria
from ..models import Article
from ..search.find import CAP, find
from ..search.highlighting import Marks
from . import in_memory
from .cards import Cards

PAGE = re.compile(r"-?[0-9]{1,9}")
# Codes that nobody knows are unknown addresses; all else that fails is malformed.
UNKNOWN = "invalid_choice"


class CodeField(forms.Field):
    """A code of a facet as the site writes it: of a merged topic, its target's."""

    default_error_messages = {
        UNKNOWN: forms.ModelChoiceField.default_error_messages["invalid_choice"],
        "malformed": forms.IntegerField.default_error_messages["invalid"],
    }

    def __init__(self, facet, names, **options):
        super().__init__(**options)
        self.facet, self.names = facet, names

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            code = self.names.known(self.facet.name, value) if self.facet.relation else self._plain(value)
        except ValueError:
            raise forms.ValidationError(self.error_messages["malformed"], code="malformed") from None
        if code is None:
            raise forms.ValidationError(self.error_messages[UNKNOWN], code=UNKNOWN)
        return code

    def _plain(self, value):
        """A code of no relation: a kind or a year."""
        known = (code for code in (value, value.lower()) if self.facet.is_known(code))
        return next(known, None)


class FacetFilter(django_filters.Filter):
    field_class = CodeField

    def __init__(self, facet):
        super().__init__(field_name=facet.name, label=facet.label)

    @property
    def field(self):
        self.extra |= {"facet": FACETS[self.field_name], "names": self.parent.names}
        return super().field


class DayFilter(django_filters.DateFilter):
    """A day of publication, as the site writes it."""

    def __init__(self, label):
        super().__init__(label=label, input_formats=["%Y-%m-%d"])


class ArticleFilter(django_filters.FilterSet):
    """What an address asks for. `qs` answers it from the database; `selected` and `hits`, which pages use, are quicker.

    language: of the articles, or "" for all. names: those of the lists, unless others are given.
    """

    sort = django_filters.ChoiceFilter(choices=[("relevance", _("Relevance"))], label=_("Order"))
    q = django_filters.CharFilter(max_length=200, label=_("Words"))

    class Meta:
        model = Article
        fields = []

    def __init__(self, data, queryset=None, *, language="", names=None):
        super().__init__(data, queryset)
        self.language, self.at, self._selected = language, clock.now(), {}
        if names is not None:
            self.names = names

    @classmethod
    def get_filters(cls):
        days = {"from": DayFilter(pgettext_lazy("first day", "From")), "to": DayFilter(pgettext_lazy("last day", "To"))}
        return {facet.name: FacetFilter(facet) for facet in FILTERS} | days | super().get_filters()

    @classmethod
    def asked(cls, data, language=""):
        """The filter of a request; an unknown code is 404, a malformed value 400."""
        found = cls(data, language=language)
        errors = found.errors.as_data()
        if any(error.code == UNKNOWN for several in errors.values() for error in several):
            raise Http404
        if errors:
            raise BadRequest(", ".join(errors))
        return found

    @cached_property
    def snapshot(self):
        """The lists of now: one Snapshot for all that a page shows."""
        return in_memory.lists()

    @cached_property
    def names(self):
        return self.snapshot.names

    @cached_property
    def chosen(self):
        """{filter: code, date or words} of what was asked for; an order is asked for with words only."""
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        return given if "q" in given else {name: value for name, value in given.items() if name != "sort"}

    @property
    def is_backwards(self):
        """Whether the first day is after the last one."""
        return "from" in self.chosen and "to" in self.chosen and self.chosen["from"] > self.chosen["to"]

    @cached_property
    def query(self):
        """What was asked for, as the site writes it: known names only, in one order."""
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in self.chosen.items()})
        return query

    @property
    def feed_query(self):
        """The end of the address of this list's feeds, which are ordered by date."""
        query = self.query.copy()
        query.pop("sort", None)
        return f"?{query.urlencode()}" if query else ""

    def address(self, page, missing):
        """{parameter: value} of the one spelling of an address; `missing`: the story that the reader misses."""
        others = {"page": str(page) if page > 1 else "", "missing": missing}
        return self.query.dict() | {name: value for name, value in others.items() if value}

    def criteria(self, but=None):
        """The Criteria of all filters, or of all but one, whatever the words."""
        codes = ((name, code) for name, code in self.chosen.items() if name in FACETS and name != but)
        return Criteria(
            language=self.language,
            codes=tuple((name, self.names.group(name, code)) for name, code in codes),
            since=self.chosen.get("from"),
            before=_next_day(self.chosen.get("to")),
            at=self.at,
        )

    def filter_queryset(self, queryset):
        """The public articles of a queryset that are asked for."""
        articles = queryset.live(self.at).matching(self.criteria())
        return articles.filter(pk__in=self.hits.ids) if "q" in self.chosen else articles

    @cached_property
    def _hits(self):
        """{filter: the Hits of the words without it}, in one query."""
        names = [name for name in (None, *self.chosen) if name is None or name in FACETS]
        several = [self.criteria(but=name) for name in names]
        found = find(self.chosen["q"], several, self.chosen.get("sort", "date"), CAP, self.names.in_searches)
        return dict(zip(names, found, strict=True))

    @property
    def hits(self):
        """The newest or most relevant articles that have the words; None without words, see `selected`."""
        return self.hits_without(None)

    def hits_without(self, name):
        """The hits with all filters except this one."""
        if "q" in self.chosen:
            return self._hits[name if name in self.chosen else None]

    def selected(self, but=None):
        """The articles of the lists that all filters choose, or all but one, whatever the words."""
        but = but if but in self.chosen else None
        if but not in self._selected:
            self._selected[but] = self.snapshot.select(self.criteria(but))
        return self._selected[but]

    @property
    def marks(self):
        """What a page in the reader's language marks in its cards."""
        if "q" in self.chosen:
            language = content_language()
            asked = next((one for one in self.hits.questions if one.language == language), None)
            return Marks(self.chosen["q"], language, asked)

    @staticmethod
    def page_number(text):
        """A page that can never be is 404, a malformed number 400."""
        if not PAGE.fullmatch(text or "1"):
            raise BadRequest("page")
        if int(text or 1) < 1:
            raise Http404
        return int(text or 1)

    def page(self, number, count, per_page):
        """One page of cards; a page that does not exist is 404. Without a count it only knows whether one follows."""
        paginator, start = Paginator(self, per_page), (number - 1) * per_page
        paginator.count = start + len(self.selected()[start : start + per_page + 1]) if count is None else count
        try:
            return paginator.page(number)
        except EmptyPage:
            raise Http404 from None

    def __getitem__(self, part):
        """The Cards of a slice."""
        ids = self.selected()[part] if self.hits is None else self.hits.ids[part]
        return Cards(ids, self.names, texts="q" in self.chosen)


def _next_day(day):
    """The day after a day, or None without one."""
    return day and (day + timedelta(1) if day < date.max else day)
