"""What follows a mail to somebody outside that could not be sent: another attempt after a gap, or no more mails."""

import logging
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

LONGEST_GAP = timedelta(hours=1)
AFTER_REFUSAL = timedelta(hours=12)
MOST_REFUSALS = 3  # permanent ones, in a row, each half a day after the one before
GIVEN_UP = timedelta(days=3)
ABOUT_SERVER = (SMTPAuthenticationError, SMTPSenderRefused)
ABOUT_ONE_MAIL = (SMTPRecipientsRefused, SMTPResponseException)
REFUSED, NOT_DELIVERABLE = "refused", "not deliverable"  # why something was left out


def is_about_server(error):
    """Whether the mail server fails for everybody: it does not answer, or refuses us and not this one mail."""
    if isinstance(error, ABOUT_SERVER):
        return True
    return isinstance(error, OSError) and not isinstance(error, ABOUT_ONE_MAIL)


def is_refusal(error):
    """Whether the server refuses the e-mail address or the mail permanently (5xx)."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return bool(codes) and all(500 <= code < 600 for code in codes)
    return isinstance(error, SMTPDataError) and 500 <= error.smtp_code < 600


@transaction.atomic
def postpone(owner, waiting, error):
    """The next attempt after 1, 2, 4 … minutes, then every hour; what is older than three days is given up.

    owner: the e-mail address (`MailQueue`). waiting: what waits to be sent to it, a queryset of `Queued`. After the
    third permanent refusal the e-mail address is switched off. Returns whether it was.
    """
    now, refused = timezone.now(), is_refusal(error)
    gap = AFTER_REFUSAL if refused else min(timedelta(minutes=2 ** min(owner.attempts, 10)), LONGEST_GAP)
    refusals = owner.refusals + refused
    row = type(owner).objects.filter(pk=owner.pk)
    row.update(next_at=now + gap, attempts=owner.attempts + 1, refusals=refusals)
    is_off, given_up = refusals >= MOST_REFUSALS, 0
    if is_off:
        row.update(switched_off_at=now)
        given_up = waiting.update(left_out=REFUSED)
    elif not refused:
        given_up = waiting.filter(due_at__lt=now - GIVEN_UP).update(left_out=NOT_DELIVERABLE)
    logger.warning(
        "A mail to %s %d could not be sent (attempt %d, %d deliveries given up): %s",
        owner._meta.model_name, owner.pk, owner.attempts + 1, given_up, type(error).__name__,
    )  # fmt: skip
    return is_off
