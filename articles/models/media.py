"""The media library. Whether a file is public follows from the articles and pages that use it and is not stored."""

import re

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.base import Coded, CodedQuerySet, Translation
from contacts.models.text_fields import LineField, LinesField, LongLineField

COPYRIGHT_SIGN = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]", re.IGNORECASE)
FRACTION = [MinValueValidator(0), MaxValueValidator(1)]


class FileQuerySet(CodedQuerySet):
    def get_by_natural_key(self, key):
        """By the SHA-256 of the stored file, or by its path in the media folder."""
        return self.get(models.Q(sha256=key) | models.Q(file=key))


class StoredFile(models.Model):
    file = models.FileField(_("file"), upload_to="incoming/", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.sha256,)


class Copies(models.TextChoices):
    """What became of the smaller copies of an image."""

    DUE = "due", _("due")
    MADE = "made", _("made")
    FAILED = "failed", _("failed")


class Image(StoredFile, Coded):
    key_field = "sha256"
    name_field = "alt"

    width = models.PositiveIntegerField(_("width in pixels"), default=0, editable=False)
    height = models.PositiveIntegerField(_("height in pixels"), default=0, editable=False)
    credit = LineField(
        _("credit"), max_length=200, help_text=_("The photographer or artist, as the credit must be printed.")
    )
    copyright = LineField(_("copyright holder"), max_length=200, blank=True)
    terms = LinesField(_("terms of use"), blank=True)
    focal_x = models.FloatField(_("focal point, from the left"), default=0.5, validators=FRACTION)
    focal_y = models.FloatField(_("focal point, from the top"), default=0.5, validators=FRACTION)
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Adds nothing to the text: screen readers skip it.")
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
            models.Index(fields=["source_url"], condition=~models.Q(source_url=""), name="articles_image_source"),
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

    @property
    def copyright_notice(self):
        """ "© holder", or the holder's own words if these have the sign already."""
        holder = self.copyright.strip()
        return holder if not holder or COPYRIGHT_SIGN.search(holder) else f"© {holder}"

    @property
    def terms_address(self):
        """The first address in the terms, "" if they name none."""
        found = WEB_ADDRESS.search(self.terms)
        return found[0] if found else ""


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

    class Meta(Translation.Meta):
        verbose_name = _("texts of an image")
        verbose_name_plural = _("texts of an image")
        constraints = [models.UniqueConstraint(fields=["image", "language"], name="articles_imagetranslation_key")]


class Attachment(StoredFile):
    title = LineField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=12, choices=language_choices)
    content_type = models.CharField(_("type"), max_length=100, editable=False, default="application/octet-stream")

    objects = models.Manager.from_queryset(FileQuerySet)()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("media", args=[self.file.name])
