"""Mail to the people of the desk: notices that wait for a person, and how that person wants to get them."""

from django.conf import settings
from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models import Contact

from ..article import Article
from ..journalists.enquiries import Enquiry

USER = settings.AUTH_USER_MODEL


def default_language():
    return settings.LANGUAGE_CODE


class Recipient(models.Model):
    """The settings of somebody at the desk: their languages; in which language and how often they get mail, and the
    state of the queue of their notices.

    A worker that sends claims the row until `claimed_until`. After a failure it is tried again at `next_at`, and
    after a mail not before `next_at`.
    """

    class Mails(models.TextChoices):
        OFF = "off", _("no mails")
        AT_ONCE = "at_once", _("at once, at most one in ten minutes")
        DAILY = "daily", _("once a day, in the morning")

    user = models.OneToOneField(USER, models.CASCADE, primary_key=True, related_name="recipient")
    language = models.CharField(
        _("language of mails"), max_length=12, choices=language_choices, default=default_language
    )
    mails = models.CharField(_("mails"), max_length=12, choices=Mails, default=Mails.AT_ONCE)
    # Their desk shows what these lack; while there are none, what the languages of their own translations lack.
    languages = models.JSONField(_("languages into which I translate"), default=list, blank=True)
    next_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("settings of mails")
        verbose_name_plural = _("settings of mails")

    def __str__(self):
        return f"{self.user}: {self.mails}, {self.language}"


class Notice(models.Model):
    """One notice for a person about an article, an enquiry or a contact.

    It is sent once, alone or with others.
    """

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        SENT_BACK = "sent_back", _("Sent back")
        APPROVED = "approved", _("Approved")
        PUBLISHED = "published", _("Published")
        EMERGENCY = "emergency", _("Published in an emergency")
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REMOVED = "removed", _("Removed from the site")
        RETURNED = "returned", _("Public again")
        ASSIGNED = "assigned", _("You act next")
        REMARK = "remark", _("Remark")
        ENQUIRY = "enquiry", _("Enquiry")
        HELD = "held", _("Held: the source has changed")
        PAST_HOUR = "past_hour", _("Past its hour and not approved")
        EMBARGO = "embargo", _("The embargo has begun, and it is not approved")
        UNREACHABLE = "unreachable", _("Nobody to ask any more")

    recipient = models.ForeignKey(Recipient, models.CASCADE, related_name="notices")
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="notices")
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, null=True, related_name="notices")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    left_out = models.CharField(max_length=24, blank=True)  # why it was not sent, if it was not

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article__isnull=False, enquiry=None, contact=None)
                | models.Q(article=None, enquiry__isnull=False, contact=None)
                | models.Q(article=None, enquiry=None, contact__isnull=False),
                name="articles_notice_of_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["recipient", "created_at"],
                condition=models.Q(sent_at=None, left_out=""),
                name="articles_notice_waiting",
            )
        ]

    def __str__(self):
        return f"{self.recipient_id}: {self.kind} {self.article_id or self.enquiry_id or self.contact_id}"

    @property
    def title(self):
        """What it is about, in one line. Of an enquiry the mail says no word of who asks, nor of what."""
        if self.contact_id:
            return self.contact.name
        return self.article.headline if self.article_id else str(self.enquiry_id)

    @property
    def title_attributes(self):
        """The language and direction of the title, for its element."""
        article = self.article
        return format_html(' lang="{}" dir="{}"', article.language, article.direction) if article else ""
