"""The media library. Whether a file is public follows from the articles and pages that use it and is not stored."""

import re

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import language_choices
from contacts.models.base import Coded, CodedQuerySet, Translation
from contacts.models.membership import name_of
from contacts.models.text_fields import LineField, LinesField, LongLineField

from ..fields import SEPARATOR, CaptionsField, TagsField

COPYRIGHT_SIGN = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]", re.IGNORECASE)
FRACTION = [MinValueValidator(0), MaxValueValidator(1)]


class FileQuerySet(CodedQuerySet):
    def get_by_natural_key(self, key):
        """By the SHA-256 of the stored file, or by its path in the media folder."""
        return self.get(models.Q(sha256=key) | models.Q(file=key))

    def tagged(self, tag):
        """The files with that tag."""
        tag = tag.lower()
        found = models.Q(tags=tag) | models.Q(tags__startswith=tag + SEPARATOR)
        found |= models.Q(tags__endswith=SEPARATOR + tag) | models.Q(tags__contains=SEPARATOR + tag + SEPARATOR)
        return self.filter(found)

    def tags_in_use(self):
        """The tags of these files, in their order, each once."""
        texts = self.exclude(tags="").order_by().values_list("tags", flat=True).distinct()
        return sorted({tag for text in texts for tag in text.split(SEPARATOR)})


IMPORT = "import"  # `uploaded_by_name` of what a fixture brought without saying who uploaded it


class StoredFile(models.Model):
    """A file of the library. Its name is a hash of its content; `original_name` is the one that it came with."""

    file = models.FileField(_("file"), upload_to="incoming/", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    original_name = models.CharField(
        _("name of the file"), max_length=255, blank=True, default="", db_default="", editable=False
    )
    tags = TagsField(
        _("tags"), max_length=300, blank=True, default="", db_default="", help_text=_("Separated by commas.")
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_by_name = models.CharField(max_length=150, blank=True, default="", db_default="", editable=False)

    class Meta:
        abstract = True

    def natural_key(self):
        return (self.sha256,)

    @property
    def uploader(self):
        """The uploader: a name, “import”, or nothing for files from before this was recorded."""
        stored = _("import") if self.uploaded_by_name == IMPORT else self.uploaded_by_name
        return name_of(self.uploaded_by, stored)


class Credited(models.Model):
    """Credit and rights of a file: its author, and the terms of use, which pages show beside it."""

    credit = LineField(
        _("credit"), max_length=200, help_text=_("The photographer or artist, as the credit must be printed.")
    )
    copyright = LineField(_("copyright holder"), max_length=200, blank=True)
    terms = LinesField(_("terms of use"), blank=True)

    class Meta:
        abstract = True

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


def listed_by(name):
    """Indexes for the lists of the library: by date, and the tags that are in use."""
    return [
        models.Index(fields=["-created_at", "-id"], name=f"articles_{name}_newest"),
        models.Index(fields=["tags"], condition=~models.Q(tags=""), name=f"articles_{name}_tags"),
    ]


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
        indexes = listed_by("attachment")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("media", args=[self.file.name])


class Recording(StoredFile, Credited, Coded):
    """A video or an audio recording, played by the reader's browser as it is."""

    class Kind(models.TextChoices):
        VIDEO = "video", _("video")
        AUDIO = "audio", _("audio")

    key_field = "sha256"
    name_field = "title"

    kind = models.CharField(_("kind"), max_length=5, choices=Kind, editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    duration = models.PositiveIntegerField(_("duration in seconds"), null=True, editable=False)
    poster = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="poster_of",
        verbose_name=_("poster"),
        help_text=_("The picture that a video shows before it is played."),
    )

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("video and audio")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(credit=""), name="articles_recording_has_credit"),
        ]
        indexes = listed_by("recording")

    def get_absolute_url(self):
        return reverse("media", args=[self.file.name])

    @property
    def is_video(self):
        return self.kind == self.Kind.VIDEO

    @property
    def name(self):
        words = {"kind": self.get_kind_display(), "credit": self.credit, "number": self.sha256[:8]}
        return self.translated("title") or _("%(kind)s by %(credit)s (%(number)s)") % words


class RecordingTranslation(Translation):
    owner_field = "recording"

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="translations")
    title = LineField(_("title"), max_length=200)
    caption = LongLineField(_("description"), blank=True)
    captions = CaptionsField(
        _("captions"),
        blank=True,
        help_text=_("WebVTT. Comments (NOTE) stay here and are not published."),
    )
    transcript = LinesField(
        _("transcript"), blank=True, help_text=_("All that is said, and what is heard or shown that matters.")
    )

    class Meta(Translation.Meta):
        verbose_name = _("texts of a recording")
        verbose_name_plural = _("texts of a recording")
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="articles_recordingtranslation_key")
        ]
