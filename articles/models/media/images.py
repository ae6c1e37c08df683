"""Images and their texts."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models.base import Coded, Translation
from contacts.models.text_fields import LineField, LongLineField

from .files import Credited, FileQuerySet, StoredFile, listed_by, translated_terms

FRACTION = [MinValueValidator(0), MaxValueValidator(1)]


class Copies(models.TextChoices):
    """What became of the smaller copies of an image."""

    DUE = "due", _("due")
    MADE = "made", _("made")
    FAILED = "failed", _("failed")


class Image(StoredFile, Credited, Coded):
    key_field = "sha256"
    name_field = "alt"

    width = models.PositiveIntegerField(_("width in pixels"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), default=0, editable=False)
    focal_x = models.FloatField(_("focal point, from the left"), default=0.5, validators=FRACTION)
    focal_y = models.FloatField(_("focal point, from the top"), default=0.5, validators=FRACTION)
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Adds nothing to the text: screen readers skip it.")
    )
    to_be_cleared = models.BooleanField(
        _("to be cleared"),
        default=False,
        help_text=_("A writer uploaded it: no article with it is published until an editor has cleared it."),
    )
    source_url = models.CharField(
        _("fetched from"),
        max_length=2000,
        blank=True,
        editable=False,
        help_text=_("The address from which an import fetched it."),
    )
    renditions = models.JSONField(
        _("renditions"),
        default=dict,
        editable=False,
        help_text="{format: [widths in pixels]} of the files made so far.",
    )

    copies = models.CharField(
        _("smaller copies"), max_length=6, choices=Copies.choices, default=Copies.DUE, editable=False
    )
    copies_claimed_until = models.DateTimeField(
        null=True, editable=False, help_text="A process is making the copies, and has until then."
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(credit=""), name="articles_image_has_credit"),
        ]
        indexes = [
            models.Index(fields=["copies"], condition=~models.Q(copies="made"), name="articles_image_copies"),
            models.Index(
                fields=["to_be_cleared"], condition=models.Q(to_be_cleared=True), name="articles_image_to_clear"
            ),
            models.Index(fields=["source_url"], condition=~models.Q(source_url=""), name="articles_image_source"),
            *listed_by("image"),
        ]

    def get_absolute_url(self):
        return reverse("media", args=[self.file.name])

    @property
    def name(self):
        words = {"credit": self.credit, "number": self.sha256[:8]}
        return self.alt or str(_("Picture by %(credit)s (%(number)s)") % words)

    @property
    def alt(self):
        return "" if self.decorative else self.translated("alt")

    @property
    def caption(self):
        return self.translated("caption")


class ImageTranslation(Translation):
    owner_field = "image"

    image = models.ForeignKey(Image, models.CASCADE, related_name="translations")
    alt = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("Describes the picture for people who cannot see it."),
    )
    caption = LongLineField(_("caption"), blank=True)
    terms = translated_terms()

    class Meta(Translation.Meta):
        verbose_name = _("texts of an image")
        verbose_name_plural = _("texts of an image")
        constraints = [models.UniqueConstraint(fields=["image", "language"], name="articles_imagetranslation_key")]
