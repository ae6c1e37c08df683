"""Sends the messages that wait: the job "webhooks" of the worker.

A worker claims a message by one UPDATE, sends it and stores the attempt. One that is killed in between leaves the
message to the next worker, when its claim has ended: so a message may arrive twice, with the same `webhook-id`, and is
never lost. The gaps between attempts grow; all together they are more than three days. An endpoint that has failed for
so long, or says that it is gone (410), is switched off, and its owner gets a mail.
"""

import json
import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..media import fetch
from ..models import Recipient, Webhook, WebhookMessage
from . import events, signing

logger = logging.getLogger(__name__)

LOOK_EVERY = 10  # seconds
CLAIM = timedelta(minutes=2)
AT_ONCE = 100  # messages of one run
GAPS = [timedelta(minutes=number) for number in (1, 5, 30, 120, 300, 600, 840, 1200, 1440)]
SWITCHED_OFF_AFTER = timedelta(days=3)
KEPT = timedelta(days=30)  # messages that were delivered or given up, with their attempts
KEPT_ANSWER = 500  # characters
GONE = 410
State = WebhookMessage.State


def run():
    """The job: sends what is due, and forgets what is old."""
    send_due()
    WebhookMessage.objects.exclude(state=State.WAITING).filter(at__lt=timezone.now() - KEPT).delete()


def _is_free(now):
    return Q(claimed_until=None) | Q(claimed_until__lte=now)


def due(now):
    """Those that can be sent now, those that wait longest first. An endpoint without a secret is sent nothing yet."""
    waiting = WebhookMessage.objects.filter(_is_free(now), state=State.WAITING, next_at__lte=now)
    return waiting.filter(webhook__is_active=True).exclude(webhook__secret="").order_by("next_at", "pk")


def send_due():
    """Send what is due; returns how many were delivered. An endpoint that fails keeps none of the others waiting."""
    delivered, failed = 0, set()
    for _number in range(AT_ONCE):
        message = due(timezone.now()).exclude(webhook__in=failed).select_related("webhook__owner").first()
        if message is None:
            break
        if not _claim(message):
            continue  # another worker has it
        if _send(message):
            delivered += 1
        else:
            failed.add(message.webhook_id)
    return delivered


def _claim(message):
    now = timezone.now()
    rows = WebhookMessage.objects.filter(_is_free(now), pk=message.pk, state=State.WAITING, next_at__lte=now)
    return bool(rows.update(claimed_until=now + CLAIM))


def _send(message):
    """Whether the endpoint took the message; the attempt is stored in any case."""
    body = json.dumps(events.body(message), ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Content-Type": "application/json"} | signing.headers(message.webhook, message.message_id, body)
    begun = time.monotonic()
    try:
        status, answer = fetch.post(message.webhook.address, body, headers, **_allowed())
    except fetch.FetchError as error:
        status, answer = error.status, str(error)
    milliseconds = round((time.monotonic() - begun) * 1000)
    message.log.create(status=status, milliseconds=milliseconds, answer=answer.replace("\0", "")[:KEPT_ANSWER])
    if 200 <= status < 300:
        _delivered(message)
        return True
    _failed(message, status)
    return False


def _allowed():
    """https to public IP addresses; while developing any port, and in tests the own machine."""
    if settings.WEBHOOKS_ALLOW_PRIVATE:
        return {"is_allowed": lambda ip: True, "ports": range(1, 65536)}
    return {"ports": fetch.PORTS if settings.DEBUG else (443,)}


def _delivered(message):
    rows = WebhookMessage.objects.filter(pk=message.pk)
    rows.update(state=State.DELIVERED, claimed_until=None, attempts=F("attempts") + 1)
    Webhook.objects.filter(pk=message.webhook_id).update(failing_since=None)


def _failed(message, status):
    now, number = timezone.now(), message.attempts
    is_last = number >= len(GAPS)
    WebhookMessage.objects.filter(pk=message.pk).update(
        state=State.GIVEN_UP if is_last else State.WAITING,
        next_at=now if is_last else now + GAPS[number],
        claimed_until=None,
        attempts=number + 1,
    )
    webhook = message.webhook
    Webhook.objects.filter(pk=webhook.pk, failing_since=None).update(failing_since=now)
    since = Webhook.objects.filter(pk=webhook.pk).values_list("failing_since", flat=True).first()
    if status == GONE or (since and since <= now - SWITCHED_OFF_AFTER):
        _switch_off(webhook, now)


def _switch_off(webhook, now):
    if not Webhook.objects.filter(pk=webhook.pk, is_active=True).update(is_active=False, disabled_at=now):
        return
    logger.warning("The webhook “%s” was switched off: it failed for too long, or is gone.", webhook)
    if webhook.owner is None or not webhook.owner.email:
        return
    known = Recipient.objects.filter(user=webhook.owner).first()
    with override(known.language if known else settings.LANGUAGE_CODE):
        subject = _("A webhook was switched off: %(name)s") % {"name": webhook.name}
        text = _(
            "The address of the webhook “%(name)s” has refused messages or not answered for days. Nothing more is sent"
            " to it. Its log in the admin says why. When it works again, switch it on there."
        ) % {"name": webhook.name}
        try:
            send_mail(subject, text, None, [webhook.owner.email])
        except OSError as error:
            logger.warning("The owner of the webhook “%s” could not be told: %s", webhook, type(error).__name__)


def try_again(message):
    """Send a message once more as soon as possible, whatever became of it."""
    WebhookMessage.objects.filter(pk=message.pk).update(
        state=State.WAITING, next_at=timezone.now(), attempts=0, claimed_until=None
    )


def switch_on(webhook):
    """What becomes public from now on is sent again; what the endpoint has missed stays in its log."""
    now = timezone.now()
    Webhook.objects.filter(pk=webhook.pk).update(
        active_since=now, seen_until=now, failing_since=None, disabled_at=None, is_active=True
    )
