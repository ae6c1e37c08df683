"""The history of an article for the people of the desk: saves, editions and moves; what a reviewer has seen of it."""

from dataclasses import dataclass

from django.db import transaction

from ..models import Move, Remark, Revision
from ..publishing import revisions
from .content_changes import changes

READ = "read"  # the name of the recorded move
MOST = 200  # entries of each kind that one page shows


@dataclass(frozen=True)
class Entry:
    """A line of the history: a move, or a revision (a save or an edition)."""

    at: object
    who: object
    move: Move | None = None
    revision: Revision | None = None


def rows_of(article):
    """The ids of the rows whose history is the article's: a working copy goes on with that of its public article."""
    return [key for key in (article.pk, article.revises_id) if key]


def revisions_of(article):
    return Revision.objects.filter(article__in=rows_of(article))


def entries(article, before=None):
    """(the newest entries in the order of time, whether there are older ones). `before`: only older than that."""
    own = revisions_of(article).select_related("by").defer("content").order_by("-created_at", "-id")
    moves = Move.objects.filter(article__in=rows_of(article)).select_related("by").order_by("-at", "-id")
    if before:
        own, moves = own.filter(created_at__lt=before), moves.filter(at__lt=before)
    found = [Entry(row.created_at, row.who, revision=row) for row in own[: MOST + 1]]
    found += [Entry(row.at, row.who, move=row) for row in moves[: MOST + 1]]
    found.sort(key=lambda entry: entry.at, reverse=True)
    return found[:MOST], len(found) > MOST


def last_edition(article):
    """The last edition that readers had of the article, or of the article that this working copy revises."""
    public = article.revises_id or article.pk
    return Revision.objects.filter(article=public).editions().first()


def last_look(article, user):
    """The Revision that was the newest when the user last did something with the text; None if they never did.

    That is a step, a save, a remark (on the revision that it was written on), or "I have read it" (`note_reading`).
    Opening a page is none: to read stores nothing.
    """
    own, rows = revisions_of(article).defer("content"), rows_of(article)
    acts = [
        Move.objects.filter(article__in=rows, by=user).order_by("-at").values_list("at", flat=True).first(),
        own.filter(by=user).order_by("-created_at").values_list("created_at", flat=True).first(),
        Remark.objects.filter(article__in=rows, by=user)
        .order_by("-id")
        .values_list("revision__created_at", flat=True)
        .first(),
    ]
    moment = max(filter(None, acts), default=None)
    return moment and own.filter(created_at__lte=moment).order_by("-created_at", "-id").first()


@transaction.atomic
def note_reading(article, user, version):
    """Record that the user has read an article in review. False if it was saved since: `version` is the one read."""
    if article.state != article.State.IN_REVIEW or version != str(article.version):
        return False
    revisions.ensure_first_revision(article)  # an imported one has none
    if last_look(article, user) != newest(article):
        article.moves.create(name=READ, from_state=article.state, to_state=article.state, by=user)
    return True


def newest(article):
    """The newest revision, without its content; None if there is none."""
    return revisions_of(article).defer("content").order_by("-created_at", "-id").first()


@dataclass(frozen=True)
class Review:
    """What changed in an article in review. `base`: the revision it is compared with; None if there is none.

    `is_unread`: the newest revision is not the one that the user has seen.
    """

    base: Revision | None
    is_last_look: bool
    edition: Revision | None
    changes: object
    is_unread: bool


def review(article, user):
    """The Review for this user: since their last look, or since the last edition if that is newer."""
    seen, edition = last_look(article, user), last_edition(article)
    is_last_look = seen is not None and (edition is None or seen.created_at > edition.created_at)
    base = seen if is_last_look else edition
    found = changes(base.content, revisions.content(article)) if base else None
    present = newest(article)
    return Review(base, is_last_look, edition, found, present is None or present != seen)
