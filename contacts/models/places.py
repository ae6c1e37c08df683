"""Regions and countries, with their names."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..validators import validate_names
from .base import Coded, CodedQuerySet, Translation, code_field
from .links import Succeeded, refuse_circles, refuse_deep, refuse_ended
from .text_fields import LineField, LinesField


class RegionQuerySet(CodedQuerySet):
    def in_use(self):
        return self.filter(is_active=True)


class Region(Succeeded, Coded):
    """A region as the organisation divides the world. One that is no longer in use leads to its successor, if any.

    Regions have at most two levels, regions and subregions; the global region above them is none.
    """

    class Kind(models.TextChoices):
        GLOBAL = "global", _("global")
        REGION = "region", _("region")
        SUBREGION = "subregion", _("subregion")

    code = code_field()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.REGION)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(
        _("in use"),
        default=True,
        help_text=_("A region that is not in use cannot be chosen; articles that already have it keep it."),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
        help_text=_(
            "For a region that is no longer in use: its page redirects to this one, whose lists include its articles."
        ),
    )

    LEVELS = 2
    TOO_DEEP = _("Regions have two levels at most, below the global region.")

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(kind="global"),
                name="contacts_region_one_global",
                violation_error_message=_("There is a global region already."),
            ),
        ]

    def get_absolute_url(self):
        return reverse("articles:region", args=[self.code])

    def clean(self):
        refuse_circles(self, "parent", "successor")
        refuse_deep(self, self.LEVELS, self.TOO_DEEP, is_top=lambda region: not region.lists_children)

    @property
    def has_ended(self):
        return not self.is_active

    @property
    def lists_children(self):
        """Whether lists of the region hold the articles of its subregions: not of all that lie under "global"."""
        return self.kind != self.Kind.GLOBAL


class RegionTranslation(Translation):
    owner_field = "region"

    region = models.ForeignKey(Region, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=120)
    intro = LinesField(_("introduction"), blank=True)

    class Meta(Translation.Meta):
        verbose_name = _("name of a region")
        verbose_name_plural = _("names of regions")
        constraints = [models.UniqueConstraint(fields=["region", "language"], name="contacts_regiontranslation_key")]


class CountryQuerySet(CodedQuerySet):
    def get_by_natural_key(self, iso3):
        return self.get(iso3=iso3)


class Country(Coded):
    """A country or territory of ISO 3166-1, with its UN M49 code."""

    key_field = "iso3"

    iso2 = models.CharField(
        _("ISO 3166-1 alpha-2"), max_length=2, unique=True, validators=[RegexValidator(r"^[A-Z]{2}\Z")]
    )
    iso3 = models.CharField(
        _("ISO 3166-1 alpha-3"), max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}\Z")]
    )
    m49 = models.CharField(_("UN M49"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}\Z")])
    region = models.ForeignKey(Region, models.PROTECT, related_name="countries", verbose_name=_("region"))
    aliases = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        validators=[validate_names],
        help_text=_("A list of names that search and datelines also know."),
    )

    IN_GLOBAL_REGION = _("The global region has no countries of its own.")

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["iso3"]

    def get_absolute_url(self):
        return reverse("articles:country", args=[self.iso3.lower()])

    def clean(self):
        if self.region_id and self.region.kind == Region.Kind.GLOBAL:
            raise ValidationError({"region": self.IN_GLOBAL_REGION})
        refuse_ended(self, "region")


class CountryTranslation(Translation):
    owner_field = "country"

    country = models.ForeignKey(Country, models.CASCADE, related_name="translations")
    name = LineField(_("name"), max_length=120)

    class Meta(Translation.Meta):
        verbose_name = _("name of a country")
        verbose_name_plural = _("names of countries")
        constraints = [models.UniqueConstraint(fields=["country", "language"], name="contacts_countrytranslation_key")]
