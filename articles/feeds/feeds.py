"""The feeds: any list of articles as RSS, Atom and JSON Feed, and the corrections of a language as Atom."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, linebreaks
from django.utils.translation import gettext as _

from contacts import clock
from contacts.languages import content_language, direction, organisation_name
from contacts.public_pages import absolute

from ..facets import FACETS
from ..html import without_controls
from ..listing.filters import ArticleFilter
from ..models import Article, Correction
from ..pages.texts import pictures
from . import identity
from .entries import Entries, enclosure
from .formats import FORMATS, Atom

ITEMS = 30


@dataclass
class Asked:
    """What a request asks for: its feed's own address, the page that it follows, and for news the filter."""

    request: HttpRequest
    page: str
    found: ArticleFilter | None = None

    @property
    def query(self):
        return self.found.feed_query if self.found else ""

    def full(self, path):
        return absolute(self.request, path)


class NewsroomFeed(Feed):
    """What the feeds have in common: addresses, the organisation, its rights, the hub, permanent ids.

    Each answers one request, of which `asked` keeps what it asks for.
    """

    def __call__(self, request):
        """The headers name hub and topic, too: subscribers look there first (WebSub, 4)."""
        response = super().__call__(request)
        if hub := hub_of(self.asked.query):
            response["Link"] = f'<{hub}>; rel="hub", <{self.feed_url(self.asked)}>; rel="self"'
        return response

    def link(self, asked):
        return asked.full(asked.page + asked.query)

    def feed_url(self, asked):
        return asked.full(asked.request.path + asked.query)

    def feed_guid(self, asked):
        return identity.permanent_id(asked.page.strip("/") + asked.query)

    def author_name(self):
        return organisation_name()

    def author_link(self, asked):
        return asked.full(reverse("articles:home"))

    def feed_copyright(self):
        return identity.rights()

    def feed_extra_kwargs(self, asked):
        return {"hub": hub_of(asked.query), "licence": settings.NEWSROOM_LICENCE}

    item_guid_is_permalink = False


def hub_of(query):
    """The hub for a feed with this query. Only whole feeds are reported to it, so a filtered feed names none."""
    return "" if query else settings.WEBSUB_HUB


class NewsFeed(NewsroomFeed):
    def __init__(self, kind):
        self.feed_type = FORMATS[kind]

    def get_object(self, request):
        data = request.GET.copy()
        data.pop("sort", None)  # a feed has the newest first
        found = ArticleFilter.asked(data, content_language())
        self.asked = Asked(request, reverse("articles:list"), found)
        return self.asked

    def title(self, asked):
        return f"{' · '.join([_('News'), *_filters(asked.found)])} – {organisation_name()}"

    def description(self):
        words = {"newsroom_name": organisation_name()}
        return _("News, press releases and statements of %(newsroom_name)s") % words

    def items(self, asked):
        found = asked.found
        ids = found.selected()[:ITEMS] if found.hits is None else found.hits.ids[:ITEMS]
        return Entries(asked.request, ids, found.names)

    def item_title(self, entry):
        return entry.title

    def item_description(self, entry):
        return escape(entry.summary) or None

    def item_link(self, entry):
        return entry.url

    def item_guid(self, entry):
        return entry.id

    def item_pubdate(self, entry):
        return entry.article.publish_at

    def item_updateddate(self, entry):
        return entry.updated

    def item_categories(self, entry):
        return [str(entry.article.kind_label), *(tag.name for tag in entry.tags)]

    def item_enclosures(self, entry):
        return [enclosure(self.asked.request, entry.image)] if entry.image else []

    def item_extra_kwargs(self, entry):
        image = entry.image and self.asked.full(pictures.address(entry.image))
        return {"content": entry.content, "summary": entry.summary, "image": image}


def _filters(found):
    """The chosen filters as the title of a feed names them."""
    chosen = found.chosen
    names = [
        found.names.labels(name)[code].text if FACETS[name].relation else FACETS[name].text(code)
        for name, code in chosen.items()
        if name in FACETS
    ]
    if "from" in chosen:
        names.append(_("from %(day)s") % {"day": date_format(chosen["from"], "DATE_FORMAT")})
    if "to" in chosen:
        names.append(_("to %(day)s") % {"day": date_format(chosen["to"], "DATE_FORMAT")})
    return [*names, *([f"“{without_controls(chosen['q'])}”"] if "q" in chosen else [])]


class CorrectionsFeed(NewsroomFeed):
    feed_type = Atom

    def get_object(self, request):
        self.asked = Asked(request, reverse("articles:corrections"))
        return self.asked

    def title(self):
        return f"{_('Corrections')} – {organisation_name()}"

    def description(self):
        words = {"newsroom_name": organisation_name()}
        return _("Corrections of news, press releases and statements of %(newsroom_name)s") % words

    def items(self, asked):
        live = Article.objects.live(clock.now()).in_language(content_language())
        found = Correction.objects.of_articles(live).order_by("-at", "-id")
        # No join: the database could begin it with all articles.
        articles = Article.objects.only("language", "slug", "headline", "reference")
        return found.prefetch_related(Prefetch("article", articles))[:ITEMS]

    def item_title(self, correction):
        return without_controls(correction.article.headline)

    def item_description(self, correction):
        return None

    def item_link(self, correction):
        return self.asked.full(correction.article.get_absolute_url())

    def item_guid(self, correction):
        return identity.correction_id(correction)

    def item_pubdate(self, correction):
        return correction.at

    def item_updateddate(self, correction):
        return correction.at

    def item_extra_kwargs(self, correction):
        language = correction.article.language
        told = [(_("What was wrong"), correction.wrong), (_("What it says now"), correction.now)]
        parts = [
            f"<p><b>{escape(label)}</b></p>{linebreaks(without_controls(text), autoescape=True)}"
            for label, text in told
            if text
        ]
        return {"content": f'<div lang="{language}" dir="{direction(language)}">{"".join(parts)}</div>'}
