"""Articles as lists show them: headline, standfirst, picture, regions, date.

Most of a list's work is the same twenty cards again, so each is drawn once. Its key is all that it shows, as
the database has it at every look: a drawn card cannot be out of date. What is not shown any more is forgotten
when there is no room left.
"""

from collections import defaultdict

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from .archive.memory import archive
from .models import Article, ArticleRegion, ImageTranslation
from .prepared import Prepared

MOST = 4000  # some kilobytes each
PICTURE = "lead_image"
SHOWN = ("language", "slug", "kind", "headline", "summary", "publish_at", PICTURE)
OF_PICTURE = ("file", "sha256", "width", "height", "focal_x", "focal_y", "renditions", "decorative")

_drawn = {}
_articles = Prepared(
    Article,
    lambda moment, ids: (
        Article.objects.live(moment)
        .filter(pk__in=ids)
        .order_by()
        .values_list("pk", *SHOWN, *(f"{PICTURE}__{name}" for name in OF_PICTURE))
    ),
)
_regions = Prepared(
    ArticleRegion,
    lambda moment, ids: (
        ArticleRegion.objects.filter(article__in=ids).order_by("order", "pk").values_list("article_id", "region_id")
    ),
)
_alternatives = Prepared(
    ImageTranslation,
    lambda moment, ids: (
        ImageTranslation.objects.filter(image__in=ids).order_by("language").values_list("image_id", "language", "alt")
    ),
)


def cards(ids, names, texts=False):
    """These articles in this order, those that are public now; `texts`: with their whole text.

    Three queries, whatever the number: `places` are labels of the regions, which the process knows.
    """
    found = Article.objects.live().for_cards()
    known = (found.defer(None) if texts else found).in_bulk(ids)
    _heal(ids, known)
    labels = names.labels("region")
    for article in known.values():
        regions = (names.row("region", row.region_id) for row in article.region_rows.all())
        article.places = [labels[region.code] for region in regions if region]
    return [known[pk] for pk in ids if pk in known]


def _heal(ids, known):
    if gone := [pk for pk in ids if pk not in known]:
        archive.heal(gone)


class Deck:
    """These articles (ids) in this order, those that are public now, as pages draw them: two or three queries.

    To go through it reads them whole, which a page that only draws them does not need.
    """

    def __init__(self, ids, names):
        self.names = names
        self._shown = self._read(list(ids))
        self.ids = [pk for pk in ids if pk in self._shown]

    def __len__(self):
        return len(self.ids)

    def __iter__(self):
        return iter(cards(self.ids, self.names))

    def __contains__(self, pk):
        return pk in self._shown

    def drawn(self, name, ids=None):
        """The HTML of templates/articles/_<name>.html for each of them, or for these of them."""
        ids = [pk for pk in (self.ids if ids is None else ids) if pk in self._shown]
        keys = {pk: (name, get_language(), *self._shown[pk]) for pk in ids}
        found = {pk: _drawn.get(keys[pk]) for pk in ids}
        if missing := [pk for pk in ids if found[pk] is None]:
            found |= self._draw(name, missing, keys)
        return [found[pk] for pk in ids if found[pk] is not None]

    def _draw(self, name, ids, keys):
        """{id: HTML}, kept unless the article changed between the looks at what it shows and at itself."""
        template = get_template(f"articles/_{name}.html")
        found = {article.pk: template.render({"article": article}) for article in cards(ids, self.names)}
        if not settings.DEBUG:  # who edits templates sees every change
            shown = self._read(ids)
            for pk in found:
                if shown.get(pk) == self._shown[pk]:
                    _keep(keys[pk], found[pk])
        return found

    @cached_property
    def with_picture(self):
        """The ids of those that have one."""
        at = 1 + SHOWN.index(PICTURE)
        return [pk for pk in self.ids if self._shown[pk][0][at]]

    def _read(self, ids):
        """{id: all that its card shows}"""
        rows = {row[0]: row for row in _articles.rows(ids, timezone.now())}
        _heal(ids, rows)
        labels, row, places = self.names.labels("region"), self.names.row, defaultdict(list)
        for article, key in _regions.rows(list(rows)):
            if region := row("region", key):
                places[article].append(labels[region.code].html)
        at, words = 1 + SHOWN.index(PICTURE), defaultdict(list)
        for image, *alternative in _alternatives.rows([*{one[at] for one in rows.values() if one[at]}]):
            words[image].append(tuple(alternative))
        return {pk: (one, *places[pk], *words.get(one[at], ())) for pk, one in rows.items()}


def _keep(key, html):
    if len(_drawn) >= MOST:
        _drawn.clear()
    _drawn[key] = html
