"""Sends the notices that wait: the job "mail" of the worker.

For each recipient it claims the queue by one UPDATE, sends one mail with all notices that wait, and marks them as sent.
A worker that is killed before the mail is handed over leaves the notices to the next one, when its claim has ended.
Only if it is killed after the mail server has taken the mail and before that is stored is the mail sent twice; both
copies have the same Message-ID. While a mail server fails, the gaps between attempts grow to an hour.
"""

import contextlib
import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.validators import validate_email
from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from contacts import permissions as directory_permissions

from .. import permissions
from ..models import Article, Notice, Recipient
from . import digest, notices
from .notices import waiting

logger = logging.getLogger(__name__)

LOOK_EVERY = 20  # seconds
BETWEEN_MAILS = timedelta(minutes=10)
CLAIM = timedelta(minutes=5)  # a mail server that does not answer is given up after seconds
LONGEST_GAP = timedelta(hours=1)
GIVEN_UP = timedelta(days=3)
AT_ONCE = 200  # recipients of one run
IN_ONE_MAIL = 50  # notices
MARK_TRIES = 3
ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPResponseException)  # the server answers


def due(now):
    """The recipients to whom a mail can be sent now, those who wait longest first."""
    return (
        Recipient.objects.filter(_is_free(now), Exists(waiting().filter(recipient=OuterRef("pk"))))
        .select_related("user")
        .order_by(F("next_at").asc(nulls_first=True), "pk")
    )


def _is_free(now):
    return (Q(next_at=None) | Q(next_at__lte=now)) & (Q(claimed_until=None) | Q(claimed_until__lte=now))


def send_due():
    """Send what is due; the number of mails. Ends if the mail server cannot be reached: the next run tries again."""
    sent, connection = 0, get_connection()
    try:
        for recipient in due(timezone.now())[:AT_ONCE]:
            if not _claim(recipient):
                continue  # another worker has it
            try:
                mail, included = _prepare(recipient)
                if mail is None:
                    _release(recipient)
                    continue
                connection.open()
                connection.send_messages([mail])
            except Exception as error:
                _close(connection)
                _postpone(recipient, error)
                if isinstance(error, OSError) and not isinstance(error, ABOUT_ONE_MAIL):
                    break
            else:
                _mark_sent(recipient, included)
                sent += 1
    finally:
        _close(connection)
    return sent


def _claim(recipient):
    now = timezone.now()
    return bool(Recipient.objects.filter(_is_free(now), pk=recipient.pk).update(claimed_until=now + CLAIM))


def _release(recipient):
    Recipient.objects.filter(pk=recipient.pk).update(claimed_until=None)


def _prepare(recipient):
    """(the mail or None, the notices in it). What cannot or may not be sent any more is left out, with the reason."""
    found = waiting().filter(recipient=recipient).select_related("article", "enquiry", "contact")
    found = list(found.order_by("pk")[:IN_ONE_MAIL])
    if reason := _no_mail(recipient):
        _leave_out(found, reason)
        return None, []
    articles = Article.objects.filter(pk__in={notice.article_id for notice in found} - {None})
    seen = set(permissions.visible(recipient.user, articles).values_list("pk", flat=True))
    answers = permissions.may(recipient.user, "enquiries")

    def may_be_seen(notice):
        if notice.contact_id:
            return directory_permissions.may_edit(recipient.user, notice.contact.office_id)
        return answers if notice.enquiry_id else notice.article_id in seen

    _leave_out([notice for notice in found if not may_be_seen(notice)], "may not be seen")
    found = [notice for notice in found if may_be_seen(notice)]
    return (digest.message(recipient, found), found) if found else (None, [])


def _no_mail(recipient):
    if not recipient.user.is_active:
        return "no account"
    if recipient.mails == Recipient.Mails.OFF:
        return "switched off"
    try:
        validate_email(recipient.user.email)
    except ValidationError:
        return "no address"
    return ""


def _leave_out(found, reason):
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(left_out=reason)


def _mark_sent(recipient, included):
    """Store that the mail was handed over. Tried again: otherwise it would be sent a second time."""
    for attempt in range(1, MARK_TRIES + 1):
        try:
            return _store_sent(recipient, included)
        except DatabaseError:
            if attempt == MARK_TRIES:
                raise
    return None


@transaction.atomic
def _store_sent(recipient, included):
    now = timezone.now()
    Notice.objects.filter(pk__in=[notice.pk for notice in included]).update(sent_at=now)
    is_daily = recipient.mails == Recipient.Mails.DAILY
    next_at = notices.next_morning(recipient.user, now) if is_daily else now + BETWEEN_MAILS
    Recipient.objects.filter(pk=recipient.pk).update(next_at=next_at, claimed_until=None, attempts=0)


def _postpone(recipient, error):
    """The next attempt after 1, 2, 4 … minutes, then every hour; what is older than three days is given up."""
    now, attempts = timezone.now(), recipient.attempts + 1
    gap = min(timedelta(minutes=2 ** min(recipient.attempts, 10)), LONGEST_GAP)
    old = waiting().filter(recipient=recipient, created_at__lt=now - GIVEN_UP)
    given_up = old.update(left_out="not deliverable")
    Recipient.objects.filter(pk=recipient.pk).update(next_at=now + gap, claimed_until=None, attempts=attempts)
    logger.warning(
        "A mail to user %d could not be sent (attempt %d, %d notices given up): %s",
        recipient.pk, attempts, given_up, type(error).__name__,
    )  # fmt: skip


def _close(connection):
    """The server may have ended the connection already, which is no failure of the mails before."""
    with contextlib.suppress(OSError):
        connection.close()
