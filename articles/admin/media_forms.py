"""Uploads, checked by the same code as imports, with the fault told next to the field."""

from django import forms
from django.utils.translation import gettext as _

from contacts.admin.fields import Textarea

from ..media import attachments, images
from ..models import Attachment, Image


class UploadForm(forms.ModelForm):
    """A new file is checked while the form is, and stored only when everything else is right."""

    checked = None
    library = None  # what the uploader sees of it

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return upload
        self.checked = self.check(upload)
        twin = self._meta.model.objects.filter(sha256=self.checked.sha256).exclude(pk=self.instance.pk).first()
        if twin is None:
            return upload
        if self.library.filter(pk=twin.pk).exists():
            raise forms.ValidationError(_("This file is in the library already: %s") % twin)
        # Its words may be those of a secret.
        raise forms.ValidationError(_("This file is in the library already, in articles that you may not see."))

    def save(self, commit=True):
        if self.checked is not None:
            self.fill(self.instance, self.checked)
        return super().save(commit)


class ImageForm(UploadForm):
    check = staticmethod(images.check)
    fill = staticmethod(images.fill)

    class Meta:
        model = Image
        fields = ["file", "credit", "copyright", "terms", "decorative", "focal_x", "focal_y"]
        widgets = {
            "terms": Textarea(attrs={"rows": 2}),
            "focal_x": forms.NumberInput(attrs={"step": 0.01, "min": 0, "max": 1}),
            "focal_y": forms.NumberInput(attrs={"step": 0.01, "min": 0, "max": 1}),
        }


class AttachmentForm(UploadForm):
    check = staticmethod(attachments.check)
    fill = staticmethod(attachments.fill)

    class Meta:
        model = Attachment
        fields = ["file", "title", "language"]
