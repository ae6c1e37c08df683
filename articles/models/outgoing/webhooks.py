"""Webhooks: URLs of other systems, the messages to each about publications, and every attempt to send one."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import LineField, URLField
from contacts.validators import parts_of


class Event(models.TextChoices):
    """The `type` of a message; other systems rely on these names."""

    PUBLISHED = "article.published", _("publication")
    UPDATED = "article.updated", _("new edition")
    CORRECTED = "article.corrected", _("correction")
    WITHDRAWN = "article.withdrawn", _("withdrawal")
    REMOVED = "article.removed", _("removal")
    TEST = "webhook.test", _("test")


def all_events():
    return [event.value for event in Event if event != Event.TEST]


class Webhook(models.Model):
    """An endpoint. It gets messages of what becomes public after `active_since`.

    `seen_until`: messages of all publications up to this moment are in the queue.

    The secret signs the messages; for a day after a new one was made, the former signs them, too.
    """

    name = LineField(_("name"), max_length=120)
    address = URLField(
        _("address"), max_length=500, help_text=_("Of the other system: https://…, without another port.")
    )
    events = models.JSONField(_("events"), default=all_events)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Of the articles; none chosen: all languages.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Gets a mail if the address does not answer for days."),
    )
    secret = models.CharField(max_length=100, blank=True, editable=False)
    former_secret = models.CharField(max_length=100, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    active_since = models.DateTimeField(default=timezone.now, editable=False)
    seen_until = models.DateTimeField(default=timezone.now, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True, editable=False)
    disabled_at = models.DateTimeField(_("switched off"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "id"]

    def __str__(self):
        return self.name

    def clean(self):
        parts = parts_of(self.address)
        if parts.scheme != "https" and not (settings.DEBUG or settings.WEBHOOKS_ALLOW_PRIVATE):
            raise ValidationError({"address": _("Messages are sent to https addresses only.")})
        if parts.username or parts.password:
            raise ValidationError({"address": _("An address with a user name or a password is refused.")})


def new_message_id():
    return f"msg_{uuid.uuid4().hex}"


class WebhookMessage(models.Model):
    """One message to one endpoint. It stays the same, `message_id` included, however often it has to be sent.

    A worker claims the row until `claimed_until`; after a failure it is sent again at `next_at`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="messages")
    message_id = models.CharField(max_length=40, unique=True, default=new_message_id, editable=False)
    event = models.CharField(_("event"), max_length=24, choices=Event)
    article = models.BigIntegerField(null=True)  # not a foreign key: the message outlives its article
    at = models.DateTimeField(_("at"))
    data = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(state="waiting"), name="articles_webhook_waiting"),
            models.Index(fields=["at"], name="articles_webhook_at"),
        ]
        constraints = [
            # A scheduled publication may be noticed by several processes.
            models.UniqueConstraint(fields=["webhook", "article", "event", "at"], name="articles_webhook_told_once")
        ]

    def __str__(self):
        return f"{self.event} {self.message_id}"


class WebhookAttempt(models.Model):
    """One attempt to send a message: the status of the answer, 0 without one, and how it begins or what failed."""

    message = models.ForeignKey(WebhookMessage, models.CASCADE, related_name="log")
    at = models.DateTimeField(_("at"), default=timezone.now)
    status = models.PositiveSmallIntegerField(_("answer"), default=0)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    answer = models.TextField(blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.status}"
