"""Mails to the press: a sending of an article to chosen journalists, with one delivery for each of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices

from ..article import Article
from ..desk.personal_links import Pass
from ..outgoing.queues import Queued
from .journalists import Journalist, PressList

USER = settings.AUTH_USER_MODEL


class Sending(models.Model):
    """One article for some journalists: a plan until it is confirmed, which writes its deliveries.

    `article` is the source of a story or, for a mail to those who were sent a wrong text, that language version.
    `texts`: {language: {"subject", "note"}}. `left_out`: {reason: how many} of those whom the plan left out.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("public text")
        EMBARGO = "embargo", _("under embargo, with passes")
        CORRECTED = "corrected", _("correction")
        WITHDRAWN = "withdrawn", _("withdrawal")
        REMOVED = "removed", _("removal")
        RETURNED = "returned", _("public again")

    ABOUT_SENT_TEXTS = (Kind.CORRECTED, Kind.WITHDRAWN, Kind.REMOVED, Kind.RETURNED)

    article = models.ForeignKey(Article, models.CASCADE, related_name="sendings", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    lists = models.ManyToManyField(PressList, related_name="sendings", verbose_name=_("press lists"))
    journalists = models.ManyToManyField(Journalist, related_name="+", verbose_name=_("journalists"))
    texts = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("planned"), default=timezone.now)
    created_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", verbose_name=_("planned by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by"))
    left_out = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("mail to the press")
        verbose_name_plural = _("mails to the press")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"


class PressDelivery(Queued):
    """One mail of a sending to one journalist; without them when their data were deleted.

    `number` is the edition that the mail reports, `edition` the one whose text was sent or opened to a pass. `given` is
    the embargo pass whose URL the mail has. `ended_at`: the journalist ended the mails by the link of this one.
    """

    class LeftOut(models.TextChoices):
        NOT_PUBLIC = "not public", _("not public any more, and under no embargo")
        NO_CONSENT = "no consent", _("the consent has ended")
        NOTHING_NEW = "nothing new", _("was sent this text already")
        REVOKED = "revoked", _("the embargo pass was revoked")
        REFUSED = "refused", _("the address was refused")
        NOT_DELIVERABLE = "not deliverable", _("not deliverable for days")
        RESTORED = "restored", _("waited when the site was restored from a backup")

    sending = models.ForeignKey(Sending, models.CASCADE, related_name="deliveries", verbose_name=_("mail to the press"))
    journalist = models.ForeignKey(
        Journalist, models.SET_NULL, null=True, related_name="deliveries", verbose_name=_("journalist")
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="press_deliveries", verbose_name=_("article"))
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Sending.Kind)
    number = models.PositiveIntegerField()
    given = models.ForeignKey(Pass, models.SET_NULL, null=True, related_name="press_deliveries")
    left_out = models.CharField(_("not sent"), max_length=24, blank=True, choices=LeftOut)
    ended_at = models.DateTimeField(_("ended the mails"), null=True)

    class Meta:
        verbose_name = _("mail to a journalist")
        verbose_name_plural = _("mails to journalists")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["journalist", "article", "kind", "number"],
                condition=models.Q(left_out=""),
                name="articles_press_delivery_once",
            ),
            models.UniqueConstraint(fields=["sending", "journalist"], name="articles_press_delivery_of_sending"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None, left_out=""), name="articles_press_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.sending_id} {self.pk}"
