"""Writes down who is notified of what about an article. The worker sends it afterwards (`sending`).

Called in the transaction of the change: if that is rolled back, nobody gets a mail.
"""

import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contacts.models import Membership
from contacts.models.membership import name_of

from .. import jobs, permissions
from ..models import Article, Move, Notice, Recipient, Revision
from ..publication_day import local_time

JOB = "mail"
Kind = Notice.Kind
LONGEST_TEXT = 2000  # characters of a reason or remark in a mail
MORNING = datetime.time(7)

# Which notice a move of the workflow writes, and for whom: approvers of the article, those who worked on this text
# since its last edition (authors), all who ever wrote it and its translations (writers).
TOLD = {
    "submit": (Kind.SUBMITTED, "approvers"),
    "request_changes": (Kind.SENT_BACK, "authors"),
    "send_back": (Kind.SENT_BACK, "approvers", "authors"),
    "approve": (Kind.APPROVED, "authors"),
    "publish": (Kind.PUBLISHED, "authors"),
    "emergency": (Kind.EMERGENCY, "approvers", "authors"),
    "withdraw": (Kind.WITHDRAWN, "writers"),
    "remove": (Kind.REMOVED, "writers"),
    "reinstate": (Kind.RETURNED, "writers"),
    "take_back": (Kind.RETURNED, "writers"),
    "hold": (Kind.HELD, "approvers", "authors"),
}
# Readers have read something wrong, or a text is not public at its hour: those who want one mail a day hear of it
# at once, too.
URGENT = {Kind.CORRECTED, Kind.WITHDRAWN, Kind.REMOVED, Kind.HELD, Kind.PAST_HOUR, Kind.EMBARGO}


def about_move(article, name, by, reason, authors):
    """Notify those who must know of a move. `authors(article)` gives those whom the workflow calls so."""
    if name not in TOLD:
        return
    kind, *groups = TOLD[name]
    if kind == Kind.APPROVED and article.is_live:
        kind = Kind.PUBLISHED
    ways = {"approvers": approvers, "authors": authors, "writers": writers}
    add(kind, article, set().union(*(ways[group](article) for group in groups)), by, reason)


def about_edition(article, edition, by):
    """Notify of an edition that corrects the one before: what was wrong can be wrong in every language of the story."""
    if edition.change_kind != Article.Change.CORRECTION:
        return
    told = f"{article.was_wrong}\n\n{edition.change_note}".strip()
    add(Kind.CORRECTED, article, writers(article.source), by, told)


def writers(article):
    """All who have begun, written, submitted or published the article or, of a source, one of its translations."""
    rows = Article.objects.filter(Q(pk=article.pk) | Q(translation_of=article.pk) & ~Q(state=Article.State.GONE))
    ids = rows.order_by().values("pk")
    began = rows.order_by().values("created_by")
    wrote = Revision.objects.filter(article__in=ids).order_by().values("by")
    submitted = Move.objects.filter(article__in=ids, name="submit").order_by().values("by")
    return set(get_user_model().objects.filter(Q(pk__in=began) | Q(pk__in=wrote) | Q(pk__in=submitted)))


def approvers(article):
    """The users who may approve the article by a membership."""
    rows = Membership.objects.filter(Q(office=None) | Q(office=article.office_id)).select_related("user")
    if article.restricted and not article.was_public:
        rows = rows.filter(user__in=article.reader_rows.values("user"))
    return {row.user for row in rows if row.user.is_active and "approve" in permissions.rights(row)}


def add(kind, article, people, by=None, text="", enquiry=None, contact=None):
    """Write a notice for each of these users, except the one who did it and those who want no mail.

    It is about an article or, without one, about an enquiry or a contact.
    """
    people = {user for user in people if user is not None and user != by and user.is_active}
    if not people:
        return
    name = name_of(by)
    known = {row.pk: row for row in Recipient.objects.filter(user__in=people)}
    for user in sorted(people, key=lambda user: user.pk):
        recipient = known.get(user.pk) or Recipient.objects.get_or_create(user=user)[0]
        if recipient.mails == Recipient.Mails.OFF:
            continue
        if recipient.mails == Recipient.Mails.DAILY:
            _set_hour(recipient, is_urgent=kind in URGENT)
        about = {"article": article, "enquiry": enquiry, "contact": contact}
        Notice.objects.create(recipient=recipient, kind=kind, by=name, text=text[:LONGEST_TEXT], **about)
    transaction.on_commit(lambda: jobs.wake(JOB))


def _set_hour(recipient, is_urgent):
    """Before a notice is added: set when the daily mail is sent, in the morning or at once.

    What waits already is not put off.
    """
    now, hour = timezone.now(), recipient.next_at
    if is_urgent:
        hour = now
    elif (hour is None or hour <= now) and not waiting().filter(recipient=recipient).exists():
        hour = next_morning(recipient.user)
    if hour != recipient.next_at:
        Recipient.objects.filter(pk=recipient.pk).update(next_at=hour)


def waiting():
    return Notice.objects.filter(sent_at=None, left_out="")


def next_morning(user, now=None):
    """The next time that it is seven o'clock at the user's office, else in UTC."""
    row = Membership.objects.filter(user=user).exclude(office=None).select_related("office").order_by("pk").first()
    local = local_time(now or timezone.now(), row.office.timezone if row else "UTC")
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + datetime.timedelta(days=1)
