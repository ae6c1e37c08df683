"""Where a question in an address becomes a list of articles: shared by lists and their counts."""

import re
from copy import copy

import django_filters
from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.languages import content_language

from ..kinds import kind_choices
from ..models import Article
from ..search.find import CAP, find
from ..search.highlighting import Marks
from . import current
from .cards import Cards

YEAR = re.compile(r"[1-9][0-9]{3}")
PAGE = re.compile(r"-?[0-9]{1,9}")
# Codes that a vocabulary does not hold are unknown addresses; all else that fails is malformed.
UNKNOWN = "invalid_choice"


class CodeField(forms.Field):
    """A region, country, topic or office by its code, from those that the process knows."""

    default_error_messages = {UNKNOWN: forms.ModelChoiceField.default_error_messages["invalid_choice"]}

    def __init__(self, rows, **options):
        super().__init__(**options)
        self.rows = rows

    def to_python(self, value):
        if value in self.empty_values:
            return None
        row = self.rows.get(value) or self.rows.get(value.lower())
        if row is None:
            raise forms.ValidationError(self.error_messages[UNKNOWN], code=UNKNOWN)
        return row


class Light:
    """Every FilterSet takes copies of its filters, to bind them: all that may be changed in one is its `extra`."""

    def __deepcopy__(self, memo):
        copied = copy(self)
        copied.extra = dict(self.extra)
        return copied


class Order(Light, django_filters.ChoiceFilter):
    pass


class Word(Light, django_filters.Filter):
    """Says one of the words of `querysets` and `scope` with its value."""

    def __init__(self, word, **options):
        super().__init__(**options)
        self.word = word

    def filter(self, asked, value):
        return getattr(asked, self.word)(value) if value not in (None, "") else asked


class CodeFilter(Word):
    """The value is a row of `archive.names`."""

    field_class = CodeField

    @property
    def field(self):
        self.extra["rows"] = getattr(self.parent.snapshot.names, self.field_name)
        return super().field


class ValueFilter(Word):
    def __init__(self, field_class, word, **options):
        super().__init__(word, **options)
        self.field_class = field_class


class KindField(forms.ChoiceField):
    def __init__(self, **options):
        super().__init__(choices=kind_choices, **options)


class YearField(forms.IntegerField):
    """Four digits: a number could be written in many ways, each an address of its own."""

    def to_python(self, value):
        if value not in self.empty_values and not YEAR.fullmatch(str(value)):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class Fields(dict):
    """Fields that nothing changes and nobody sees: a form needs no copies of its own."""

    def __deepcopy__(self, memo):
        return dict(self)


class ArticleFilter(django_filters.FilterSet):
    region = CodeFilter("in_region", label=_("Region"))
    country = CodeFilter("in_country", label=_("Country"))
    topic = CodeFilter("about", label=_("Topic"))
    office = CodeFilter("from_office", label=_("Office"))
    kind = ValueFilter(KindField, "of_kind", label=_("Kind"))
    year = ValueFilter(YearField, "in_year", min_value=1000, max_value=9998, label=_("Year"))
    sort = Order(choices=[("relevance", _("Relevance"))], label=_("Order"))
    q = ValueFilter(forms.CharField, "search", max_length=200, label=_("Words"))

    FACETS = ("kind", "region", "country", "topic", "office", "year")

    class Meta:
        model = Article
        fields = []

    @classmethod
    def asked(cls, data, articles):
        """The filter of a request; an unknown code is 404, a malformed value 400."""
        found = cls(data, articles)
        errors = found.form.errors.as_data()
        if any(error.code == UNKNOWN for errors in errors.values() for error in errors):
            raise Http404
        if errors:
            raise BadRequest(", ".join(errors))
        return found

    _form_classes = {}

    def get_form_class(self):
        """One for all questions, until there are other names."""
        names, known = self.snapshot.names, ArticleFilter._form_classes
        if names not in known:
            form = super().get_form_class()
            form.base_fields = Fields(form.base_fields)
            ArticleFilter._form_classes = known = {names: form}
        return known[names]

    @cached_property
    def snapshot(self):
        """What the lists can show now: one for all that a page shows."""
        return current.lists()

    @cached_property
    def chosen(self):
        """{filter: row or value} of what was asked for; an order is asked for with words only."""
        given = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        return given if "q" in given else {name: value for name, value in given.items() if name != "sort"}

    @cached_property
    def query(self):
        """The question as the site writes it: known names only, in one order, codes in lower case."""
        query = QueryDict(mutable=True)
        for name, value in self.chosen.items():
            code = str(getattr(value, "key", value))
            query[name] = code.lower() if name == "country" else code
        return query

    def address(self, page, missing):
        """The one spelling of this question: what `query` has, the page beyond the first, the story that is missed."""
        address = self.query.copy()
        others = {"page": page if page > 1 else "", "missing": missing}
        address.update({name: str(value) for name, value in others.items() if value})
        return address

    def within_filters(self):
        """The articles that the filters leave, whatever the words."""
        return self._narrowed(self.queryset)

    def _narrowed(self, asked, but=None):
        """A queryset or a Scope with the filters said to it, all of them but one."""
        for name, value in self.chosen.items():
            if name not in (but, "q", "sort"):
                asked = self.filters[name].filter(asked, value)
        return asked

    @cached_property
    def _hits(self):
        """{filter: the Hits of the words without it}, in one look into the index."""
        names = [name for name in (None, *self.chosen) if name not in ("q", "sort")]
        scopes = [self._narrowed(self.queryset.scope, but=name) for name in names]
        found = find(self.chosen["q"], scopes, self.chosen.get("sort", "date"), CAP)
        return dict(zip(names, found, strict=True))

    @property
    def hits(self):
        """The newest or most relevant articles that have the words; None without words, see `selected`."""
        return self.hits_without(None)

    def hits_without(self, name):
        """The same with all other filters but this one."""
        if "q" in self.chosen:
            return self._hits[name if name in self.chosen else None]

    @property
    def qs(self):
        articles = self.within_filters()
        return articles.found(self.hits) if "q" in self.chosen else articles

    @cached_property
    def _selected(self):
        return {}

    def selected(self, but=None):
        """The articles in memory that the filters leave, or all of them but one, whatever the words."""
        but = but if but in self.chosen else None
        if but not in self._selected:
            self._selected[but] = self.snapshot.select(self._narrowed(self.queryset.scope, but))
        return self._selected[but]

    @property
    def marks(self):
        """What a page in the reader's language marks in its cards."""
        return Marks(self.chosen["q"], content_language()) if "q" in self.chosen else None

    @staticmethod
    def page_number(text):
        """A page that can never be is 404, a malformed number 400."""
        if not PAGE.fullmatch(text or "1"):
            raise BadRequest("page")
        if int(text or 1) < 1:
            raise Http404
        return int(text or 1)

    def page(self, number, count, per_page):
        """One page of cards; a page that does not exist is 404."""
        paginator = Paginator(self, per_page)
        paginator.count = count
        try:
            return paginator.page(number)
        except EmptyPage:
            raise Http404 from None

    def __getitem__(self, part):
        """The Cards of a slice."""
        ids = self.selected()[part] if self.hits is None else self.hits.ids[part]
        return Cards(ids, self.snapshot.names, texts="q" in self.chosen)
