"""Journalists to whom the press office writes, their consent, and lists of them. Personal data, so in no fixture."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models import Country, Office, Region
from contacts.models.text_fields import EmailField, LineField, LinesField

from ...publication_day import earliest
from ..outgoing.queues import MailQueue
from ..topics import Topic

USER = settings.AUTH_USER_MODEL


CODES = Cast("other_languages", models.TextField())


def reads(languages):
    """Condition, with CODES as `codes`: the journalist reads one of the languages, as the first or as another one."""
    found = models.Q(language__in=languages)
    for code in languages:
        found |= models.Q(codes__contains=f'"{code}"')
    return found


class Journalist(MailQueue):
    """Somebody of the press. Nobody is written to without consent: `consent_on` is the day on which it was given.

    Consents are given, changed and ended by `articles.press_lists.journalists`, which keeps the log.
    """

    name = LineField(_("name"), max_length=120)
    outlet = LineField(_("outlet"), max_length=120)
    email = EmailField(_("e-mail"))
    telephone = LineField(_("telephone"), max_length=60, blank=True)
    language = models.CharField(
        _("language"), max_length=12, choices=language_choices, help_text=_("Mails are written in it.")
    )
    other_languages = models.JSONField(
        _("also reads"), default=list, blank=True, help_text=_("Used if there is no text in the first language.")
    )
    regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("regions"))
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    notes = LinesField(_("notes"), blank=True)
    consent_on = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("Nobody is written to without consent.")
    )
    consent_source = LineField(
        _("source of the consent"), max_length=200, blank=True,
        help_text=_("How it was given, such as “e-mail to the press office”."),
    )  # fmt: skip
    is_active = models.BooleanField(_("active"), default=True, help_text=_("Who is not active gets no mails."))
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("journalist")
        verbose_name_plural = _("journalists")
        ordering = ["name", "id"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="articles_journalist_email",
                violation_error_message=_("A journalist with this e-mail address is listed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(consent_on=None) | ~models.Q(consent_source=""),
                name="articles_journalist_consent",
                violation_error_message=_("Say how the consent was given."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.outlet})"

    def clean(self):
        if self.consent_on and earliest(self.consent_on) > timezone.now():
            raise ValidationError({"consent_on": _("This day is to come.")})
        if self.consent_source and not self.consent_on:
            raise ValidationError({"consent_on": _("Enter the day on which the consent was given.")})
        if self.consent_on and not self.consent_source:
            raise ValidationError({"consent_source": _("Say how the consent was given.")})

    @property
    def languages(self):
        """The languages that the journalist reads, the preferred one first."""
        return list(dict.fromkeys([self.language, *self.other_languages]))


class ConsentChange(models.Model):
    """A line of the log of consents: given or ended, when, by whom, and how. Lines are only added."""

    journalist = models.ForeignKey(Journalist, models.CASCADE, related_name="consent_log")
    at = models.DateTimeField(default=timezone.now)
    given_on = models.DateField(null=True)  # None: it ended
    source = LineField(max_length=200, blank=True)
    by = models.ForeignKey(USER, models.SET_NULL, null=True, related_name="+")  # None: the journalist, or a file

    class Meta:
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.given_on or '–'}"


class PressList(models.Model):
    """Journalists by name or by a rule. Used by those of its office who may write to the press; without one, by all."""

    class Kind(models.TextChoices):
        PICKED = "picked", _("chosen by name")
        RULE = "rule", _("by a rule")

    name = LineField(_("name"), max_length=120, unique=True)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("office"),
        help_text=_("Whose list it is. Without an office, all who may write to the press use it."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PICKED)
    journalists = models.ManyToManyField(
        Journalist, blank=True, related_name="press_lists", verbose_name=_("journalists")
    )
    outlet = LineField(_("outlet"), max_length=120, blank=True, help_text=_("A part of its name is enough."))
    regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("regions"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    languages = models.JSONField(_("languages"), default=list, blank=True)

    class Meta:
        verbose_name = _("press list")
        verbose_name_plural = _("press lists")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self):
        return self.name
