"""Video and audio in the media library, with captions and transcripts."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models.base import Coded, Translation
from contacts.models.text_fields import LineField, LinesField, LongLineField

from ...fields import CaptionsField
from .files import Credited, FileQuerySet, StoredFile, listed_by, translated_terms
from .images import Image


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
    terms = translated_terms()

    class Meta(Translation.Meta):
        verbose_name = _("texts of a recording")
        verbose_name_plural = _("texts of a recording")
        constraints = [
            models.UniqueConstraint(fields=["recording", "language"], name="articles_recordingtranslation_key")
        ]
