"""Keeps for every translation which text of its source it was made from, and by how many paragraphs it is behind.

`source_moved` follows every save of a source (`articles/apps.py` registers it). A scheduled translation whose source
has changed goes back to review, so that it is not published before somebody has looked at it.
"""

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from contacts import clock
from contacts.public_pages import changed

from ..mail import notices
from ..models import Article, BehindPeriod, Revision, SourceState
from ..publishing import after_save, locking, revisions, workflow, working_copies
from .paragraphs import changes, paragraphs

MINOR, CORRECTION = Article.Change.MINOR, Article.Change.CORRECTION
CLOSED = (Article.State.WITHDRAWN, Article.State.GONE)


def text_of(source):
    """The revision that has the text of a source now: its last edition; of one that was never public the last one."""
    rows = Revision.objects.filter(article=source)
    return rows.editions().first() or rows.order_by("-id").first()


def state_of(article):
    """The SourceState of a translation, of a working copy that of its public row if it has none of its own; or None."""
    rows = {row.translation_id: row for row in SourceState.objects.filter(translation__in=_rows(article))}
    return rows.get(article.pk) or rows.get(article.revises_id)


def _rows(article):
    return [pk for pk in (article.pk, article.revises_id) if pk]


def edition_to_come(source):
    """The working copy of a source that is in review or approved: a translation may be prepared for it."""
    return Article.objects.filter(revises=source).exclude(state=Article.State.DRAFT).first()


def compared_with(state, source):
    """The revision to compare a translation with: of the source, or of its working copy if it was made from that."""
    if state.revision and state.revision.article_id != source.pk:
        return Revision.objects.filter(article=state.revision.article_id).order_by("-id").first()
    return text_of(source)


def changes_since(state, now):
    """[Change] of the source between the text that the translation was made from and the revision `now`."""
    if state is None or state.revision is None or now is None or state.revision_id == now.pk:
        return []
    return changes(paragraphs(state.revision.content), paragraphs(now.content))


@transaction.atomic
def begin(translation, by):
    """A translation is begun from its source as it is now."""
    source = translation.translation_of
    revisions.ensure_first_revision(source)
    _set(_own_state(translation), text_of(source), by)


def _own_state(article):
    return SourceState.objects.filter(translation=article).first() or SourceState(translation=article)


class SourceMoved(Exception):
    """The source has another text than the one that somebody has looked at."""


@transaction.atomic
def confirm(article, by, seen, of_edition_to_come=False):
    """Somebody has looked: the translation (or its working copy) is up to date with the source as it is now.

    `seen`: the id of the revision that they have looked at; raises `SourceMoved` if the source has another by now.
    `of_edition_to_come`: with the working copy of the source instead. Records a move, which says whether the
    translation was changed since its source was.
    """
    source = article.translation_of
    locking.lock_parents(article)
    revisions.ensure_first_revision(source)
    copy = edition_to_come(source) if of_edition_to_come else None
    if copy:
        revisions.ensure_first_revision(copy)
    text = text_of(copy or source)
    if str(text.pk) != str(seen) or bool(copy) != of_edition_to_come:
        raise SourceMoved
    state = _own_state(article)
    before = state_of(article)
    was_edited = before is None or article.revisions.filter(created_at__gt=before.since or before.at).exists()
    _set(state, text, by)
    name = "up_to_date" if was_edited or not (before and before.behind) else "no_change"
    article.moves.create(name=name, from_state=article.state, to_state=article.state, by=by)
    if not article.revises_id:
        changed()
    return state


def _set(state, revision, by):
    state.revision, state.edition = revision, revision and revision.edition
    state.by, state.by_name, state.at = by, "", timezone.now()
    _clear(state)
    state.save()


def _clear(state):
    state.behind, state.urgent, state.change_kind = 0, False, ""
    state.since = state.changed_at = state.held_at = None
    BehindPeriod.objects.filter(translation=state.translation_id, until=None).update(until=timezone.now())


@transaction.atomic
def source_moved(article, followed=()):
    """After the text of an article was saved: compare its translations with it, and hold those that are scheduled.

    `followed`: ids of translations that were written anew together with it, by an import.
    """
    if article.translation_of_id:
        return
    if article.revises_id:
        states = SourceState.objects.filter(revision__article=article)
    else:
        _set_unknown(article, followed)
        states = SourceState.objects.filter(translation__translation_of=article)
    for state in states.select_related("translation", "revision"):
        if state.translation_id in followed:
            _set(state, text_of(article), None)
        elif state.revision:
            _compare(state)


