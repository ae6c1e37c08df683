"""Articles and corrections in the API."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import override

from contacts import clock

from ..listing import filters
from ..listing.filters import ArticleFilter
from ..listing.in_memory import lists_in_memory
from ..models import Article, Correction
from ..pages import article_page
from ..pages.redirects import GONE, target
from ..publishing.due_editions import merge_for_reader
from . import load
from .base import LANGUAGE, DetailView
from .paging import ListView, moment_cursor, moment_of
from .problems import Problem
from .serializers import ArticleSerializer, CorrectionSerializer

REFERENCE, SLUG = "reference", "slug"
FILTERS = tuple(ArticleFilter.base_filters)
LARGEST_ID = 2**63 - 1


class Articles(ListView):
    """Lists the live articles, newest first, by the filters of the public list.

    With `q`, a search: at most the 1,000 newest or most relevant hits, and `count` is null if there are more.
    """

    own_parameters = (*FILTERS, LANGUAGE, REFERENCE, SLUG)
    serializer_class = ArticleSerializer

    def page(self, cursor, size, fields):
        found = self._filter()
        ids, count = self._ids(found, cursor, size + 1)
        articles = load.in_order(Article.objects.live(), ids[:size], fields)
        if gone := [pk for pk in ids[:size] if pk not in {article.pk for article in articles}]:
            lists_in_memory().heal(gone)
        following = moment_cursor(articles[-1].publish_at, articles[-1].pk) if articles and len(ids) > size else ""
        return load.Articles(articles, fields, self.absolute).rows(), following, count

    def _filter(self):
        given = {name: value for name, value in self.request.asked.items() if name in FILTERS}
        found = ArticleFilter(given, language=self.language())
        errors = [
            {"parameter": name, "detail": str(error.messages[0]), "code": error.code}
            for name, several in found.errors.as_data().items()
            for error in several
        ]
        if errors:
            is_unknown = any(error.pop("code") == filters.UNKNOWN for error in errors)
            raise Problem(404 if is_unknown else 400, "The list has no such choice.", errors)
        return found

    def _ids(self, found, cursor, number):
        """(ids of articles from the cursor on, how many there are in all or None)"""
        if REFERENCE in self.request.asked or SLUG in self.request.asked:
            return self._by_name(found, cursor, number)
        if found.hits is not None:
            ids = found.hits.ids[_place(found, cursor) :]
            return ids[:number], None if found.hits.more else len(found.hits.ids)
        selected = found.selected()
        if cursor is None:
            return selected[:number], selected.number
        at, _, pk = moment_of(cursor)
        return selected.after(at, pk, number), selected.number

    def _by_name(self, found, cursor, number):
        """By reference number or slug: a story has few language versions."""
        asked = self.request.asked
        rows = Article.objects.filter(**{name: asked[name] for name in (REFERENCE, SLUG) if name in asked})
        rows = found.filter_queryset(rows).order_by("-publish_at", "-pk")
        if cursor is not None:
            _, moment, pk = moment_of(cursor)
            rows = rows.filter(Q(publish_at__lt=moment) | Q(publish_at=moment, pk__lt=pk))
        return list(rows.values_list("pk", flat=True)[:number]), None

    def page_address(self):
        language = self.language()
        if not language:
            return ""
        with override(language):
            path = reverse("articles:list")
        query = {name: value for name, value in self.request.asked.items() if name in FILTERS}
        return self.absolute(f"{path}?{urlencode(query)}" if query else path)


def _place(found, cursor):
    """How many hits of a search stand before a cursor."""
    if cursor is None:
        return 0
    _, moment, pk = moment_of(cursor)
    ids = found.hits.ids
    if pk in ids:
        return ids.index(pk) + 1
    if found.chosen.get("sort"):
        raise Problem(404, "The article that this page began after is no longer found. Begin anew.")
    newer = Q(publish_at__gt=moment) | Q(publish_at=moment, pk__gte=pk)
    return Article.objects.filter(newer, pk__in=ids).count()


class ArticleDetail(DetailView):
    """An article by its id. A withdrawn one says so and why; for a removed one the answer is 410."""

    serializer_class = ArticleSerializer

    def found(self, fields, pk):
        if pk > LARGEST_ID:
            raise Http404
        article = _to_read(pk)
        if article is None:
            self._refuse(pk)
        self.changed_at = article_page.changed_at(article)
        return load.Articles([article], fields, self.absolute).rows()[0]

    def _refuse(self, pk):
        gone = Article.objects.gone().filter(pk=pk).first()
        if gone is None:
            raise Http404
        leads_to = target(gone.language, gone.slug)
        if leads_to is GONE or leads_to is None:
            raise Problem(410, "This article was removed.")
        raise Problem(410, f"This article was removed. Read instead: {self.absolute(leads_to[0])}")

    def get(self, request, pk):
        response = super().get(request, pk=pk)
        response["Last-Modified"] = http_date(self.changed_at.timestamp())
        return response


def _to_read(pk):
    """The article as it should read now: the first reader after its hour merges a new edition in."""
    rows = Article.objects.readable().order_by().with_due_edition(clock.now()).filter(pk=pk)
    article = rows.first()
    if article is not None and article.edition_is_due:
        merge_for_reader(article)
        article = rows.first()
    return article


class Corrections(ListView):
    """Lists the corrections of articles that can be read, newest first."""

    own_parameters = (LANGUAGE,)
    serializer_class = CorrectionSerializer

    def page(self, cursor, size, fields):
        articles = Article.objects.readable().order_by()
        if language := self.language():
            articles = articles.in_language(language)
        rows = Correction.objects.filter(article__in=articles.values("pk")).order_by("-at", "-id")
        if cursor:
            _, moment, pk = moment_of(cursor)
            rows = rows.filter(Q(at__lt=moment) | Q(at=moment, pk__lt=pk), at__lte=moment)
        found = list(rows.select_related("article")[: size + 1])
        versions = load.Articles([], [], self.absolute)
        shown = [
            {"id": one.pk, "at": one.at, "edition": one.edition, "wrong": one.wrong, "now": one.now,
             "article": versions.version(one.article)}
            for one in found[:size]
        ]  # fmt: skip
        following = moment_cursor(shown[-1]["at"], shown[-1]["id"]) if len(found) > size else ""
        return shown, following, None

    def page_address(self):
        language = self.language()
        if not language:
            return ""
        with override(language):
            return self.absolute(reverse("articles:corrections"))
