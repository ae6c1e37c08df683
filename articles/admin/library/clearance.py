"""Pictures that writers upload: in the article's form several at once, and to be cleared by an editor.

For the ModelAdmin of images. A writer may change the texts of a picture until it is cleared; the right "media" clears.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.cldr.formats import labelled
from contacts.models.text_fields import LineFormField

from ... import permissions
from ...media import images
from ...media.storage import NotStored
from ...models import Image

TO_BE_CLEARED = gettext_lazy("to be cleared")
CLEARANCE = (gettext_lazy("Clearance"), {"fields": ["to_be_cleared"]})


class Texts(forms.Form):
    """What is typed beside an uploaded picture."""

    language = forms.ChoiceField(choices=lambda: settings.LANGUAGES)
    alt = LineFormField(label=gettext_lazy("alternative text"), max_length=300, required=False)


class PictureUploads:
    def get_urls(self):
        view = self.admin_site.admin_view(self.upload_view)
        return [path("upload/", view, name="articles_image_upload"), *super().get_urls()]

    def may_clear(self, request):
        return permissions.may(request.user, "media") or request.user.has_perm("articles.change_image")

    def has_add_permission(self, request):
        return super().has_add_permission(request) or permissions.may(request.user, "write")

    def has_change_permission(self, request, obj=None):
        if super().has_change_permission(request, obj):
            return True
        return obj is not None and obj.to_be_cleared and permissions.may(request.user, "write")

    def get_fieldsets(self, request, obj=None):
        groups = super().get_fieldsets(request, obj)
        return [CLEARANCE, *groups] if obj is not None and obj.to_be_cleared else groups

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        # Without a request it is asked by `contacts.admin.edit_lock`, for the page of a deletion.
        return readonly if request is None or self.may_clear(request) else [*readonly, "to_be_cleared"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.to_be_cleared = not self.may_clear(request)
        super().save_model(request, obj, form, change)

    @method_decorator(require_POST)
    def upload_view(self, request):
        """Store one picture: {"id", "text", "thumbnail"} as autocomplete fields have it, or {"errors": [sentence]}."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        known = self._prepare(request)
        if known is not None:
            return self._answer(known)
        form = self.get_form(request, fields=["file", "credit", "decorative"])(request.POST, request.FILES)
        texts = Texts(request.POST)
        if not (form.is_valid() and texts.is_valid()):
            return JsonResponse({"errors": sentences(form) + sentences(texts)}, status=400)
        try:
            image = self.store_one(request, form, texts.cleaned_data["language"], texts.cleaned_data)
        except NotStored as error:
            return JsonResponse({"errors": error.messages}, status=507)
        return self._answer(image, 201)

    def _prepare(self, request):
        """Fill in what the photographer wrote into the file; the picture, if the user's library has it already."""
        upload = request.FILES.get("file")
        if upload is None:
            return None
        try:
            upload.checked = images.check(upload)
        except ValidationError:
            return None  # the form says why
        request.POST = request.POST.copy()
        for name in ("credit", "alt"):
            if not request.POST.get(name, "").strip():
                request.POST[name] = getattr(upload.checked.embedded, name) or ""
        return self.get_queryset(request).filter(sha256=upload.checked.sha256).first()

    def _answer(self, image, status=200):
        image = Image.objects.with_translations().get(pk=image.pk)
        return JsonResponse({"id": str(image.pk), "text": image.name} | self.choice_details(image), status=status)


def sentences(form):
    """The errors of a form, each with the label of its field."""
    return [
        labelled(capfirst(str(form.fields[name].label)), sentence) if name in form.fields else sentence
        for name, errors in form.errors.items()
        for sentence in errors
    ]
