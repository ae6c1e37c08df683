"""Articles as public pages list them: headline, standfirst, picture, regions, date.

Every page reads what its cards show, in two or three queries. These values are the key under which the HTML of a card
is kept (`kept_html`), so a card that changed in the database is rendered anew. The cards of a search are kept with
placeholders where its highlighted text comes.
"""

import json
import secrets
from collections import defaultdict
from datetime import UTC
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast
from django.template.loader import get_template

from contacts import clock
from contacts.templatetags.kept_html import kept_html

from ..html import plain
from ..models import Article, ArticleRegion, Image, ImageTranslation
from ..prepared_queries import PreparedQuery
from .in_memory import lists_in_memory

# Both in the order of their model's fields, as `from_db` wants them.
ARTICLE_FIELDS = (
    "id",
    "language",
    "slug",
    "kind",
    "headline",
    "summary",
    "lead_image_id",
    "publish_at",
    "published_on",
)
# And the renditions. In the order of the model's fields.
IMAGE_FIELDS = (
    "file", "sha256", "size", "credit", "copyright", "terms", "width", "height", "focal_x", "focal_y", "decorative",
)  # fmt: skip
IMAGE_TEXT_FIELDS = ("image_id", "language", "alt", "terms")
TEXTS = ("body", "notes_to_editors")
PLACEHOLDER = secrets.token_hex(16)  # for the highlighted text; it occurs in no article


def _articles_query(*more):
    columns = (*ARTICLE_FIELDS, *(f"lead_image__{name}" for name in IMAGE_FIELDS), "image_renditions", *more)
    return PreparedQuery(
        Article,
        lambda moment, ids: (
            Article.objects.live(moment)
            .filter(pk__in=ids)
            .order_by()
            .annotate(image_renditions=Cast("lead_image__renditions", TextField()))
            .values_list(*columns)
        ),
    )


ARTICLES, ARTICLES_WITH_TEXTS = _articles_query(), _articles_query(*TEXTS)
REGIONS = PreparedQuery(
    ArticleRegion,
    lambda moment, ids: (
        ArticleRegion.objects.filter(article__in=ids).order_by("order", "pk").values_list("article_id", "region_id")
    ),
)
IMAGE_TEXTS = PreparedQuery(
    ImageTranslation,
    lambda moment, ids: (
        ImageTranslation.objects.filter(image__in=ids).order_by("language").values_list(*IMAGE_TEXT_FIELDS)
    ),
)


class Values(NamedTuple):
    """All that the card of an article shows."""

    article: tuple  # of ARTICLE_FIELDS
    image: tuple  # of IMAGE_FIELDS, and the renditions as JSON
    regions: tuple  # of Labels
    image_texts: tuple  # of (language, alternative text, terms)

    @property
    def headline(self):
        return self.article[ARTICLE_FIELDS.index("headline")]

    @property
    def summary(self):
        return self.article[ARTICLE_FIELDS.index("summary")]

    @property
    def image_id(self):
        return self.article[ARTICLE_FIELDS.index("lead_image_id")]


class Cards:
    """The cards of articles with these ids, in this order, without those that are not public.

    Iterating gives the articles, with the fields that a card shows and their regions' Labels as `places`.
    `texts`: read the articles' texts, too, for `highlighted`.
    """

    def __init__(self, ids, names, texts=False):
        self._texts = {} if texts else None
        self._values = self._read(list(ids), names)
        self.ids = [pk for pk in ids if pk in self._values]

    def __len__(self):
        return len(self.ids)

    def __iter__(self):
        return map(self._article, self.ids)

    def __contains__(self, pk):
        return pk in self._values

    @property
    def with_picture(self):
        """The ids of those that have one."""
        return [pk for pk in self.ids if self._values[pk].image_id]

    def html(self, name, ids=None):
        """The HTML of templates/articles/_<name>.html for each of them, or for those with these ids."""
        return [self._html(name, pk) for pk in (self.ids if ids is None else ids) if pk in self._values]

    def highlighted(self, marks):
        """The HTML of each with the words of a search marked, and the part of its text that has them."""
        return [self._highlighted(pk, marks) for pk in self.ids]

    def _highlighted(self, pk, marks):
        before, between, after = self._html("card", pk, PLACEHOLDER).split(PLACEHOLDER)
        values, texts = self._values[pk], map(plain, self._texts[pk])
        return f"{before}{marks.marked(values.headline)}{between}{marks.excerpt(values.summary, texts)}{after}"

    def _html(self, name, pk, placeholder=""):
        key = "card", name, placeholder, self._values[pk]
        html = kept_html.get(key)
        if html is None:
            card = get_template(f"articles/_{name}.html")
            html = kept_html.put(key, card.render({"article": self._article(pk), "placeholder": placeholder}))
        return html

    def _article(self, pk):
        """The article with these fields alone: reading another one costs a query."""
        values = self._values[pk]
        *own, published, day = values.article
        article = Article.from_db(ARTICLES.database, ARTICLE_FIELDS, [*own, as_moment(published), day])
        article.places = values.regions
        if values.image_id:
            article.lead_image = _image(values)
        return article

    def _read(self, ids, names):
        """{id: Values}"""
        found = (ARTICLES if self._texts is None else ARTICLES_WITH_TEXTS).rows(ids, clock.now())
        start, end = len(ARTICLE_FIELDS), len(ARTICLE_FIELDS) + len(IMAGE_FIELDS) + 1
        rows = {row[0]: (row[:start], row[start:end]) for row in found}
        if self._texts is not None:
            self._texts = {row[0]: row[end:] for row in found}
        if gone := [pk for pk in ids if pk not in rows]:
            lists_in_memory().heal(gone)
        labels, regions, image_texts = names.labels("region"), defaultdict(dict), defaultdict(list)
        has_region = REGIONS.rows(list(rows))
        codes = names.current_codes("region", {key for _, key in has_region})
        for article, key in has_region:
            if code := codes.get(key):
                regions[article][code] = labels[code]  # each once
        values = {pk: Values(*row, tuple(regions[pk].values()), ()) for pk, row in rows.items()}
        for image, *text in IMAGE_TEXTS.rows([*{one.image_id for one in values.values()} - {None}]):
            image_texts[image].append(tuple(text))
        return {pk: one._replace(image_texts=tuple(image_texts[one.image_id])) for pk, one in values.items()}


def _image(values):
    *own, renditions = values.image
    names = ("id", *IMAGE_FIELDS, "renditions")
    image = Image.from_db(ARTICLES.database, names, [values.image_id, *own, json.loads(renditions)])
    rows = ((image.pk, *row) for row in values.image_texts)
    texts = [ImageTranslation(**dict(zip(IMAGE_TEXT_FIELDS, row, strict=True))) for row in rows]
    image._prefetched_objects_cache = {"translations": texts}
    return image


def as_moment(value):
    """SQLite gives moments in UTC without a time zone."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value
