"""The page of one article: the article at an address, what its template shows, and its JSON-LD."""

from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.translation import override

from contacts.languages import organisation_name
from contacts.public_pages import absolute

from ..facets import Criteria
from ..listing.cards import Cards
from ..listing.snapshot import archive
from ..models import (
    Article,
    ArticleAttachment,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRegion,
    ArticleTopic,
    Attachment,
    Image,
    ImageTranslation,
    RelatedLink,
)
from ..prepared_queries import PreparedQuery, text_placeholder
from ..publication_day import OfficeZones, local_time
from . import pictures

RELATED = 3
HEADLINE_LENGTH = 110  # of JSON-LD: longer ones are refused by the large aggregators
ROWS = (ArticleRegion, ArticleCountry, ArticleTopic, ArticleContact, ArticleImage, ArticleAttachment)
VERSION_FIELDS = ("id", "language", "slug")
IMAGE_TEXT_FIELDS = ("image_id", "language", "alt", "caption")

AT_ADDRESS = PreparedQuery(
    Article,
    lambda moment, address: Article.objects.readable(moment).at_address(*address).with_due_edition(moment),
    text_placeholder,
)
VERSIONS = PreparedQuery(
    Article,
    lambda moment, source: Article.objects.live(moment).versions_of_source(*source).values_list(*VERSION_FIELDS),
)
LINKS = PreparedQuery(
    RelatedLink,
    lambda moment, articles: RelatedLink.objects.filter(article__in=articles).values_list("url", "title"),
)
IMAGES = PreparedQuery(Image, lambda moment, ids: Image.objects.filter(pk__in=ids).order_by())
IMAGE_TEXTS = PreparedQuery(
    ImageTranslation,
    lambda moment, ids: ImageTranslation.objects.filter(image__in=ids).values_list(*IMAGE_TEXT_FIELDS),
)


def at_address(language, slug):
    """The article to read there now, with `edition_is_due`; None if there is none."""
    return next(iter(AT_ADDRESS.objects([language, slug], timezone.now())), None)


def context(article):
    """What the template of an article's page shows."""
    snapshot, ids = archive.now(wait=False), row_ids(article)
    names = snapshot.names
    versions, own = versions_of(article), article.get_absolute_url()
    addresses = {language: version.get_absolute_url() for language, version in versions.items()}
    missing = {code: missing_address(article, code) for code, _ in settings.LANGUAGES if code not in versions}
    images = images_by_id(filter(None, [article.lead_image_id, *ids["image"]]))
    article.lead_image = images.get(article.lead_image_id)
    if country := names.row("country", article.dateline_country_id):
        article.dateline_country = country
    return {
        "generation": names.generation,
        "article": article,
        "address": own,
        "zone": OfficeZones(list(names.rows("office").values())).name(article.office_id),
        "switch": missing | addresses | {article.language: own},
        "alternates": addresses,
        "default_version": _default_version(article, versions),
        "office": (office := names.row("office", article.office_id)) and names.label(office),  # closed or not
        "regions": names.current_labels("region", ids["region"]),
        "countries": names.current_labels("country", ids["country"]),
        "topics": names.current_labels("topic", ids["topic"]),
        "gallery": [images[pk] for pk in ids["image"] if pk in images],
        "links": [{"url": url, "title": title} for url, title in LINKS.rows([article.pk])],
        "attachments": _in_order(Attachment.objects.all(), ids["attachment"]),
        "contact_ids": tuple(ids["contact"]),
        "versions": [(version, addresses[code]) for code, version in versions.items() if version.pk != article.pk],
        "related": related(snapshot, article, ids["topic"]),
    }


def row_ids(article):
    """{"region": [ids], "country": [ids], … "attachment": [ids]} of what an article is joined to, in its order."""
    found = {row.target: [] for row in ROWS}
    with connections[article._state.db].cursor() as cursor:
        cursor.execute(_row_ids_sql(), [article.pk] * len(ROWS))
        for name, target, *_order in cursor.fetchall():
            found[name].append(target)
    return found