def _set_unknown(source, followed):
    """Give a state to translations that have none: until now they were taken for up to date.

    They get the text that the source had before its last change; the first revision of an imported source is stored
    just before its first change.
    """
    without = Article.objects.filter(translation_of=source, revises=None, source_state=None)
    unknown = SourceState.objects.filter(translation__translation_of=source, translation__revises=None, revision=None)
    if not (without.exists() or unknown.exists()):
        return
    if not (now := text_of(source)):
        return
    rows = Revision.objects.filter(article=source, pk__lt=now.pk)
    before = (rows.exclude(edition=None) if now.edition else rows).order_by("-id").first() or now
    for row in without:
        made_from = now if row.pk in followed else before
        SourceState.objects.create(translation=row, revision=made_from, edition=made_from.edition)
    unknown.update(revision=before)


def _compare(state):
    now = compared_with(state, state.translation.translation_of)
    behind = len(changes_since(state, now))
    if not behind:
        if state.behind or state.revision_id != now.pk:
            state.revision, state.edition = now, now.edition
            _clear(state)
            state.save()
        return
    state.since = state.since or timezone.now()
    state.behind = behind
    _note_kind(state, now)
    if not state.translation.revises_id:
        BehindPeriod.objects.get_or_create(
            translation_id=state.translation_id, until=None, defaults={"since": state.since}
        )
    state.save()
    hold(state)


def _note_kind(state, now):
    """Which public changes the translation lacks: readers see the last one that is not minor."""
    rows = Revision.objects.filter(article=now.article_id, edition__isnull=False, pk__gt=state.revision_id)
    missed = [row for row in rows.defer("content").order_by("edition") if row.change_kind not in ("", MINOR)]
    state.urgent = any(row.change_kind == CORRECTION for row in missed)
    told = next((row for row in reversed(missed) if row.change_kind == CORRECTION), missed[-1] if missed else None)
    state.change_kind, state.changed_at = (told.change_kind, told.created_at) if told else ("", None)


def hold(state):
    """Send a translation that is approved for a later date back to review, with a recorded move."""
    row = Article.objects.select_for_update().get(pk=state.translation_id)
    if row.state != Article.State.APPROVED or not (row.revises_id or row.publish_at > clock.now()):
        return
    before = row.shown_state
    working_copies.undo_first_publication(row)
    row.state = Article.State.IN_REVIEW
    row.version += 1
    row.save(update_fields=["state", "first_published_at", "version"])
    row.moves.create(name="hold", from_state=before, to_state=row.state)  # its name says why, in each language
    notices.about_move(row, "hold", None, "", workflow.authors)
    state.held_at = timezone.now()
    state.save(update_fields=["held_at"])
    after_save.sync(row)
    changed()


def behind(articles):
    """Those of a queryset of articles that are behind their source: corrected ones first, then the longest ago."""
    found = articles.filter(source_state__behind__gt=0).exclude(state__in=CLOSED)
    return found.order_by("-source_state__urgent", "source_state__since", "source_state__id")


def held(articles):
    """Those whose publication waits because their source has changed, the soonest first."""
    found = articles.filter(source_state__held_at__isnull=False, state=Article.State.IN_REVIEW)
    return found.order_by(F("publish_at").asc(nulls_last=True), "id")


def note_import(rows, stated=(), new=()):
    """After an import: compare translations with the sources that it changed. All arguments hold ids of articles.

    `rows` were changed, `new` are new translations: both are taken to be made from the source as it is now, if they
    are not among the `stated`, for which the file names the edition.
    """
    _find_stated(list(stated))
    if not rows:
        return
    followed = {*rows, *new} - set(stated)
    for some in _portions(sorted(rows)):
        sources = Article.objects.filter(pk__in=some, translation_of=None, revises=None)
        for source in sources.filter(Exists(Article.objects.filter(translation_of=OuterRef("pk")))):
            source_moved(source, followed)


def _find_stated(stated):
    """Find the revisions of the editions that a file names for these translations, if they are known here."""
    for some in _portions(stated):
        states = SourceState.objects.filter(translation__in=some, edition__isnull=False).select_related("translation")
        for state in states:
            source = state.translation.translation_of_id
            state.revision = Revision.objects.filter(article=source, edition=state.edition).first()
            if state.revision:
                state.save(update_fields=["revision"])
                _compare(state)


def _portions(ids, size=500):
    return (ids[at : at + size] for at in range(0, len(ids), size))
