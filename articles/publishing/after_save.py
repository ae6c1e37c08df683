"""What must follow every save of an article: `sync()` brings all data derived from it up to date.

Facets (regions, countries, topics, office, contacts, pictures, recordings) are edited on the source of a story and are
copied to its translations, so that all lists agree. This is no edition of the translation, as its text stays; its
history shows it. The copies of language and date in the rows that join an article to a facet are written only here.
"""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from contacts import clock
from contacts.public_pages import changed

from ..html import body_image_keys
from ..media.usage import rows_of
from ..models import (
    Article,
    ArticleAttachment,
    ArticleBodyImage,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRecording,
    ArticleRegion,
    ArticleTopic,
    Image,
    list_changes,
)
from ..publication_day import OfficeZones
from ..search import indexing
from . import revisions

LISTED = (ArticleRegion, ArticleCountry, ArticleTopic)
ROWS = (*LISTED, ArticleContact, ArticleImage, ArticleRecording)
UNAPPROVED = (Article.State.DRAFT, Article.State.IN_REVIEW)
COPIED_FIELDS = ("kind", "office_id", "dateline_country_id", "lead_image_id")


def refresh_listed(articles):
    """Copy language and listed date of these articles (a queryset or ids) into their region, country and topic rows."""
    own = Article.objects.filter(pk=OuterRef("article"))
    for row in LISTED:
        row.objects.filter(article__in=articles).update(
            language=Subquery(own.values("language")), listed_at=Subquery(own.values("listed_at"))
        )


@transaction.atomic
def copy_to_translations(source):
    """Copy facets, pictures and kind of `source` to its translations. Attachments have a language: not copied.

    While the source is a draft or in review, only translations in these states get the copy: what was approved
    does not change by an edit that nobody approved.
    """
    translations = Article.objects.filter(translation_of=source)
    if source.state in UNAPPROVED:
        translations = translations.filter(state__in=UNAPPROVED)
    wanted = _facets(source)
    for article in translations:
        if _facets(article) != wanted:
            _follow(source, article)


def _facets(article):
    """{name: value} of what translations take from their source."""
    rows = {row: list(row.objects.filter(article=article).values_list(row.target, flat=True)) for row in ROWS}
    return {name: getattr(article, name) for name in COPIED_FIELDS} | rows


def _follow(source, article):
    """The revision names nobody: who changed the source is no author of the translation."""
    revisions.ensure_first_revision(article)
    copy_facets(source, article)
    revisions.record(article)
    if not article.revises_id:
        article.moves.create(name="follow", from_state=article.state, to_state=article.state, by=source.updated_by)


def copy_facets(source, article, rows=ROWS):
    """Make the facets of `article` those of `source`. `rows` are the models of the relations to copy."""
    fields = {name: getattr(source, name) for name in COPIED_FIELDS}
    if Article.objects.filter(pk=article.pk).exclude(office=source.office_id).exists():
        fields["published_on"] = OfficeZones().day(article.publish_at, source.office_id)
    Article.objects.filter(pk=article.pk).exclude(**fields).update(**fields)
    for name, value in fields.items():
        setattr(article, name, value)
    for row in rows:
        copy_rows(source, article, row)


def copy_rows(source, article, row):
    """Make the rows of one relation of `article` those of `source`, in the same order."""
    target = f"{row.target}_id"
    wanted = list(row.objects.filter(article=source).values_list(target, flat=True))
    if wanted != list(row.objects.filter(article=article).values_list(target, flat=True)):
        row.objects.filter(article=article).delete()
        row.objects.bulk_create(row.row(article, order, **{target: key}) for order, key in enumerate(wanted))


def copy_facets_and_files(source, target):
    copy_facets(source, target, rows=(*ROWS, ArticleAttachment))


def sync(article):
    """Call it after every save: updates listed rows, body images, translations and the search index."""
    refresh_listed([article.pk])
    sync_body_images(article)
    if article.translation_of_id is None and article.revises_id is None:
        copy_to_translations(article)
    ids = _with_translations(article)
    list_changes.note(ids)
    indexing.keep(ids)


def set_days_of_scheduled():
    """Compute the days of publication to come anew: the time zone of an office may have changed."""
    rows, zones = Article.objects.filter(publish_at__gt=clock.now()).order_by(), OfficeZones()
    moved = []
    for pk, moment, office, day in rows.values_list("pk", "publish_at", "office", "published_on"):
        if day != zones.day(moment, office):
            Article.objects.filter(pk=pk).update(published_on=zones.day(moment, office))
            moved.append(pk)
    if moved:
        list_changes.note(moved)
        indexing.keep(moved)


def set_missing_days():
    """Compute the days of publication that `loaddata` leaves empty."""
    rows, zones = Article.objects.exclude(publish_at=None).filter(published_on=None).order_by(), OfficeZones()
    for pk, moment, office in rows.values_list("pk", "publish_at", "office"):
        Article.objects.filter(pk=pk).update(published_on=zones.day(moment, office))


def _with_translations(article):
    """Ids of the article and, as they have its facets, of its translations."""
    if article.translation_of_id or article.revises_id:
        return [article.pk]
    translations = Article.objects.filter(translation_of=article, revises=None)
    return [article.pk, *translations.values_list("pk", flat=True)]


def sync_body_images(article):
    """Write a row for each library picture in the article's text, so that "where is it used?" is a query.

    A restored text may show a picture that was replaced since: its address leads to the present file.
    """
    keys = body_image_keys(article.body, article.notes_to_editors)
    known = rows_of(Image, keys)
    wanted = list(dict.fromkeys(known[key] for key in keys if key in known))
    rows = ArticleBodyImage.objects.filter(article=article)
    if wanted != list(rows.values_list("image_id", flat=True)):
        rows.delete()
        ArticleBodyImage.objects.bulk_create(
            ArticleBodyImage.row(article, order, image_id=key) for order, key in enumerate(wanted)
        )


def announce_public_change(article):
    """Tell the site that public pages changed, if any language version of the story is public or approved."""
    if Article.objects.versions_of(article).exclude(state__in=UNAPPROVED).exists():
        changed()
