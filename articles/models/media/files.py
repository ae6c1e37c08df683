"""What the files of the media library have in common, and attachments."""

import re

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.languages import content_language, language_choices
from contacts.models.base import CodedQuerySet
from contacts.models.membership import name_of
from contacts.models.text_fields import LineField, LinesField

from ...fields import SEPARATOR, TagsField

COPYRIGHT_SIGN = re.compile(r"©|\(c\)|copyright", re.IGNORECASE)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'()]+[^\s<>\"'().,;:!?]", re.IGNORECASE)


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
    def local_terms(self):
        """The terms in the active language; as they were first written where nobody has translated them."""
        language = content_language()
        rows = self.translations.all() if self.pk else ()
        return next((row.terms for row in rows if row.language == language and row.terms), self.terms)

    @property
    def terms_address(self):
        """The first address in the terms, "" if they name none."""
        found = WEB_ADDRESS.search(self.terms)
        return found[0] if found else ""


def translated_terms():
    """The field of a translation with the owner's terms in its language."""
    return LinesField(
        _("terms of use"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The terms above in this language. Empty: readers see those above."),
    )


def listed_by(name):
    """Indexes for the lists of the library: by date, and the tags that are in use."""
    return [
        models.Index(fields=["-created_at", "-id"], name=f"articles_{name}_newest"),
        models.Index(fields=["tags"], condition=~models.Q(tags=""), name=f"articles_{name}_tags"),
    ]


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
