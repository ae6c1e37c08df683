"""New editions of what is public: a working copy is written, reviewed, and merged into the live row."""

from django.db import transaction
from django.utils import timezone

from contacts.public_site import changed

from . import facets, references, revisions
from .models import Article, Move, RelatedLink, SlugHistory

# What an edition may change. State, dates and reference belong to the live row.
WORDS = (
    "slug", "kind", "headline", "summary", "body", "notes_to_editors", "dateline_country_id", "dateline_place",
    "office_id", "lead_image_id", "redirect_to_id",
)  # fmt: skip


def prepare(article, by):
    """Before an article is approved: its reference number and the date of its first publication."""
    if article.revises_id:
        return
    if article.first_published_at is None or article.first_published_at > timezone.now():
        article.first_published_at = article.publish_at
    references.give(article)
    SlugHistory.objects.filter(language=article.language, slug=article.slug).delete()


def forget_unpublished(article):
    """An approval taken back before its hour was no edition."""
    if article.first_published_at and article.first_published_at > timezone.now():
        article.first_published_at = None
        article.revisions.exclude(edition=None).update(edition=None, sha256="", previous_sha256="")


@transaction.atomic
def start(article, by):
    """A working copy of a live article, with its facets, files and links."""
    copy = Article(revises=article, language=article.language, translation_of_id=article.translation_of_id)
    for name in WORDS:
        setattr(copy, name, getattr(article, name))
    copy.created_by = copy.updated_by = by
    copy.save()
    facets.copy_to_working_copy(article, copy)
    _copy_links(article, copy)
    Move.objects.create(article=article, name="revise", from_state="live", to_state="live", by=by)
    return copy


@transaction.atomic
def discard(copy, by):
    """Throw a working copy away; the live row keeps the record of it."""
    article = copy.revises
    _keep_history(copy, article)
    Move.objects.create(article=article, name="discard", from_state=copy.state, to_state="gone", by=by)
    copy.delete()
    return article


@transaction.atomic
def merge(copy):
    """Put an approved working copy into its live row. Run twice, it merges once: the copy is gone."""
    article = Article.objects.select_for_update().get(pk=copy.revises_id)
    copy = Article.objects.select_for_update().filter(pk=copy.pk, revises=article).first()
    if copy is None:
        return article
    by, old_slug = copy.updated_by, article.slug
    for name in (*WORDS, "change_kind", "change_note"):
        setattr(article, name, getattr(copy, name))
    article.updated_by, article.version = by, article.version + 1
    facets.copy_to_working_copy(copy, article)
    RelatedLink.objects.filter(article=article).delete()
    _copy_links(copy, article)
    _keep_history(copy, article)
    copy.delete()
    article.save()
    remember_slug(article, old_slug)
    facets.sync(article)
    revisions.publish_edition(article, by)
    changed()
    return article


def remember_slug(article, old_slug):
    """Let the old address lead to the new one; an address in use again is forgotten as an old one."""
    SlugHistory.objects.filter(language=article.language, slug=article.slug).delete()
    if old_slug and old_slug != article.slug and article.first_published_at:
        SlugHistory.objects.update_or_create(language=article.language, slug=old_slug, defaults={"article": article})


def _copy_links(source, target):
    RelatedLink.objects.bulk_create(
        RelatedLink(article=target, url=link.url, title=link.title, order=link.order)
        for link in source.related_links.all()
    )


def _keep_history(copy, article):
    copy.moves.update(article=article)
    copy.revisions.update(article=article)
