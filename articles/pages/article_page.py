"""The page of one article: finds the article at a URL, and collects what its template shows."""

from datetime import UTC
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections
from django.urls import reverse
from django.utils.translation import override

from contacts import clock

from ..facets import Criteria
from ..listing.cards import Cards
from ..listing.in_memory import lists_in_memory
from ..models import (
    Article,
    ArticleAttachment,
    Attachment,
    Boilerplate,
    Image,
    ImageTranslation,
    RelatedLink,
    SourceState,
)
from ..prepared_queries import PreparedQuery, text_placeholder
from ..publication_day import OfficeZones, local_time
from ..publishing import after_save
from . import editions, recordings

RELATED = 3
TAKEN_AWAY = (Article.State.WITHDRAWN, Article.State.GONE)
ROWS = (*after_save.ROWS, ArticleAttachment)
VERSION_FIELDS = ("id", "language", "slug")
IMAGE_TEXT_FIELDS = ("image_id", "language", "alt", "caption", "terms")

AT_ADDRESS = PreparedQuery(
    Article,
    lambda moment, address: Article.objects.readable(moment).at_address(*address).with_due_edition(moment),
    text_placeholder,
)
VERSIONS = PreparedQuery(
    Article,
    lambda moment, source: Article.objects.live(moment).versions_of_source(*source).values_list(*VERSION_FIELDS),
)
# When and how the source of a translation changed after it.
CHANGED_SOURCES = PreparedQuery(
    SourceState,
    lambda moment, ids: SourceState.objects.filter(translation__in=ids, changed_at__isnull=False).values_list(
        "change_kind", "changed_at"
    ),
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
    return next(iter(AT_ADDRESS.objects([language, slug], clock.now())), None)


def context(article, ids=None, links=None):
    """What the template of an article's page shows; `ids` as of `row_ids` and [(address, title)] if not the stored."""
    snapshot, ids = lists_in_memory().now(wait=False), row_ids(article) if ids is None else ids
    links = LINKS.rows([article.pk]) if links is None else links
    names = snapshot.names
    versions, own = versions_of(article), article.get_absolute_url()
    addresses = {language: version.get_absolute_url() for language, version in versions.items()}
    images = images_by_id(filter(None, [article.lead_image_id, *ids["image"]]))
    article.lead_image = images.get(article.lead_image_id)
    zone = OfficeZones(list(names.rows("office").values())).name(article.office_id)
    if country := names.row("country", article.dateline_country_id):
        article.dateline_country = country
    published = editions.editions(article)
    return {
        "generation": names.generation,
        "article": article,
        "address": own,
        "zone": zone,
        "changes": editions.changes(article, published, zone),
        "instead": instead_of(article) if article.state == Article.State.WITHDRAWN else None,
        "number_of_editions": len(published),
        "switch": _switch(article, addresses),
        "alternates": addresses,
        "default_version": _default_version(article, versions),
        "office": (office := names.row("office", article.office_id)) and names.label(office),  # closed or not
        "regions": names.current_labels("region", ids["region"]),
        "countries": names.current_labels("country", ids["country"]),
        "topics": names.current_labels("topic", ids["topic"]),
        "gallery": [images[pk] for pk in ids["image"] if pk in images],
        "links": [{"url": url, "title": title} for url, title in links],
        "recordings": recordings.shown(ids["recording"], article.language),
        "attachments": in_order(Attachment.objects.all(), ids["attachment"]),
        "boilerplate": Boilerplate.objects.shown_with(article),
        "contact_ids": tuple(ids["contact"]),
        "versions": [(version, addresses[code]) for code, version in versions.items() if code != article.language],
        "related": related(snapshot, article, ids),
        "newer": newer_version(article, versions, zone),
    }


def newer_version(article, versions, zone):
    """What readers of a translation see when its source was corrected or changed since, and is public; or None."""
    source = next((version for version in versions.values() if version.pk == article.translation_of_id), None)
    if source is None or source.pk == article.pk:
        return None
    changed = next(iter(CHANGED_SOURCES.rows([article.pk])), None)
    if changed is None:
        return None
    kind, changed_at = changed
    return {
        "address": source.get_absolute_url(),
        "language": source.language,
        "is_correction": kind == Article.Change.CORRECTION,
        "day": local_time(changed_at, zone).date(),
    }


def frame(article):
    """What the pages of an article's editions share: they are reached from its page, and by no search engine."""
    addresses = {language: version.get_absolute_url() for language, version in versions_of(article).items()}
    return {
        "of_article": article,
        "zone": OfficeZones(list(lists_in_memory().names().rows("office").values())).name(article.office_id),
        "canonical_address": article.get_absolute_url(),
        "switch": _switch(article, addresses),
        "alternates": {},
    }


def _switch(article, addresses):
    """{language: where its link in the choice of languages leads}; `addresses`: those of the live versions."""
    missing = {code: missing_address(article, code) for code, _ in settings.LANGUAGES if code not in addresses}
    return missing | addresses | {article.language: article.get_absolute_url()}


def row_ids(article):
    """{"region": [ids], "country": [ids], … "attachment": [ids]} of what an article is joined to, in its order."""
    found = {row.target: [] for row in ROWS}
    with connections[article._state.db].cursor() as cursor:
        cursor.execute(_row_ids_sql(), [article.pk] * len(ROWS))
        for name, target, *_order in cursor.fetchall():
            found[name].append(target)
    return found


def _row_ids_sql():
    """Written by hand: a union of querysets cannot order each of seven tables by its own columns."""
    parts = (
        f"SELECT '{row.target}', {row._meta.get_field(row.target).column}, \"order\" AS place, id"
        f" FROM {row._meta.db_table} WHERE article_id = %s"
        for row in ROWS
    )
    return f"{' UNION ALL '.join(parts)} ORDER BY 1, place, id"


def versions_of(article):
    """{language: Article} of the live versions of the same story, with VERSION_FIELDS alone."""
    source = article.translation_of_id or article.revises_id or article.pk
    found = VERSIONS.rows([source], clock.now()) if source else []
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


def related(snapshot, article, ids):
    """The newest other articles in its language: of a topic and country of its own, then topic and region, then topic.

    What was merged with a topic counts for it. `ids` as of `row_ids`.
    """
    codes = {name: snapshot.names.same(name, ids[name]) for name in ("topic", "region")}
    codes["country"] = list(snapshot.names.current_codes("country", ids["country"]).values())
    found, topic = [], Criteria(article.language).having("topic", *codes["topic"])
    narrower = [topic.having(name, *codes[name]) for name in ("country", "region") if codes[name]]
    for criteria in [*narrower, topic] if codes["topic"] else []:
        if len(found) < RELATED:
            newest = snapshot.select(criteria)[: RELATED + 1 + len(found)]
            found += [pk for pk in newest if pk != article.pk and pk not in found]
    return Cards(found[:RELATED], snapshot.names)


def in_order(rows, ids):
    """Those of a queryset with these ids, in their order; no query if there are none."""
    found = rows.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]


