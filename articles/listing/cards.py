"""Articles as lists show them: headline, standfirst, picture, regions, date.

Most of a list's work is the same twenty cards again, so each is drawn once. Its key is all that it shows, as
the database has it at every look, beside the names of its regions as `Names` has them: a drawn card cannot be out
of date. When there is no room left all are forgotten. The cards of a search are drawn once, too, with gaps where
its words are marked.
"""

import secrets
from collections import defaultdict
from typing import NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from ..html import plain
from ..models import Article, ArticleRegion, Image, ImageTranslation
from ..prepared_queries import Prepared
from .snapshot import archive

MOST = 4000  # some kilobytes each
PICTURE = "lead_image"
SHOWN = ("language", "slug", "kind", "headline", "summary", "publish_at", PICTURE)
OF_PICTURE = ("file", "sha256", "width", "height", "focal_x", "focal_y", "renditions", "decorative")
OF_WORDS = ("image_id", "language", "alt")
COLUMNS = ("id", *(Article._meta.get_field(name).attname for name in SHOWN))
WIDTH = len(COLUMNS) + len(OF_PICTURE)
TEXTS = ("body", "notes_to_editors")
HEADLINE, SUMMARY, PICTURE_ID = (1 + SHOWN.index(name) for name in ("headline", "summary", PICTURE))
GAP = secrets.token_hex(16)  # stands in a drawn card for what each search shows otherwise, and in no text

_drawn = {}


def _reader(*more):
    columns = ("pk", *SHOWN, *(f"{PICTURE}__{name}" for name in OF_PICTURE), *more)
    return Prepared(
        Article,
        lambda moment, ids: Article.objects.live(moment).filter(pk__in=ids).order_by().values_list(*columns),
    )


_articles, _with_texts = _reader(), _reader(*TEXTS)
_regions = Prepared(
    ArticleRegion,
    lambda moment, ids: (
        ArticleRegion.objects.filter(article__in=ids).order_by("order", "pk").values_list("article_id", "region_id")
    ),
)
_alternatives = Prepared(
    ImageTranslation,
    lambda moment, ids: ImageTranslation.objects.filter(image__in=ids).order_by("language").values_list(*OF_WORDS),
)


class Shown(NamedTuple):
    """All that the card of an article shows."""

    row: tuple  # as the driver has it
    places: tuple  # Labels of its regions
    words: tuple  # (language, alternative text) of its picture


class Deck:
    """These articles (ids) in this order, those that are public now, as pages draw them: two or three queries.

    To go through it gives the articles with what a card shows, and their regions as `places`.
    `texts`: read their texts, too, for `marked`.
    """

    def __init__(self, ids, names, texts=False):
        self._texts = {} if texts else None
        self._shown = self._read(list(ids), names)
        self.ids = [pk for pk in ids if pk in self._shown]

    def __len__(self):
        return len(self.ids)

    def __iter__(self):
        return map(self._article, self.ids)

    def __contains__(self, pk):
        return pk in self._shown

    def drawn(self, name, ids=None):
        """The HTML of templates/articles/_<name>.html for each of them, or for these of them."""
        return [self._drawn(name, pk) for pk in (self.ids if ids is None else ids) if pk in self._shown]

    def marked(self, marks):
        """The HTML of each as a search shows it: its words marked, and the standfirst or the part that has them."""
        return [self._marked(pk, marks) for pk in self.ids]

    def _marked(self, pk, marks):
        start, middle, end = self._drawn("card", pk, GAP).split(GAP)
        row, texts = self._shown[pk].row, map(plain, self._texts[pk])
        return f"{start}{marks.marked(row[HEADLINE])}{middle}{marks.excerpt(row[SUMMARY], texts)}{end}"

    def _drawn(self, name, pk, gap=""):
        key = name, gap, get_language(), get_script_prefix(), self._shown[pk]
        html = _drawn.get(key)
        if html is None:
            html = get_template(f"articles/_{name}.html").render({"article": self._article(pk), "gap": gap})
            if not settings.DEBUG:  # who edits templates sees every change
                _keep(key, html)
        return html

    def _article(self, pk):
        """The article as its card shows it: to ask it for more costs a query, and its picture has no other words."""
        row, places, words = self._shown[pk]
        values = _articles.converted(row)
        article = _row(Article, zip(COLUMNS, values, strict=False))
        article.places = places
        if article.lead_image_id:
            of_picture = zip(OF_PICTURE, values[len(COLUMNS) :], strict=True)
            article.lead_image = picture = _row(Image, [("id", article.lead_image_id), *of_picture])
            known = [_row(ImageTranslation, zip(OF_WORDS, [picture.pk, *one], strict=True)) for one in words]
            picture._prefetched_objects_cache = {"translations": known}
        return article

    @cached_property
    def with_picture(self):
        """The ids of those that have one."""
        return [pk for pk in self.ids if self._shown[pk].row[PICTURE_ID]]

    def _read(self, ids, names):
        """{id: Shown}"""
        found = (_articles if self._texts is None else _with_texts).rows(ids, timezone.now())
        rows = {row[0]: row[:WIDTH] for row in found}
        if self._texts is not None:
            self._texts = {row[0]: row[WIDTH:] for row in found}
        if gone := [pk for pk in ids if pk not in rows]:
            archive.heal(gone)
        labels, places, words = names.labels("region"), defaultdict(list), defaultdict(list)
        for article, key in _regions.rows(list(rows)):
            if region := names.row("region", key):
                places[article].append(labels[region.code])
        for image, *alternative in _alternatives.rows([*{row[PICTURE_ID] for row in rows.values()} - {None}]):
            words[image].append(tuple(alternative))
        return {pk: Shown(row, tuple(places[pk]), tuple(words[row[PICTURE_ID]])) for pk, row in rows.items()}


def _row(model, values):
    """A row with (column, value) of some of its columns."""
    values = dict(values)
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(_articles.alias, names, [values[name] for name in names])


def _keep(key, html):
    if len(_drawn) >= MOST:
        _drawn.clear()
    _drawn[key] = html
