"""Secrets and signatures by the Standard Webhooks specification 1.0 (standardwebhooks.com): HMAC-SHA256 with a time.

The receiver computes the same from the headers `webhook-id` and `webhook-timestamp` and the body, and refuses messages
whose time is minutes off, so that nobody can send an old one again.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from ..models import Webhook

PREFIX = "whsec_"
BYTES = 32
FORMER_FOR = timedelta(days=1)


def renew(webhook):
    """Make a new secret, which is shown now and never again. The former one signs beside it for a day."""
    secret = PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()
    Webhook.objects.filter(pk=webhook.pk).update(
        former_secret=F("secret"), former_until=timezone.now() + FORMER_FOR, secret=secret
    )
    webhook.refresh_from_db()
    return secret


def signature(secret, message_id, timestamp, body):
    """ "v1,…" for a body in bytes; timestamp: whole seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(webhook, message_id, body, now=None):
    """The headers of one attempt."""
    now = now or timezone.now()
    timestamp = int(now.timestamp())
    known = [webhook.secret]
    if webhook.former_secret and webhook.former_until and now < webhook.former_until:
        known.append(webhook.former_secret)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(secret, message_id, timestamp, body) for secret in known),
    }
