"""Articles for search engines: the sections of the sitemap (https://www.sitemaps.org) and the news sitemap.

The sections of a language hold its live articles from the oldest on, by their places in the index of the lists: those
of old articles stay as they are, and any section costs the same at any size.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from operator import itemgetter
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from contacts import clock
from contacts.public_pages import absolute

from ..facets import Criteria
from ..html import without_controls
from ..listing.in_memory import lists_in_memory
from ..models import Article
from ..pages.article_page import changed_at, list_address
from ..pages.editions import languages_with_corrections
from ..pages.texts import pictures

SECTION = 1000  # articles; their sitemap fits into the page cache
NEWS_DAYS, NEWS_ITEMS = 2, 1000  # Google's limits of a news sitemap
LANDING = ("region", "country", "topic")
COLUMNS = ("pk", "language", "slug", "translation_of_id")
IMAGE_COLUMNS = [f"lead_image__{name}" for name in ("file", "sha256", "size", "width", "height", "renditions")]
NEWS_LANGUAGES = {"zh": "zh-cn"}  # the news sitemap wants Chinese so, all others by ISO 639


class NotYet(Exception):
    """The lists are being read: ask again in some seconds."""


@dataclass(frozen=True)
class Url:
    """One address of a sitemap; `alternates`: [(hreflang, address)] of all versions if there are several."""

    address: str
    alternates: tuple = ()
    changed: datetime | None = None
    image: str = ""


def sections():
    """[(language, number)] of all sections with articles."""
    live = _live_by_language(lists_in_memory().now())
    return [(code, number + 1) for code, chosen in live.items() for number in range(ceil(chosen.number / SECTION))]


def _live_by_language(snapshot):
    """{language: its Selection}"""
    found = {code: snapshot.select(Criteria(code)) for code, _ in settings.LANGUAGES}
    if any(chosen.number is None for chosen in found.values()):
        raise NotYet
    return found


def articles(request, language, number):
    """The Urls of a section; [] if there is no such section."""
    chosen = _live_by_language(lists_in_memory().now()).get(language, ())
    count = len(chosen)
    ids = chosen[max(0, count - number * SECTION) : max(0, count - (number - 1) * SECTION)]
    found = Article.objects.live(clock.now()).filter(pk__in=ids).select_related("lead_image").order_by("pk")
    rows = list(found.only(*COLUMNS, "publish_at", "updated_at", *IMAGE_COLUMNS))
    versions = _versions({row.translation_of_id or row.pk for row in rows})
    address = Addresses(request)
    return [
        Url(
            address.of(row.language, row.slug),
            _alternates(row.translation_of_id or row.pk, versions, address),
            changed_at(row),
            absolute(request, pictures.address(row.lead_image)) if row.lead_image_id else "",
        )
        for row in rows
    ]


class Addresses:
    """The full addresses of articles, ten times as quick as `reverse`."""

    def __init__(self, request):
        self._lists = {code: absolute(request, list_address(code)) for code, _ in settings.LANGUAGES}

    def of(self, language, slug):
        return f"{self._lists[language]}{quote(slug)}/"


def _versions(stories):
    """{story (id of its source): [(id, language, slug)] of its live versions, the source first}"""
    live, found = Article.objects.live(clock.now()).order_by(), defaultdict(list)
    for pk, language, slug, _source in live.filter(pk__in=stories).values_list(*COLUMNS):
        found[pk].append((pk, language, slug))
    translations = live.filter(translation_of__in=stories).values_list(*COLUMNS)
    for pk, language, slug, source in sorted(translations, key=itemgetter(1)):
        found[source].append((pk, language, slug))
    return found


def _alternates(story, versions, address):
    """As the article's page announces them, see `alternates` of the site frame's tags."""
    found = {language: address.of(language, slug) for _pk, language, slug in versions[story]}
    return with_default(found, next((language for pk, language, _slug in versions[story] if pk == story), ""))


def with_default(found, first=""):
    """((hreflang, address), …) of {language: address} with x-default; none for a lone version."""
    if len(found) < 2:
        return ()
    default = found.get(first) or found.get(settings.LANGUAGE_CODE) or next(iter(found.values()))
    return (*found.items(), ("x-default", default))


def landing_pages(request):
    """{language: [Url]} of the front pages, the lists, corrections, places and topics with articles."""
    snapshot = lists_in_memory().now()
    codes = [code for code, _ in settings.LANGUAGES]
    chosen = {code: live for code, live in _live_by_language(snapshot).items() if live.number}
    pages = [(chosen, lambda: reverse("articles:home")), (chosen, lambda: reverse("articles:list"))]
    pages.append((languages_with_corrections(), lambda: reverse("articles:corrections")))
    for facet in LANDING:
        groups, rows = snapshot.names.groups(facet), snapshot.names.rows(facet)
        counted = {code: articles.counts(facet, groups) for code, articles in chosen.items()}
        for name in sorted(set().union(*counted.values()) & rows.keys()):
            pages.append(([code for code in codes if name in counted.get(code, ())], rows[name].get_absolute_url))
    return by_language(request, pages)


def by_language(request, pages):
    """{language: [Url]} of [(languages in which a page exists, function that gives its address in the active one)]."""
    found = defaultdict(list)
    for languages, address in pages:
        versions = {}
        for code in (code for code, _ in settings.LANGUAGES if code in languages):
            with override(code):
                versions[code] = absolute(request, address())
        for code, own in versions.items():
            found[code].append(Url(own, with_default(versions)))
    return found


def news(request):
    """[(Url, language, moment, headline)] of the articles of the last two days, the newest first."""
    now, address = clock.now(), Addresses(request)
    found = Article.objects.live(now).filter(publish_at__gte=now - timedelta(NEWS_DAYS)).order_by("-publish_at", "-pk")
    rows = found.values_list("language", "slug", "publish_at", "headline")[:NEWS_ITEMS]
    return [
        (Url(address.of(language, slug)), NEWS_LANGUAGES.get(language, language), moment, without_controls(headline))
        for language, slug, moment, headline in rows
    ]
