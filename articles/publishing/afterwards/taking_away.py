"""Takes articles from their readers, and back: withdrawn or removed in several languages at once, what to read instead.

Within an hour whoever may withdraw takes it back with one click: all that was taken away in the same step.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.models.links import refuse_circles
from contacts.public_pages import changed

from ... import permissions
from ...models import Article, Move
from .. import locking, revisions, workflow
from ..locking import claim_version
from ..requirements import Refused

TAKEN = ("withdraw", "remove")
INSTEAD = "read_instead"  # the name of the recorded move


@dataclass(frozen=True)
class Version:
    """Another language of the same story, and whether this step can take it away, too."""

    article: Article
    possible: bool  # its state allows the step
    allowed: bool  # so do the user's rights


def other_versions(article, name, user):
    """The other language versions of the story that are or were public, for the page of the step."""
    step = workflow.MOVES[name]
    rows = Article.objects.versions_of(article).filter(revises=None).exclude(pk=article.pk).select_related("office")
    return [
        Version(row, row.shown_state in step.origins, permissions.may(user, step.right, row))
        for row in permissions.visible(user, rows)
    ]


@transaction.atomic
def take_away(article, name, by, reasons, instead=None):
    """Withdraw or remove an article, with other languages of its story. Returns the articles.

    reasons: {article: why}, the article itself among them. instead: the public article to read instead, or None; in
    each language the version of it that is public there. Raises `Refused` if one of them cannot be taken away.
    """
    rows = [article, *(row for row in reasons if row != article)]
    if instead is not None and instead in rows:
        raise Refused({"instead": _("This is taken away itself. Choose another article.")})
    at, moved = timezone.now(), []
    for row in rows:  # before any of them is written: sources are locked before their translations
        locking.lock_parents(row)
    for row in rows:
        set_target(row, instead)
        row.save(update_fields=["redirect_to"])
        moved.append(workflow.move(row, name, by, reason=reasons[row]))
        Move.objects.filter(pk=row.moves.first().pk).update(at=at)  # so they are known as one step
    return moved


def set_target(article, instead):
    """Set what to read instead of an article, in its language if that is public. Raises `Refused` for a circle."""
    if instead is not None:
        live = Article.objects.live().versions_of(instead).in_language(article.language)
        instead = live.exclude(pk=article.pk).first() or instead
    if instead == article:
        raise Refused({"instead": _("An article cannot be read instead of itself.")})
    article.redirect_to = instead
    try:
        refuse_circles(article, "redirect_to")
    except ValidationError as error:
        raise Refused({"instead": " ".join(error.messages)}) from None


def may_choose_instead(article, user):
    """Whether the user may choose what readers see instead of this withdrawn or removed article."""
    is_taken = article.state in (Article.State.WITHDRAWN, Article.State.GONE) and not article.revises_id
    return is_taken and permissions.may(user, "withdraw", article)


@transaction.atomic
def read_instead(article, instead, by):
    """Change what to read instead of a withdrawn or removed article, and record it."""
    if not may_choose_instead(article, by):
        raise Refused(Refused.NOT_POSSIBLE)
    claim_version(article)
    set_target(article, instead)
    article.updated_by = by
    article.save(update_fields=["redirect_to", "updated_by", "updated_at"])
    told = instead.headline if instead else ""
    article.moves.create(name=INSTEAD, from_state=article.state, to_state=article.state, by=by, reason=told)
    revisions.record(article, by)
    changed()


def can_be_taken_back_until(article):
    """Until when the last step can be taken back; None if it cannot."""
    taking = workflow.last_taking(article)
    return taking and taking.at + workflow.TAKE_BACK_WITHIN


def taken_with(article, user):
    """The other languages that were taken away in the same step and that the user may take back with it."""
    taking = workflow.last_taking(article)
    if taking is None:
        return []
    same = Move.objects.filter(name=taking.name, at=taking.at).values("article")
    rows = Article.objects.versions_of(article).filter(revises=None, pk__in=same).exclude(pk=article.pk)
    step = workflow.MOVES["take_back"]
    return [row for row in rows if workflow.may_make(step, row, user)]


@transaction.atomic
def take_back(article, by):
    """Undo the last withdrawal or removal, in all languages that were taken away with it. Returns the articles."""
    rows = [article, *taken_with(article, by)]
    return [workflow.move(row, "take_back", by) for row in rows]
