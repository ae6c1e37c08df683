"""The models of themes. Without an active theme the site has its default look."""

import hashlib
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from articles.models import Image
from contacts.models.base import Coded, Translation, code_field, refuse_faults
from contacts.models.text_fields import LineField, LinesField

from . import colours

check_address = URLValidator(schemes=["https", "http"])


def colour_field(label, help_text=""):
    is_colour = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("Give a colour such as #0a4f59."))
    return LineField(label, max_length=7, blank=True, validators=[is_colour], help_text=help_text)


class Theme(Coded):
    """Emblem, colours, letters and links of the site; its names and texts are translations. At most one is in use."""

    EMBLEM_BYTES = 100 * 1024
    EMBLEM_TOO_LARGE = _("The emblem is on every page: its file must be smaller than 100 KB.")

    code = code_field()
    is_used = models.BooleanField(
        _("in use"), default=False, help_text=_("Readers see it. Without one, the site looks as it comes.")
    )
    emblem = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="emblem_of",
        verbose_name=_("emblem"),
        help_text=_("A picture for the dark band at the top, best a PNG or WebP with a transparent ground."),
    )
    brand = colour_field(_("colour of the bands"), _("Of the head and the foot of pages, such as #0a4f59."))
    link = colour_field(_("colour of links"))
    brand_dark = colour_field(_("colour of the bands, dark"), _("For readers whose device is set to dark."))
    link_dark = colour_field(_("colour of links, dark"))
    letters = models.CharField(
        _("letters"),
        max_length=10,
        blank=True,
        choices=[
            ("", _("Headlines and texts with serifs, the rest without")),
            ("sans", _("All without serifs")),
            ("serif", _("All with serifs")),
        ],
        help_text=_("Those of the reader’s device: nothing is loaded."),
    )
    social_links = LinesField(
        _("social networks"), blank=True, help_text=_("Addresses of your accounts, each on a line of its own.")
    )

    class Meta:
        verbose_name = _("look of the site")
        verbose_name_plural = _("looks of the site")
        ordering = ["-is_used", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_used"],
                condition=models.Q(is_used=True),
                name="newsroom_theme_in_use",
                violation_error_message=_("Another look is in use. Take that out of use first."),
            )
        ]

    def clean(self):
        for name in ("brand", "link", "brand_dark", "link_dark"):
            setattr(self, name, getattr(self, name).lower())
        refuse_faults(self)
        if self.emblem_id and self.emblem.size > self.EMBLEM_BYTES:
            raise ValidationError({"emblem": self.EMBLEM_TOO_LARGE})

    @staticmethod
    def faults(values):
        for field, other, ratio in colours.pairs(values):
            if ratio < colours.ENOUGH:
                yield field, _too_weak(other, ratio)
        for address in values["social_links"].split():
            if not _is_web_address(address):
                yield "social_links", _("“%(address)s” is no web address.") % {"address": address}

    @property
    def accounts(self):
        return self.social_links.split()

    @property
    def networks(self):
        """[(address, name of its host)], without what a script may have stored and is no address."""
        found = [address for address in self.accounts if _is_web_address(address)]
        return [(address, urlsplit(address).hostname.removeprefix("www.")) for address in found]

    @property
    def style_sheet(self):
        return colours.style_sheet(self)

    @property
    def style_address(self):
        """The address of its style sheet, which holds a hash of it; "" if it has none."""
        return reverse("theme", args=[digest(self.style_sheet)]) if self.style_sheet else ""


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_web_address(text):
    try:
        check_address(text)
    except ValidationError:
        return False
    return True


def _too_weak(other, ratio):
    words = {"ratio": number_format(round(ratio, 2), 2), "other": other}
    return _("Contrast with %(other)s: %(ratio)s to 1. At least 4.5 to 1 is needed (WCAG AA).") % words


class ThemeTranslation(Translation):
    owner_field = "theme"

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="translations")
    name = LineField(
        _("name of the organisation"), max_length=160, blank=True, help_text=_("Empty: that of the settings.")
    )
    footer = LinesField(_("text at the foot of pages"), blank=True)
    licence = LinesField(_("licence"), blank=True, help_text=_("Under which terms others may use texts and pictures."))
    privacy = LinesField(
        _("privacy"), blank=True, help_text=_("Added to the page “Privacy”, such as the address of your data officer.")
    )

    class Meta(Translation.Meta):
        verbose_name = _("texts of the look")
        verbose_name_plural = _("texts of the look")
        constraints = [models.UniqueConstraint(fields=["theme", "language"], name="newsroom_themetranslation_key")]


def themes_showing(sha256, public):
    """The themes with this emblem (SHA-256), for `articles.media.usage`."""
    themes = Theme.objects.filter(emblem__sha256=sha256)
    return themes.filter(is_used=True) if public else themes
