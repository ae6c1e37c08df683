"""E-mail alerts: readers, the lists to which they subscribe, announcements of articles, and who got which mail."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.text_fields import EmailField

from .article import Article
from .outgoing.queues import MailQueue, Queued, new_key  # noqa: F401 - a migration names `new_key` here


class Subscriber(MailQueue):
    """The e-mail address of a reader, with its queue of mails."""

    email = EmailField(_("e-mail"), unique=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ()

    def __str__(self):
        return self.email


class Subscription(models.Model):
    """A reader who wants e-mail about articles of one language that match a filter of the list.

    It counts from `confirmed_at`. While `mail_wanted_at` is set, a mail about the subscription itself waits to be sent:
    the request to confirm it or, if it is confirmed, the link to manage it.
    """

    class Frequency(models.TextChoices):
        IMMEDIATE = "immediate", _("at once")
        DAILY = "daily", _("daily")
        WEEKLY = "weekly", _("weekly")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    filter = models.CharField(_("filter"), max_length=500, blank=True, help_text=_("The query string of the list."))
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency, default=Frequency.IMMEDIATE)
    created_at = models.DateTimeField(_("signed up"), default=timezone.now, editable=False)
    mail_wanted_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "language", "filter"], name="articles_subscription_once")
        ]
        indexes = [
            models.Index(fields=["language", "filter"], name="articles_subscription_filter"),
            models.Index(
                fields=["mail_wanted_at"],
                condition=models.Q(mail_wanted_at__isnull=False),
                name="articles_subscription_mail",
            ),
        ]

    def __str__(self):
        return f"{self.subscriber} {self.language} {self.filter}".strip()


class Announcement(models.Model):
    """What is announced of an article, once: its publication, an edition, or that it was taken away.

    `number` is that of the edition, 0 of a publication, and of what is taken away or returns the id of the move.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Changed")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed from the site")
        RETURNED = "returned", _("Public again")

    article = models.ForeignKey(Article, models.CASCADE, related_name="announcements", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(_("at"), default=timezone.now)
    addressed_at = models.DateTimeField(null=True)  # when all its deliveries were written

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "kind", "number"], name="articles_announcement_once")]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(addressed_at=None), name="articles_announcement_new"),
        ]

    def __str__(self):
        return f"{self.article_id} {self.kind} {self.number}"


class AlertPosition(models.Model):
    """Up to where publications, editions and moves were looked through for announcements. There is one row."""

    began_at = models.DateTimeField(default=timezone.now)  # what was published before is no news
    seen_until = models.DateTimeField(default=timezone.now)
    revision = models.PositiveBigIntegerField(default=0)
    move = models.PositiveBigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.seen_until:%Y-%m-%d %H:%M}"


class Delivery(Queued):
    """One announcement to send to one subscriber, with what else is due."""

    class LeftOut(models.TextChoices):
        NOT_PUBLIC = "not public", _("not public any more")
        NOTHING_NEW = "nothing new", _("nothing new for this reader")
        REFUSED = "refused", _("the address was refused")
        NOT_DELIVERABLE = "not deliverable", _("not deliverable for days")
        RESTORED = "restored", _("waited when the site was restored from a backup")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries", verbose_name=_("subscriber"))
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    announcement = models.ForeignKey(
        Announcement, models.CASCADE, related_name="deliveries", verbose_name=_("announcement")
    )
    left_out = models.CharField(_("not sent"), max_length=24, blank=True, choices=LeftOut)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subscriber", "announcement"], name="articles_delivery_of_announcement")
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None, left_out=""), name="articles_delivery_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.subscriber_id} {self.announcement_id}"
