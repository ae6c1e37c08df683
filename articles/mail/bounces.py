"""Reads mails that report that one of ours could not be delivered (RFC 3464), and switches off its recipient.

Mail servers return the headers of our mail, in them the link that ends the mails. It is signed for one e-mail address,
so that nobody can switch off that of somebody else by a report that they write themselves.
"""

import re
from email import message_from_bytes, message_from_string, policy
from email.utils import getaddresses

from django.db import transaction
from django.utils import timezone

from ..models import Delivery, Journalist, PressDelivery, Subscriber, Subscription
from . import links
from .failures import REFUSED

LARGEST = 10 * 1024 * 1024  # bytes of a report that are read
# No such mailbox, host or route, or a mailbox that is closed (RFC 3463); a full mailbox and a refused text may pass.
GONE = re.compile(r"(?<![\d.])5\.(?:1\.\d{1,3}|2\.1|4\.4)(?![\d.])")
END = re.compile(r"/(?:alerts|press-mails)/end/([\w:.-]+)/?")
RETURNED = (
    "message/rfc822",
    "message/rfc822-headers",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
)


def read(data):
    """What a mail (bytes) reports, as a sentence for the log of operators; what it changes is stored."""
    mail = message_from_bytes(data[:LARGEST], policy=policy.compat32)
    if not _says_that_it_is_gone(mail):
        return "This reports no address that is gone. Nothing was changed."
    for headers in _returned(mail):
        if row := _row_of(headers):
            _switch_off(*row)
            return f"The address of {row[0]._meta.verbose_name} {row[0].pk} is switched off."
    return "The mail that came back is none of ours, or too old, or its address has changed. Nothing was changed."


def _says_that_it_is_gone(mail):
    """Whether one of the recipients failed permanently; several lines of fields for each are a part of the report."""
    for part in mail.walk():
        if part.get_content_type() not in ("message/delivery-status", "message/global-delivery-status"):
            continue
        for fields in part.get_payload() if part.is_multipart() else ():
            told = " ".join(str(fields.get(name, "")) for name in ("Status", "Diagnostic-Code"))
            if str(fields.get("Action", "")).strip().lower() == "failed" and GONE.search(told):
                return True
    return False


def _returned(mail):
    """The headers of the mails that came back with the report."""
    for part in mail.walk():
        if part.get_content_type() not in RETURNED:
            continue
        if part.is_multipart():
            yield from part.get_payload()
        else:
            content = part.get_payload(decode=True) or b""
            yield message_from_string(content.decode(errors="replace"))


def _row_of(headers):
    """(the e-mail address, ids of the rows that its mail was about), or None."""
    found = END.search(re.sub(r"\s", "", str(headers.get("List-Unsubscribe", ""))))
    to = {address.lower() for _name, address in getaddresses([str(headers.get("To", ""))])}
    for purpose, model in ((links.END, Subscriber), (links.PRESS_END, Journalist)):
        link = links.read(purpose, found[1]) if found else None
        row = model.objects.filter(key=link.key).first() if link else None
        if row and row.email.lower() in to:
            return row, link.ids
    return None


@transaction.atomic
def _switch_off(row, ids):
    type(row).objects.filter(pk=row.pk, switched_off_at=None).update(switched_off_at=timezone.now())
    if isinstance(row, Subscriber):
        Subscription.objects.filter(subscriber=row, confirmed_at=None).delete()  # nobody can confirm it any more
        Subscriber.objects.filter(pk=row.pk, subscriptions=None).delete()
        Subscription.objects.filter(subscriber=row).update(mail_wanted_at=None)
        Delivery.objects.waiting().filter(subscriber=row).update(left_out=REFUSED)
        return
    own = PressDelivery.objects.filter(journalist=row)
    own.waiting().update(left_out=REFUSED)
    own.filter(pk__in=ids, left_out="").update(left_out=REFUSED, sent_at=None, edition=0)  # it was not delivered
