"""Forms of images, recordings and attachments: uploads are checked by the same rules as imports."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.admin.fields import Textarea, keep_stored_choices, written_in
from contacts.cldr.formats import joined_text
from contacts.plain_text import one_line

from ... import webvtt
from ...media import attachments, images
from ...media.recordings import checking as recordings
from ...media.storage import NotStored
from ...models import Attachment, Image, Recording, RecordingTranslation


def original_name(name):
    """The name of a file as people search for it."""
    return one_line(name)[-255:]


def refuse_known(model, sha256, visible):
    """Raise ValidationError if another row has this file; only one that is visible is named."""
    known = model.objects.filter(sha256=sha256).first()
    if known is None:
        return
    if visible.filter(pk=known.pk).exists():
        raise forms.ValidationError(_("This file is in the library already: %s") % known)
    # Its title may be confidential.
    raise forms.ValidationError(_("This file is in the library already, in articles that you may not see."))


class UploadForm(forms.ModelForm):
    """Base of the forms: a new file is checked with the form, and stored only if the whole form is valid."""

    checked = None
    visible_files = None  # the files that the user may see; set by the admin

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        if failure := getattr(upload, "failure", None):
            raise NotStored(failure)
        self.checked = self.check_upload(upload)
        if self.checked.sha256 != self.instance.sha256:
            refuse_known(self._meta.model, self.checked.sha256, self.visible_files)
        return upload

    def save(self, commit=True):
        if self.checked is not None:
            self.fill(self.instance, self.checked)
            self.instance.original_name = original_name(self.cleaned_data["file"].name)
        return super().save(commit)


class ImageForm(UploadForm):
    fill = staticmethod(images.fill)

    def check_upload(self, upload):
        return getattr(upload, "checked", None) or images.check(upload)

    def clean(self):
        cleaned = super().clean()
        if suggested := getattr(self.files.get("file"), "suggested", None):
            text = _("Read from the file: %(fields)s. Nothing is saved yet: check what was filled in, then save.")
            names = joined_text(suggested)
            self.add_error(None, forms.ValidationError(text, code="offer", params={"fields": names}))
        return cleaned

    class Meta:
        model = Image
        fields = ["file", "credit", "copyright", "terms", "tags", "decorative", "focal_x", "focal_y", "to_be_cleared"]
        widgets = {
            "terms": Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"step": 0.01, "min": 0, "max": 1}),
            "focal_y": forms.NumberInput(attrs={"step": 0.01, "min": 0, "max": 1}),
        }


class AttachmentForm(UploadForm):
    fill = staticmethod(attachments.fill)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].widget.attrs |= written_in(self["language"].value())

    def check_upload(self, upload):
        return attachments.check(upload, language=self.data.get(self.add_prefix("language"), ""))

    class Meta:
        model = Attachment
        fields = ["file", "title", "language", "tags"]


class RecordingForm(UploadForm):
    fill = staticmethod(recordings.fill)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_stored_choices(self, "poster")

    def check_upload(self, upload):
        return recordings.check(upload)

    class Meta:
        model = Recording
        fields = ["file", "credit", "copyright", "terms", "tags", "poster"]
        widgets = {
            "file": AdminFileWidget(attrs={"accept": recordings.ACCEPT}),
            "terms": Textarea(attrs={"rows": 2}),
        }


class RecordingTextsForm(forms.ModelForm):
    """The texts of a recording in one language. Captions are typed, pasted or taken from a file."""

    captions_file = forms.FileField(
        label=gettext_lazy("captions from a file"),
        required=False,
        help_text=gettext_lazy("A WebVTT file (.vtt). It takes the place of the captions above."),
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
    )

    def clean_captions_file(self):
        upload = self.cleaned_data["captions_file"]
        if upload is None:
            return ""
        if failure := getattr(upload, "failure", None):
            raise NotStored(failure)
        content = upload.read(webvtt.MOST_CHARACTERS * 4 + 1)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The captions are not in UTF-8. Save them as UTF-8.")) from error
        webvtt.validate(text)
        return webvtt.tidied(text)

    def clean(self):
        cleaned = super().clean()
        if text := cleaned.get("captions_file"):
            cleaned["captions"] = text
        return cleaned

    class Meta:
        model = RecordingTranslation
        fields = ["language", "title", "caption", "captions", "transcript", "terms"]
        widgets = {
            "terms": Textarea(attrs={"rows": 2}),
            "captions": Textarea(attrs={"rows": 6, "class": "vLargeTextField code", "spellcheck": "false"}),
            "transcript": Textarea(attrs={"rows": 8}),
        }
