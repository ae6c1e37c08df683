"""Writes down what subscribers will be sent: publications, major changes, corrections, withdrawals and removals.

Articles become public at a scheduled time, without any save, so a job looks: at what is live and not announced, and at
the editions and moves that were stored since the last look. A look goes back ten minutes, because a transaction may be
committed after later ones; a unique constraint keeps what is found twice from being announced twice.
"""

from datetime import timedelta

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from ..models import AlertPosition, Announcement, Article, Move, Revision
from . import deliveries

JOB, LOOK_EVERY = "alerts: what is new", 15  # seconds
OVERLAP = timedelta(minutes=10)
NEW_FOR = timedelta(days=3)  # what is published with an older date is an entry in the archive and no news
Kind = Announcement.Kind
OF_EDITION = {Article.Change.MAJOR: Kind.CHANGED, Article.Change.CORRECTION: Kind.CORRECTED}
OF_MOVE = {
    Article.State.WITHDRAWN: Kind.WITHDRAWN,
    Article.State.GONE: Kind.REMOVED,
    Article.State.APPROVED: Kind.RETURNED,
}
TAKING = ("withdraw", "remove", "reinstate", "take_back")


def run():
    """The job: one process does it for all."""
    look()
    deliveries.address_all()


def look():
    """Write the announcements of what has happened since the last look. The first look only takes note of now."""
    now = timezone.now()
    position = AlertPosition.objects.first()
    if position is None:
        AlertPosition.objects.create(pk=1, seen_until=now, began_at=now, revision=_last(Revision), move=_last(Move))
        return
    # After a time without the worker, all since then is news; else what has a date of these days.
    since = max(min(position.seen_until - OVERLAP, now - NEW_FOR), position.began_at)
    _write([*_published(since), *_editions(position, since), *_moves(position)])
    AlertPosition.objects.filter(pk=position.pk).update(
        seen_until=now,
        revision=_last(Revision, position.revision, created_at__lt=now - OVERLAP),
        move=_last(Move, position.move, at__lt=now - OVERLAP),
    )


def _last(model, known=0, **conditions):
    """The highest id of the rows after `known` that fulfil the conditions."""
    found = model.objects.filter(pk__gt=known, **conditions).order_by()
    return found.aggregate(last=Max("pk"))["last"] or known


def _published(since):
    """Those of what is live, with a date after this moment, that were not announced yet."""
    announced = Announcement.objects.filter(article=OuterRef("pk"), kind=Kind.PUBLISHED)
    rows = Article.objects.live().filter(~Exists(announced), listed_at__gt=since).order_by("listed_at", "pk")
    for pk, moment in rows.values_list("pk", "listed_at"):
        yield Announcement(article_id=pk, kind=Kind.PUBLISHED, at=moment)


def _editions(position, since):
    """Major changes and corrections of what is live. Minor changes are not announced."""
    found = Revision.objects.filter(pk__gt=position.revision, edition__gt=1, change_kind__in=OF_EDITION)
    found = found.filter(created_at__gt=since, article__in=Article.objects.live().order_by()).order_by("pk")
    for article, edition, kind, at in found.values_list("article", "edition", "change_kind", "created_at"):
        yield Announcement(article_id=article, kind=OF_EDITION[kind], number=edition, at=at)


def _moves(position):
    found = Move.objects.filter(pk__gt=position.move, name__in=TAKING, to_state__in=OF_MOVE).order_by("pk")
    for pk, article, state, at in found.values_list("pk", "article", "to_state", "at"):
        yield Announcement(article_id=article, kind=OF_MOVE[state], number=pk, at=at)


def _write(announcements):
    Announcement.objects.bulk_create(announcements, ignore_conflicts=True, batch_size=500)
