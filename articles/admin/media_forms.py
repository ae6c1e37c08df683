"""Forms of images and attachments: uploads are checked by the same rules as imports."""

from django import forms
from django.utils.translation import gettext as _

from contacts.admin.fields import Textarea, written_in
from contacts.cldr.formats import joined_text

from ..media import attachments, images
from ..media.storage import NotStored
from ..models import Attachment, Image


class UploadForm(forms.ModelForm):
    """Base of both forms: a new file is checked with the form, and stored only if the whole form is valid."""

    checked = None
    visible_files = None  # the files that the user may see; set by the admin

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        if failure := getattr(upload, "failure", None):
            raise NotStored(failure)
        self.checked = self.check_upload(upload)
        duplicate = self._meta.model.objects.filter(sha256=self.checked.sha256).exclude(pk=self.instance.pk).first()
        if duplicate is None:
            return upload
        if self.visible_files.filter(pk=duplicate.pk).exists():
            raise forms.ValidationError(_("This file is in the library already: %s") % duplicate)
        # Its title may be confidential.
        raise forms.ValidationError(_("This file is in the library already, in articles that you may not see."))

    def save(self, commit=True):
        if self.checked is not None:
            self.fill(self.instance, self.checked)
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
        fields = ["file", "credit", "copyright", "terms", "decorative", "focal_x", "focal_y"]
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
        fields = ["file", "title", "language"]