def list_address(language):
    with override(language):
        return reverse("articles:list")


def missing_address(article, language):
    """The list in a language that the story is not in, with the story's own address to name it by."""
    return f"{list_address(language)}?{urlencode({'missing': f'{article.language}/{article.slug}'})}"


def instead_of(article):
    """The live article to read instead of a withdrawn or removed one, in its language if possible; None without one.

    What was withdrawn or removed itself leads on, at most once through every article.
    """
    language, seen = article.language, set()
    while article is not None and article.state in TAKEN_AWAY and article.pk not in seen:
        seen.add(article.pk)
        article = article.redirect_to
    if article is None:
        return None
    live = Article.objects.live()
    return live.versions_of(article).in_language(language).first() or live.filter(pk=article.pk).first()


def office_moment(article, zone):
    """The moment of publication with the day of publication: in the office's time, such as 2026-01-01T08:00:00+13:00.

    An office that has got another time zone since may have another day at that moment: then the day alone.
    """
    local = local_time(article.publish_at, zone)
    return local.isoformat(timespec="seconds") if local.date() == article.day else article.day.isoformat()


def changed_at(article):
    """For machines: when the article was changed, and not before it was published."""
    return max(article.updated_at, article.publish_at)


def iso_moment(when):
    """For machines: 2026-03-04T05:06:07+00:00."""
    return when.astimezone(UTC).isoformat(timespec="seconds")
