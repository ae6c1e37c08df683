"""Articles as feeds and the news industry's formats give them: complete texts with full addresses, tags, picture.

`Entries` reads any number of articles in a constant number of queries.
"""

import mimetypes
import re
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from urllib.parse import urljoin

from django.db.models import Max
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html
from django.utils.translation import gettext as _

from contacts import clock
from contacts.public_pages import absolute

from ..html import without_controls
from ..models import Article, ArticleCountry, ArticleRegion, ArticleTopic, Boilerplate, Revision
from ..pages.article_page import images_by_id
from ..pages.texts import own_links, pictures
from ..pages.texts.text_html import with_dateline, with_isolated_numbers
from . import identity

TAGS = (ArticleRegion, ArticleCountry, ArticleTopic)
BETWEEN = "\x1e"  # between the texts of several articles; `without_controls` leaves it out of them
TAG = re.compile(r"<[^<>]+>")
ADDRESS = re.compile(r' (href|src)="([^"]*)"')
RESPONSIVE = re.compile(r"</?picture>|<source\b[^<>]*>| srcset=\"[^\"]*\"")  # what readers of feeds do not know


@dataclass(frozen=True)
class Tag:
    """What an article is about: a facet's name, the code, its name in the article's language and its page."""

    facet: str
    code: str
    name: str
    url: str


@dataclass(frozen=True)
class Entry:
    article: Article
    id: str
    url: str
    title: str
    summary: str
    content: str  # HTML
    edition: int
    updated: datetime  # when this edition was published
    tags: tuple = ()

    @property
    def image(self):
        return self.article.lead_image


class Entries:
    """The entries of the live articles with these ids, in this order; the page's language is theirs."""

    def __init__(self, request, ids, names):
        self.request, self.names = request, names
        found = Article.objects.live(clock.now()).filter(pk__in=ids).defer("began_as").order_by()
        rows = {article.pk: article for article in found}
        self.articles = [rows[pk] for pk in ids if pk in rows]
        images = images_by_id(article.lead_image_id for article in self.articles if article.lead_image_id)
        for article in self.articles:
            article.lead_image = images.get(article.lead_image_id)
            if country := names.row("country", article.dateline_country_id):
                article.dateline_country = country
        self._editions = self._last_editions()
        self._tags = self._read_tags()

    def __iter__(self):
        for article, content in zip(self.articles, self._contents(), strict=True):
            url = absolute(self.request, article.get_absolute_url())
            number, stored = self._editions.get(article.pk, (1, None))
            yield Entry(
                article=article,
                id=identity.article_id(article),
                url=url,
                title=without_controls(article.headline),
                summary=without_controls(article.summary),
                content=with_full_addresses(content, url),
                edition=number,
                updated=max(filter(None, [article.publish_at, stored])),
                tags=tuple(self._tags.get(article.pk, ())),
            )

    def _last_editions(self):
        """{article's id: (number of its last edition, when it was stored)}"""
        ids = [article.pk for article in self.articles]
        editions = Revision.objects.filter(article__in=ids, edition__gt=0).order_by()
        found = editions.values_list("article").annotate(Max("edition"), Max("created_at"))
        return {article: last for article, *last in found}

    def _read_tags(self):
        found = {}
        ids = [article.pk for article in self.articles]
        for row in TAGS:
            rows = row.objects.filter(article__in=ids).order_by("order", "pk")
            pairs = list(rows.values_list("article_id", f"{row.target}_id"))
            codes = self.names.current_codes(row.target, {key for _article, key in pairs})
            labels = self.names.labels(row.target)
            for article, key in pairs:
                if code := codes.get(key):
                    tag = Tag(row.target, code, labels[code].text, absolute(self.request, labels[code].url))
                    if tag not in (tags := found.setdefault(article, [])):
                        tags.append(tag)
        return found

    def _contents(self):
        """The HTML of each article's page from the picture to the boilerplate; all texts are prepared at once."""
        texts = [_texts(article) for article in self.articles]
        joined = BETWEEN.join(without_controls(text) for several in texts for text in several)
        prepared = iter(pictures.with_pictures(own_links.current(joined)).split(BETWEEN))
        return [
            _content(article, [next(prepared) for _text in several])
            for article, several in zip(self.articles, texts, strict=True)
        ]


def _texts(article):
    boilerplate = Boilerplate.objects.shown_with(article)
    return [article.body, article.notes_to_editors, boilerplate[1] if boilerplate else ""]


def _content(article, texts):
    body, notes, boilerplate = (with_isolated_numbers(RESPONSIVE.sub("", text), article.direction) for text in texts)
    parts = [_figure(article.lead_image), with_dateline(body, article.dateline)]
    if notes:
        parts += [format_html("<h2>{}</h2>", _("Notes to editors")), notes]
    if boilerplate:
        parts += [format_html("<h2>{}</h2>", article.boilerplate_title), boilerplate]
    inner = without_controls("".join(parts))
    return f'<div lang="{article.language}" dir="{article.direction}">{inner}</div>'


def _figure(image):
    if image is None:
        return ""
    shown, caption = RESPONSIVE.sub("", pictures.picture(image)), image.wording("caption").html()
    return f"<figure>{shown}<figcaption>{caption} <small>{pictures.credits_html(image)}</small></figcaption></figure>"


def with_full_addresses(markup, base):
    """Cleaned HTML whose links and pictures have full addresses; `base` is that of the page."""
    return TAG.sub(lambda tag: ADDRESS.sub(lambda found: _full(found, base), tag[0]), markup)


def _full(found, base):
    try:
        address = urljoin(base, unescape(found[2]))
    except ValueError:  # no address at all
        return found[0]
    return f' {found[1]}="{escape(address)}"'


def enclosure(request, image):
    """The picture as it was given, with its length and type."""
    kind = mimetypes.guess_type(image.file.name)[0] or "application/octet-stream"
    return Enclosure(absolute(request, image.get_absolute_url()), str(image.size), kind)
