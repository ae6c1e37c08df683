"""New editions whose publication date has come: the next request of a reader merges them into the live article.

A reader waits a quarter of a second at most. An edition that cannot be merged goes back to review, with a recorded
move that says why, and readers keep the last edition.
"""

import logging
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, OperationalError, connections, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from contacts import clock

from ..mail import notices
from ..models import Article, BackgroundJob, Move, list_changes
from ..webhooks import events
from . import workflow
from .requirements import Refused
from .workflow import merge_due

logger = logging.getLogger(__name__)

LOCK_TIMEOUT = 250  # milliseconds that a reader may wait for somebody else who writes
JOB, LOOK_EVERY = "by the clock", 15  # seconds
PRESENT = "clock"  # the name under which the latest moment is stored, beside the jobs
LATE = timedelta(minutes=10)  # after its date, before an edition counts as overdue


def merge_for_reader(article):
    """Merge the due edition of a live article, or send it back to review. False if somebody else holds the lock."""
    try:
        with override(settings.LANGUAGE_CODE), transaction_with_lock_timeout():  # editors read why it fails
            merge_due(article)
    except OperationalError as error:
        logger.info("The new edition of article %s is left to the next request: %s", article.pk, error)
        return False
    except (Refused, DatabaseError) as error:
        logger.warning("A new edition of article %s cannot be merged: %s", article.pk, error)
        return _send_back(article, error)
    return True


def by_clock():
    """The job: without any reader, too, editions are merged at their hour, and messages queued for webhooks."""
    now = remember_present()
    due = [live for _copy, live, moment in approved_copies() if moment <= now]
    for article in Article.objects.filter(pk__in=due):
        merge_for_reader(article)
    events.note_by_clock()


def remember_present():
    """What is public stays so if the clock is set back, in this process and in those that start later.

    Returns `clock.now()`.
    """
    row = BackgroundJob.objects.filter(name=PRESENT)
    stored = row.values_list("succeeded_at", flat=True).first()
    now = clock.remember(stored)
    if stored is None or abs(now - stored) >= timedelta(seconds=LOOK_EVERY):
        BackgroundJob.objects.note(PRESENT, succeeded_at=now)
    return now


def _send_back(article, error):
    with override(settings.LANGUAGE_CODE):
        why = str(error) if isinstance(error, Refused) else _("The database refused the change.")
    try:
        with transaction_with_lock_timeout():
            copy = Article.objects.filter(revises=article, state=Article.State.APPROVED).first()
            if copy is not None and _set_state(copy, Article.State.IN_REVIEW):
                Move.objects.create(
                    article=copy, name="send_back", from_state="approved", to_state="in_review", reason=why
                )
                notices.about_move(copy, "send_back", None, why, workflow.authors)
                list_changes.note([article.pk])
    except OperationalError:
        logger.info("Sending back the new edition of article %s is left to the next request.", article.pk)
        return False
    return True


def _set_state(copy, state):
    same = Article.objects.filter(pk=copy.pk, version=copy.version)
    return same.update(state=state, version=F("version") + 1)


def overdue(now=None):
    """How many new editions are still unmerged ten minutes after their date: nobody asked for them, or it fails."""
    before = (now or clock.now()) - LATE
    return sum(moment < before for _copy, _live, moment in approved_copies())


def approved_copies():
    """[(id, id of the live row, moment)] of new editions that are approved, of articles that are.

    By the index of `revises` alone: asked for states, SQLite without statistics reads all approved articles.
    """
    rows = Article.objects.filter(revises__gt=0).order_by().values_list("pk", "revises", "publish_at", "state")
    found = [(pk, live, moment) for pk, live, moment, state in rows if state == Article.State.APPROVED]
    states = Article.objects.filter(pk__in=[live for _copy, live, _moment in found]).order_by()
    public = set(states.filter(state=Article.State.APPROVED).values_list("pk", flat=True)) if found else ()
    return [one for one in found if one[1] in public]


def next_publication(now):
    """When the next approved article or new edition is due, or None: public pages change at that moment."""
    due = Article.objects.filter(state=Article.State.APPROVED, publish_at__gt=now)
    return due.order_by("publish_at").values_list("publish_at", flat=True).first()


@contextmanager
def transaction_with_lock_timeout(milliseconds=LOCK_TIMEOUT):
    """A transaction that raises OperationalError if it has to wait longer than this for a lock."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "postgresql":
        with transaction.atomic():
            _execute(connection, f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        return
    former = _execute(connection, "PRAGMA busy_timeout")
    _execute(connection, f"PRAGMA busy_timeout = {milliseconds}")
    try:
        with transaction.atomic():
            yield
    finally:
        _execute(connection, f"PRAGMA busy_timeout = {former}")


def _execute(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None
