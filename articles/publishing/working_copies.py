"""New editions of public articles: a working copy is edited, reviewed and merged into the live row."""

from urllib.parse import quote

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contacts import clock
from contacts.cldr.formats import joined_text
from contacts.public_pages import changed

from ..mail import notices
from ..models import Article, Move, SlugHistory, SourceState
from ..webhooks import events
from . import after_save, merging, reference_numbers, revisions
from .afterwards.deleted_copy import keep_deleted_copy
from .merging import FIELDS, copy_own_rows
from .requirements import Refused

# What readers see of how this edition differs from the last one.
CHANGE_FIELDS = ("change_kind", "was_wrong", "change_note")


def prepare_first_publication(article):
    """Before an article is approved: set its reference number and the date of its first publication."""
    if article.revises_id:
        return
    if article.first_published_at is None or article.first_published_at > clock.now():
        article.first_published_at = article.publish_at
    reference_numbers.assign(article)


def undo_first_publication(article):
    """After an approval is taken back before its date: remove the edition number that it gave."""
    if article.first_published_at and article.first_published_at > clock.now():
        article.first_published_at = None
        article.revisions.exclude(edition=None).update(edition=None, sha256="", previous_sha256="")
        article.corrections.all().delete()  # this edition was never public, so no reader saw them


@transaction.atomic
def start(article, by, reason=""):
    """Create a working copy of a live article, with its facets, files and links."""
    copy = Article(revises=article, language=article.language, translation_of_id=article.translation_of_id)
    for name in FIELDS:
        setattr(copy, name, getattr(article, name))
    copy.created_by = copy.updated_by = by
    copy.began_as = merging.editable_values(article)
    copy.save()
    after_save.copy_facets_and_files(article, copy)
    copy_own_rows(article, copy)
    Move.objects.create(article=article, name="revise", from_state="live", to_state="live", by=by, reason=reason)
    return copy


@transaction.atomic
def discard(copy, by, reason=""):
    """Delete a working copy. Its moves and revisions stay with the live row, which is returned.

    Everybody who sees the live row sees its history: that of a copy that was limited to named people is kept apart, as
    that of a deleted draft.
    """
    article = copy.revises
    if copy.restricted:
        keep_deleted_copy(copy, by)
    else:
        _keep_history(copy, article)
    Move.objects.create(article=article, name="discard", from_state=copy.state, to_state="gone", by=by, reason=reason)
    copy.delete()
    revisions.tell_of_new_text(article)
    return article


@transaction.atomic
def keep_text_of_copy(copy, by, reason=""):
    """Resolve a conflict in favour of the copy: keep its text where both changed, take all other public changes."""
    article = Article.objects.select_for_update().get(pk=copy.revises_id)
    merging.take_over_public_changes(copy, article)
    after_save.sync_body_images(copy)
    revisions.record(copy)
    copy.moves.create(name="keep", from_state=copy.state, to_state=copy.state, by=by, reason=reason)
    return copy


def refuse_conflicts(copy, article):
    """Raise `Refused` if the public text and the copy have both changed the same fields: a person must choose."""
    both = merging.public_changes(copy, article)[1]
    if both:
        raise Refused(
            _("The public text has changed since this working copy was begun, and so has the copy: %(what)s.")
            % {"what": joined_text(merging.field_label(name) for name in both)}
        )


def is_due(copy, article, now=None):
    """Whether the working copy of this article is to be public now."""
    states = {copy.state, article.state}
    return states == {Article.State.APPROVED} and copy.publish_at <= (now or clock.now())


@transaction.atomic
def merge(copy, now=None):
    """Write a working copy that is due into its live row, publish the edition, delete the copy. Returns the live row.

    Running it twice is safe: the second time there is no copy. Nor is there anything to do if its approval was taken
    back, or the article from its readers, before the rows were locked. A translation gets the facets of its source, if
    the source is approved. Raises `Refused` if both the public text and the copy changed the same fields.
    """
    article = Article.objects.select_for_update().get(pk=copy.revises_id)
    copy = Article.objects.select_for_update().filter(pk=copy.pk, revises=article).first()
    if copy is None or not is_due(copy, article, now):
        return article
    revisions.ensure_first_revision(article)
    refuse_conflicts(copy, article)
    merging.take_over_public_changes(copy, article)
    by, old_slug = copy.updated_by, article.slug
    for name in (*FIELDS, *CHANGE_FIELDS):
        setattr(article, name, getattr(copy, name))
    article.emergency_reason = copy.emergency_reason or article.emergency_reason
    article.emergency_at = copy.emergency_at or article.emergency_at
    article.updated_by, article.version = by, article.version + 1
    _take_facets(copy, article)
    copy_own_rows(copy, article)
    _keep_history(copy, article)
    SourceState.objects.hand_over(copy, article)
    copy.delete()
    article.save()
    remember_slug(article, old_slug)
    after_save.sync(article)
    edition = revisions.publish_edition(article, by, is_told=True)
    notices.about_edition(article, edition, by)
    events.note_edition(article, edition)
    changed()
    return article


def _take_facets(copy, article):
    after_save.copy_facets_and_files(copy, article)
    source = Article.objects.filter(pk=article.translation_of_id).exclude(state__in=after_save.UNAPPROVED).first()
    if source is not None:
        after_save.copy_facets(source, article)


def remember_slug(article, old_slug):
    """Redirect the old address to the article; from another article only if readers have found this one there."""
    if not old_slug or old_slug == article.slug:
        return
    address = {"language": article.language, "slug": old_slug, "defaults": {"article": article}}
    if article.was_public:
        SlugHistory.objects.update_or_create(**address)
    elif article.first_published_at or _is_linked(article, old_slug):
        SlugHistory.objects.get_or_create(**address)


def _is_linked(article, slug):
    """Whether a text that is not public yet links to this address: its link then leads to the new one."""
    waiting = Q(state__in=(Article.State.DRAFT, Article.State.IN_REVIEW)) | Q(publish_at__gt=clock.now())
    has_link = Q()
    for spelt in {slug, quote(slug)}:
        address = f"/{article.language}/news/{spelt}/"
        has_link |= Q(body__contains=address) | Q(notes_to_editors__contains=address)
    return Article.objects.filter(waiting, has_link).exists()


def _keep_history(copy, article):
    copy.moves.update(article=article)
    copy.revisions.update(article=article)
    copy.remarks.update(article=article)
    copy.notices.update(article=article)
