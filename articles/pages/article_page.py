"""An article's own page: the row at an address, and what it is linked with, in a handful of prepared questions."""

from functools import cache

from django.db import connections
from django.utils import timezone

from ..models import (
    Article,
    ArticleAttachment,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRegion,
    ArticleTopic,
    Image,
    ImageTranslation,
    RelatedLink,
)
from ..prepared_queries import Prepared, text

ROWS = (ArticleRegion, ArticleCountry, ArticleTopic, ArticleContact, ArticleImage, ArticleAttachment)

_at_address = Prepared(
    Article,
    lambda moment, address: Article.objects.readable(moment).at_address(*address).with_due_edition(moment),
    stand_in=text,
)
_versions = Prepared(
    Article,
    lambda moment, source: Article.objects.live(moment).versions_of_source(*source).only("language", "slug"),
)
_links = Prepared(RelatedLink, lambda moment, articles: RelatedLink.objects.filter(article__in=articles))
_pictures = Prepared(Image, lambda moment, ids: Image.objects.filter(pk__in=ids).order_by())
_words = Prepared(ImageTranslation, lambda moment, ids: ImageTranslation.objects.filter(image__in=ids))


def at_address(language, slug):
    """The article to read there now, with `edition_is_due`; None if there is none."""
    return next(iter(_at_address.all([language, slug], timezone.now())), None)


def versions(article):
    """{language: Article with its address} of the live versions of the same story."""
    found = _versions.all([article.translation_of_id or article.pk], timezone.now())
    return {version.language: version for version in found}


def links(article):
    return _links.all([article.pk])


def pictures(ids):
    """{id: Image with its words}"""
    ids = list(dict.fromkeys(ids))
    found = {image.pk: image for image in _pictures.all(ids)}
    for image in found.values():
        image._prefetched_objects_cache = {"translations": []}
    for words in _words.all(ids):
        found[words.image_id]._prefetched_objects_cache["translations"].append(words)
    return found


def linked(article):
    """{"region": [ids], "country": [ids], … "attachment": [ids]} of an Article."""
    found = {row.target: [] for row in ROWS}
    with connections[article._state.db].cursor() as cursor:
        cursor.execute(_sql(), [article.pk] * len(ROWS))
        for name, target, *_order in cursor.fetchall():
            found[name].append(target)
    return found


@cache
def _sql():
    """Written out: Django has no words for six tables with an order of their own in one question."""
    parts = (
        f"SELECT '{row.target}', {row._meta.get_field(row.target).column}, \"order\" AS place, id"
        f" FROM {row._meta.db_table} WHERE article_id = %s"
        for row in ROWS
    )
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, place, id"


def in_order(rows, ids):
    """Those of a queryset with these ids, in their order; no query if there are none."""
    rows = rows.in_bulk(ids) if ids else {}
    return [rows[pk] for pk in ids if pk in rows]
