"""Offices: where they are, what they cover, when they answer."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..languages import Wording
from ..validators import validate_languages, validate_texts, validate_timezone
from .base import Coded, CodedQuerySet, Translation, code_field
from .links import Succeeded, refuse_circles
from .places import Country
from .text_fields import EmailField, LineField, LinesField, URLField


class OfficeQuerySet(CodedQuerySet):
    def open(self, day=None):
        """Offices that are not permanently closed on that day, by default today in UTC."""
        day = day or timezone.now().date()
        return self.filter(models.Q(closed=None) | models.Q(closed__gt=day))

    in_use = open


class Office(Succeeded, Coded):
    """An office of the organisation. The page of a closed one stays; its filter and lists lead to its successor."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("headquarters")
        REGIONAL = "regional", _("regional office")
        COUNTRY = "country", _("country office")
        SUB_OFFICE = "sub-office", _("sub-office")
        LIAISON = "liaison", _("liaison office")

    code = code_field()
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.COUNTRY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("reports to")
    )
    host_country = models.ForeignKey(Country, models.PROTECT, related_name="offices", verbose_name=_("host country"))
    timezone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_timezone],
        help_text=_("IANA name, such as Africa/Nairobi."),
    )
    languages = models.JSONField(
        _("languages spoken"),
        default=list,
        blank=True,
        validators=[validate_languages],
        help_text=_("A list of language tags (BCP 47)."),
    )
    email = EmailField(_("e-mail"), blank=True)
    website = URLField(_("website"), blank=True)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    opened = models.DateField(_("opened on"), null=True, blank=True)
    closed = models.DateField(_("closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_("Once the office has closed, its filter leads to this one, whose lists include its articles."),
    )

    HAS_ENDED = _("“%(row)s” has closed.")
    USE_INSTEAD = _("“%(row)s” has closed. Choose “%(successor)s” instead.")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="contacts_office_point_is_a_pair",
                violation_error_message=_("Give both latitude and longitude, or neither."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed=None) | models.Q(opened=None) | models.Q(closed__gte=models.F("opened")),
                name="contacts_office_closed_after_opened",
                violation_error_message=_("An office cannot close before it opens."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("contacts:office", args=[self.code])

    def clean(self):
        refuse_circles(self, "parent", "successor")

    @property
    def has_ended(self):
        return self.is_closed

    @property
    def is_closed(self):
        return self.closed is not None and self.closed <= timezone.now().date()


class OfficeTranslation(Translation):
    owner_field = "office"

    office = models.ForeignKey(Office, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=160)
    city = LineField(_("city"), max_length=120, blank=True)
    address = LinesField(_("address"), blank=True)
    intro = LinesField(_("introduction"), blank=True)

    class Meta(Translation.Meta):
        verbose_name = _("name of an office")
        verbose_name_plural = _("names of offices")
        constraints = [models.UniqueConstraint(fields=["office", "language"], name="contacts_officetranslation_key")]


class OfficePartManager(models.Manager):
    """Manager of rows that belong to an office; natural key: the office's code and the fields in `part_key`."""

    def get_by_natural_key(self, code, *rest):
        names = self.model.part_key
        if "country" in names:
            return self.get(office__code=code, country__iso3=rest[0])
        return self.get(office__code=code, **dict(zip(names, rest, strict=True)))


class OfficeCountry(models.Model):
    """A country that an office is responsible for, and how."""

    class Role(models.TextChoices):
        COVERS = "covers", _("coverage")
        COORDINATES = "coordinates", _("coordination")
        LIAISES = "liaises", _("liaison")

    part_key = ("country",)

    office = models.ForeignKey(Office, models.CASCADE, related_name="coverage")
    country = models.ForeignKey(Country, models.PROTECT, related_name="covered_by", verbose_name=_("country"))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.COVERS)

    objects = OfficePartManager()

    class Meta:
        verbose_name = _("country covered")
        verbose_name_plural = _("countries covered")
        ordering = ["office", "country"]
        constraints = [models.UniqueConstraint(fields=["office", "country"], name="contacts_officecountry_key")]

    def __str__(self):
        return f"{self.office.code} – {self.country.iso3}"

    def natural_key(self):
        return (self.office.code, self.country.iso3)


class OpeningHours(models.Model):
    """A period of local time on one day of the week in which an office can be reached."""

    part_key = ("weekday", "opens")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    office = models.ForeignKey(Office, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    objects = OfficePartManager()

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.UniqueConstraint(fields=["office", "weekday", "opens"], name="contacts_openinghours_key"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="contacts_openinghours_closes_after_opens",
                violation_error_message=_("Closing time comes after opening time."),
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def natural_key(self):
        return (self.office.code, self.weekday, self.opens)


class OfficeClosure(models.Model):
    """Days on which an office is closed, such as a public holiday; both days included."""

    part_key = ("first_day",)

    office = models.ForeignKey(Office, models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    notes = models.JSONField(
        _("note"),
        default=dict,
        blank=True,
        validators=[validate_texts],
        help_text=_("What readers are told, in each language."),
    )

    objects = OfficePartManager()

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day"]
        constraints = [
            models.UniqueConstraint(fields=["office", "first_day"], name="contacts_officeclosure_key"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="contacts_officeclosure_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.office.code} {self.first_day:%Y-%m-%d}"

    @property
    def note(self):
        """The note as a `Wording`."""
        return Wording.of(self.notes)

    def clean(self):
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day cannot come before the first.")})

    def natural_key(self):
        return (self.office.code, self.first_day)
