"""Queues messages for webhooks: in the transaction of a change, and by a job when a scheduled moment has come.

A message names an article that is public, or was, by its URLs; it holds no text. What is approved for later is
noted when its moment has come (`note_by_clock`): before that, nobody outside knows of it.
"""

from datetime import UTC, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from .. import jobs
from ..models import Article, Revision, Webhook, WebhookMessage
from ..models.outgoing.webhooks import Event

JOB = "webhooks"
OVERLAP = timedelta(minutes=10)  # a publication may be committed that much later than its moment
STATES = {Event.WITHDRAWN: "withdrawn", Event.REMOVED: "removed"}
TAKING = {Article.State.WITHDRAWN: Event.WITHDRAWN, Article.State.GONE: Event.REMOVED}


def note_move(article, name):
    """After a move of the workflow: what readers see now that they did not see before."""
    if article.revises_id:
        return
    if name in ("withdraw", "remove", "reinstate", "take_back") and article.state in TAKING:
        note(article, TAKING[article.state])
    elif name in ("reinstate", "take_back") and article.is_live:
        note(article, Event.PUBLISHED)
    elif name in ("approve", "publish", "emergency") and article.is_live:
        note(article, Event.PUBLISHED, at=article.publish_at)


def note_edition(article, edition):
    """After a new edition of a live article."""
    if article.is_live:
        is_correction = edition.change_kind == Article.Change.CORRECTION
        note(article, Event.CORRECTED if is_correction else Event.UPDATED)


def note(article, event, at=None):
    """Write a message for each endpoint that wants this event in this language."""
    told = [one for one in Webhook.objects.filter(is_active=True) if wants(one, event, article.language)]
    _write([_message(webhook, article, event, at or timezone.now(), _last_edition(article)) for webhook in told])


def note_by_clock():
    """Write messages for what became public because its moment has come, once for each endpoint."""
    now = timezone.now()
    for webhook in Webhook.objects.filter(is_active=True):
        since = max(webhook.seen_until - OVERLAP, webhook.active_since)
        with transaction.atomic():
            rows = Article.objects.live().filter(listed_at__gt=since).order_by("listed_at", "pk")
            wanted = [row for row in rows.defer("body", "began_as") if wants(webhook, Event.PUBLISHED, row.language)]
            known = WebhookMessage.objects.filter(
                webhook=webhook, event=Event.PUBLISHED, article__in=[row.pk for row in wanted]
            )
            known = set(known.values_list("article", "at"))
            new = [row for row in wanted if (row.pk, row.publish_at) not in known]
            _write([_message(webhook, row, Event.PUBLISHED, row.publish_at, _last_edition(row)) for row in new])
            Webhook.objects.filter(pk=webhook.pk, seen_until__lt=now).update(seen_until=now)


def send_test(webhook):
    """Write a message that only says that it is a test."""
    message = WebhookMessage(webhook=webhook, event=Event.TEST, at=timezone.now(), data={"webhook": webhook.name})
    _write([message])


def wants(webhook, event, language):
    return event in webhook.events and (not webhook.languages or language in webhook.languages)


def _write(messages):
    if messages:
        WebhookMessage.objects.bulk_create(messages, ignore_conflicts=True)
        transaction.on_commit(lambda: jobs.wake(JOB))


def _last_edition(article):
    editions = Revision.objects.filter(article=article.pk).editions()
    return editions.values_list("edition", flat=True).first()


def _message(webhook, article, event, at, edition):
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    data = {
        "id": article.pk,
        "language": article.language,
        "reference": article.reference,
        "state": STATES.get(event, "live"),
        "edition": edition,
        "url": base + article.get_absolute_url(),
        "api_url": base + reverse("api:article", args=[article.pk]),
    }
    return WebhookMessage(webhook=webhook, event=event, article=article.pk, at=at, data=data)


def body(message):
    """What is sent, as a dictionary: `type`, `timestamp` and `data` of the Standard Webhooks specification."""
    moment = message.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {"type": message.event, "timestamp": moment, "data": message.data}
