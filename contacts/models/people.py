"""Contacts, which are persons or units, their names and their telephones."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..languages import Wording
from ..phones import international_format, parse
from ..validators import validate_languages
from .base import Coded, CodedQuerySet, Translation, code_field
from .links import Succeeded, refuse_circles
from .offices import Office
from .text_fields import EmailField, LineField


class ContactQuerySet(CodedQuerySet):
    def current(self, day=None):
        """Public contacts that are valid on that day, by default today in UTC.

        The day is not that of the office, so that a contact who ends and a successor in another time zone change at the
        same moment.
        """
        day = day or timezone.now().date()
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
            models.Q(valid_until=None) | models.Q(valid_until__gte=day),
            is_public=True,
        )

    def in_use(self):
        return self.exclude(valid_until__lt=timezone.now().date())


class Contact(Succeeded, Coded):
    """A person or a unit that journalists may call; a unit has no name of a person."""

    name_field = "display_name"
    other_name_fields = ("unit_name",)
    leads_by = "replaced_by"

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        UNIT = "unit", _("unit")

    class Purpose(models.TextChoices):
        MEDIA = "media", _("media")
        GENERAL = "general", _("general enquiries")
        PROGRAMME = "programme", _("programme")
        SPOKESPERSON = "spokesperson", _("spokesperson")

    code = code_field()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PERSON)
    office = models.ForeignKey(Office, models.PROTECT, related_name="contacts", verbose_name=_("office"))
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose, default=Purpose.MEDIA)
    email = EmailField(_("e-mail"), blank=True)
    languages = models.JSONField(
        _("languages spoken"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("A list of language tags (BCP 47)."),
    )
    is_public = models.BooleanField(_("public"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="contacts_contact_valid_until_after_from",
                violation_error_message=_("A contact cannot expire before it becomes valid."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("contacts:vcard", args=[self.code])

    def clean(self):
        refuse_circles(self, "replaced_by")

    @property
    def name(self):
        """A person's display name or a unit's name."""
        annotated = getattr(self, "local_name", "")
        named = annotated if annotated != self.code else ""
        return named or self.translated("display_name") or self.translated("unit_name") or self.code

    @property
    def naming(self):
        return self.wording("display_name") or self.wording("unit_name") or Wording(self.code)

    @property
    def job_title(self):
        return self.translated("job_title")

    @property
    def unit_name(self):
        return self.translated("unit_name")

    def is_current(self, day=None):
        day = day or timezone.now().date()
        return (
            self.is_public
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or self.valid_until >= day)
        )

    @property
    def has_ended(self):
        return self.valid_until is not None and self.valid_until < timezone.now().date()

    @property
    def leads_on(self):
        """A contact that is hidden, or not yet valid, leads on, too."""
        return self.replaced_by_id is not None and not self.is_current()

    def for_public(self):
        """The contact if it is current, else its first current successor; None if there is none."""
        final = self.final
        return final if final.is_current() else None


class ContactTranslation(Translation):
    owner_field = "contact"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="translations")
    display_name = LineField(_("name of the person"), max_length=160, blank=True)
    job_title = LineField(_("job title"), max_length=160, blank=True)
    unit_name = LineField(_("name of the unit"), max_length=160, blank=True)

    class Meta(Translation.Meta):
        verbose_name = _("name of a contact")
        verbose_name_plural = _("names of contacts")
        constraints = [
            models.UniqueConstraint(fields=["contact", "language"], name="contacts_contacttranslation_key"),
            models.CheckConstraint(
                condition=~models.Q(display_name="", unit_name=""),
                name="contacts_contacttranslation_has_a_name",
                violation_error_message=_("Give the name of the person or of the unit."),
            ),
        ]


class PhoneManager(models.Manager):
    def get_by_natural_key(self, owner, display):
        return self.get(models.Q(office__code=owner) | models.Q(contact__code=owner), display=display)

    def read_again(self, **owners):
        """Read the E.164 numbers of these owners' telephones once more: their country may have changed."""
        phones = self.filter(**owners).select_related("office__host_country", "contact__office__host_country")
        for phone in phones:
            if phone.e164 != parse(phone.display, phone.country_code):
                phone.save(update_fields=["e164"])

    def read_again_of_offices(self, offices):
        """Those of the offices, given by ids, and of their contacts."""
        self.read_again(office__in=offices)
        self.read_again(contact__office__in=offices)


class Phone(models.Model):
    """A telephone as typed, and its E.164 numbers (ITU-T E.164).

    One line may hold two numbers ("+41 22 717 93 89/ 59"). An ambiguous line is shown as typed and has no number; the
    admin points it out.
    """

    class Kind(models.TextChoices):
        LANDLINE = "landline", _("landline")
        MOBILE = "mobile", _("mobile")
        DUTY = "duty", _("duty telephone")
        WHATSAPP = "whatsapp", _("WhatsApp")

    office = models.ForeignKey(Office, models.CASCADE, null=True, blank=True, related_name="phones")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="phones")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LANDLINE)
    display = LineField(_("number as typed"), max_length=80)
    e164 = models.JSONField(_("E.164 numbers"), default=list, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PhoneManager()

    class Meta:
        verbose_name = _("telephone")
        verbose_name_plural = _("telephones")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(office=None, contact__isnull=False) | models.Q(office__isnull=False, contact=None),
                name="contacts_phone_one_owner",
                violation_error_message=_("A telephone belongs to one office or to one contact."),
            ),
            models.UniqueConstraint(fields=["office", "display"], name="contacts_phone_office_key"),
            models.UniqueConstraint(fields=["contact", "display"], name="contacts_phone_contact_key"),
        ]

    def __str__(self):
        return self.display

    def save(self, *args, **kwargs):
        self.e164 = parse(self.display, self.country_code)
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "e164"}
        super().save(*args, **kwargs)

    def natural_key(self):
        return ((self.office or self.contact).code, self.display)

    def clean(self):
        if not self.display.strip():
            raise ValidationError({"display": _("Type the number.")})

    @property
    def country_code(self):
        """ISO 3166-1 alpha-2 of the office's country, for numbers without a country code."""
        office = self.office or (self.contact and self.contact.office)
        return office.host_country.iso2 if office else None

    @property
    def numbers(self):
        """The E.164 numbers; parsed here for rows from `loaddata`, which does not call `save()`."""
        return self.e164 or parse(self.display, self.country_code)

    @property
    def is_ambiguous(self):
        return not self.numbers

    @property
    def lines(self):
        """[(E.164 number, text to show)]; a single number is shown as typed."""
        numbers = self.numbers
        if len(numbers) == 1:
            return [(numbers[0], self.display)]
        return [(number, international_format(number)) for number in numbers]