def _row_ids_sql():
    """Written by hand: a union of querysets cannot order each of six tables by its own columns."""
    parts = (
        f"SELECT '{row.target}', {row._meta.get_field(row.target).column}, \"order\" AS place, id"
        f" FROM {row._meta.db_table} WHERE article_id = %s"
        for row in ROWS
    )
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, place, id"


def versions_of(article):
    """{language: Article} of the live versions of the same story, with VERSION_FIELDS alone."""
    found = VERSIONS.rows([article.translation_of_id or article.pk], timezone.now())
    versions = (Article.from_db(article._state.db, VERSION_FIELDS, row) for row in found)
    return {version.language: version for version in versions}


def _default_version(article, versions):
    """The language of the source; if that is not public, the versions themselves say which one is for all others."""
    source = article.translation_of_id or article.pk
    return next((language for language, version in versions.items() if version.pk == source), "")


def images_by_id(ids):
    """{id: Image with its translations}"""
    ids = list(dict.fromkeys(ids))
    found = {image.pk: image for image in IMAGES.objects(ids)}
    texts = {pk: [] for pk in found}
    for row in IMAGE_TEXTS.rows(ids):
        text = ImageTranslation(**dict(zip(IMAGE_TEXT_FIELDS, row, strict=True)))
        texts[text.image_id].append(text)
    for image in found.values():
        image._prefetched_objects_cache = {"translations": texts[image.pk]}
    return found


def related(snapshot, article, topics):
    """The newest other articles in its language that share one of its topics (ids), or what was merged with it."""
    codes = snapshot.names.same("topic", topics)
    ids = snapshot.select(Criteria(article.language).having("topic", *codes))[: RELATED + 1] if codes else []
    return Cards([pk for pk in ids if pk != article.pk][:RELATED], snapshot.names)


def _in_order(rows, ids):
    """Those of a queryset with these ids, in their order; no query if there are none."""
    found = rows.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def list_address(language):
    with override(language):
        return reverse("articles:list")


def missing_address(article, language):
    """The list in a language that the story is not in, with the story's own address to name it by."""
    return f"{list_address(language)}?{urlencode({'missing': f'{article.language}/{article.slug}'})}"


def json_ld(request, article, address, zone):
    """schema.org's NewsArticle (https://schema.org/NewsArticle) as a script of data, which no CSP needs a nonce for."""
    organisation = {"@type": "Organization", "name": organisation_name(article.language)}
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline[:HEADLINE_LENGTH],
        "description": article.summary,
        "inLanguage": article.language,
        "datePublished": office_moment(article, zone),
        "dateModified": iso_moment(changed_at(article)),
        "mainEntityOfPage": absolute(request, address),
        "author": organisation,
        "publisher": organisation,
        "articleSection": str(article.kind_label),
        "identifier": article.reference,
        "dateline": article.dateline,
        "image": article.lead_image and _image_object(request, article.lead_image),
    }
    script = json_script({name: value for name, value in data.items() if value})
    return mark_safe(script.replace("application/json", "application/ld+json", 1))


def office_moment(article, zone):
    """The moment of publication with the day of publication: in the office's time, such as 2026-01-01T08:00:00+13:00.

    An office that has got another time zone since may have another day at that moment: then the day alone.
    """
    local = local_time(article.publish_at, zone)
    return local.isoformat(timespec="seconds") if local.date() == article.day else article.day.isoformat()


def changed_at(article):
    """For machines: when the article was changed, and not before it was published."""
    return max(article.updated_at, article.publish_at)


def _image_object(request, image):
    """schema.org's ImageObject with the rights of the picture, as search engines show them beside it."""
    size = pictures.size(image)
    data = {
        "@type": "ImageObject",
        "url": absolute(request, pictures.address(image)),
        "contentUrl": absolute(request, pictures.address(image)),
        "width": size[0],
        "height": size[1],
        "caption": image.caption,
        "creditText": image.credit,
        "creator": {"@type": "Person", "name": image.credit},
        "copyrightNotice": image.copyright_notice,
        "license": image.terms_address,
        "usageInfo": image.terms,
    }
    return {name: value for name, value in data.items() if value}


def iso_moment(when):
    """For machines: 2026-03-04T05:06:07+00:00."""
    return when.astimezone(UTC).isoformat(timespec="seconds")
