"""The log of enquiries: who asked what, until when, who answers it, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.text_fields import EmailField, LineField, LinesField

from ..article import Article


class EnquiryQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=Enquiry.OPEN)

    def most_urgent_first(self):
        return self.order_by(models.F("deadline").asc(nulls_last=True), "received_at", "id")


class Enquiry(models.Model):
    """One enquiry, from the form of the contact page or written down by the desk. It is in no fixture.

    After `settings.ENQUIRY_DAYS` the words and all that says who asked are deleted (`PERSONAL`); the rest stays.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        IN_HAND = "in_hand", _("in hand")
        ANSWERED = "answered", _("answer given")
        CLOSED = "closed", _("closed without an answer")

    OPEN = (State.NEW, State.IN_HAND)
    PERSONAL = ("name", "outlet", "email", "telephone", "about", "question", "answer", "outcome")

    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    name = LineField(_("asked by"), max_length=160, blank=True)
    outlet = LineField(_("outlet"), max_length=160, blank=True)
    email = EmailField(_("e-mail"), blank=True)
    telephone = LineField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    about = LineField(_("about"), max_length=300, blank=True, help_text=_("As it was typed."))
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="enquiries", verbose_name=_("article")
    )
    question = LinesField(_("question"), blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("Who answers it."),
    )
    answer = LinesField(_("our answer"), blank=True)
    outcome = LinesField(_("outcome"), blank=True, help_text=_("What came of it, such as an interview or a story."))
    erased_at = models.DateTimeField(_("personal data deleted"), null=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="articles_enquiry_received"),
            models.Index(
                fields=["deadline"],
                condition=models.Q(state__in=["new", "in_hand"]),
                name="articles_enquiry_open",
            ),
            models.Index(
                fields=["received_at"], condition=models.Q(erased_at=None), name="articles_enquiry_not_erased"
            ),
        ]

    def __str__(self):
        """Without a word of the enquiry: the log of the admin keeps it."""
        return str(_("Enquiry %(number)s") % {"number": self.pk})

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def is_late(self):
        return self.is_open and self.deadline is not None and self.deadline < timezone.now()
