"""Subscriptions to new editions by e-mail, and what must be sent to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.text_fields import EmailField

from .history import Revision


class Subscription(models.Model):
    """A reader who wants e-mail about new editions that match a filter of the list."""

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")

    email = EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    filter = models.CharField(_("filter"), max_length=500, blank=True, help_text=_("The query string of the list."))
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency, default=Frequency.IMMEDIATE)
    token_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["email", "language", "filter"], name="articles_subscription_key")
        ]

    def __str__(self):
        return f"{self.email} {self.language} {self.filter}".strip()


class Delivery(models.Model):
    """One edition to send to one subscriber. The row is unique, so that nobody gets it twice."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    edition = models.ForeignKey(Revision, models.CASCADE, related_name="deliveries")
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["subscription", "edition"], name="articles_delivery_once")]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="articles_delivery_due")]

    def __str__(self):
        return f"{self.subscription_id} {self.edition_id}"
