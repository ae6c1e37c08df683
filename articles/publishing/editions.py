"""New editions of public articles: a working copy is edited, reviewed and merged into the live row."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.public_pages import changed

from ..models import Article, Move, SlugHistory
from . import after_save, merging, reference_numbers, revisions
from .merging import FIELDS, copy_links
from .requirements import Refused

# What tells readers how this edition differs from the last one.
CHANGE_FIELDS = ("change_kind", "change_note")


def prepare_first_publication(article):
    """Before an article is approved: set its reference number and the date of its first publication."""
    if article.revises_id:
        return
    if article.first_published_at is None or article.first_published_at > timezone.now():
        article.first_published_at = article.publish_at
    reference_numbers.assign(article)
    SlugHistory.objects.filter(language=article.language, slug=article.slug).delete()


def undo_first_publication(article):
    """After an approval is taken back before its date: remove the edition number that it gave."""
    if article.first_published_at and article.first_published_at > timezone.now():
        article.first_published_at = None
        article.revisions.exclude(edition=None).update(edition=None, sha256="", previous_sha256="")


@transaction.atomic
def start(article, by):
    """Create a working copy of a live article, with its facets, files and links."""
    copy = Article(revises=article, language=article.language, translation_of_id=article.translation_of_id)
    for name in FIELDS:
        setattr(copy, name, getattr(article, name))
    copy.created_by = copy.updated_by = by
    copy.began_as = merging.editable_values(article)
    copy.save()
    after_save.copy_facets_and_files(article, copy)
    copy_links(article, copy)
    Move.objects.create(article=article, name="revise", from_state="live", to_state="live", by=by)
    return copy


@transaction.atomic
def discard(copy, by):
    """Delete a working copy. Its moves and revisions stay with the live row, which is returned."""
    article = copy.revises
    _keep_history(copy, article)
    Move.objects.create(article=article, name="discard", from_state=copy.state, to_state="gone", by=by)
    copy.delete()
    return article


@transaction.atomic
def keep_text_of_copy(copy, by):
    """Resolve a conflict in favour of the copy: keep its text where both changed, take all other public changes."""
    article = Article.objects.select_for_update().get(pk=copy.revises_id)
    merging.take_over_public_changes(copy, article)
    after_save.sync_body_images(copy)
    revisions.record(copy)
    copy.moves.create(name="keep", from_state=copy.state, to_state=copy.state, by=by)
    return copy


def refuse_conflicts(copy, article):
    """Raise `Refused` if the public text and the copy have both changed the same fields: a person must choose."""
    both = merging.public_changes(copy, article)[1]
    if both:
        raise Refused(
            _("The public text has changed since this working copy was begun, and so has the copy: %(what)s.")
            % {"what": ", ".join(str(merging.field_label(name)) for name in both)}
        )


@transaction.atomic
def merge(copy):
    """Write an approved working copy into its live row, publish the edition and delete the copy. Returns the live row.

    Running it twice is safe: the second time there is no copy. A translation gets the facets of its source, if
    the source is approved. Raises `Refused` if both the public text and the copy changed the same fields.
    """
    article = Article.objects.select_for_update().get(pk=copy.revises_id)
    copy = Article.objects.select_for_update().filter(pk=copy.pk, revises=article).first()
    if copy is None:
        return article
    revisions.ensure_first_revision(article)
    refuse_conflicts(copy, article)
    merging.take_over_public_changes(copy, article)
    by, old_slug = copy.updated_by, article.slug
    for name in (*FIELDS, *CHANGE_FIELDS):
        setattr(article, name, getattr(copy, name))
    article.emergency_reason = copy.emergency_reason or article.emergency_reason
    article.updated_by, article.version = by, article.version + 1
    _take_facets(copy, article)
    copy_links(copy, article)
    _keep_history(copy, article)
    copy.delete()
    article.save()
    remember_slug(article, old_slug)
    after_save.sync(article)
    revisions.publish_edition(article, by)
    changed()
    return article


def _take_facets(copy, article):
    after_save.copy_facets_and_files(copy, article)
    source = Article.objects.filter(pk=article.translation_of_id).exclude(state__in=after_save.UNAPPROVED).first()
    if source is not None:
        after_save.copy_facets(source, article)


def remember_slug(article, old_slug):
    """Redirect the old address to the article; an address that is in use again no longer redirects."""
    SlugHistory.objects.filter(language=article.language, slug=article.slug).delete()
    if old_slug and old_slug != article.slug and article.first_published_at:
        SlugHistory.objects.update_or_create(language=article.language, slug=old_slug, defaults={"article": article})


def _keep_history(copy, article):
    copy.moves.update(article=article)
    copy.revisions.update(article=article)
