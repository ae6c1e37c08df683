"""The inlines of the article's form: rows of places, topics, contacts, pictures and files, and its links."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.fields import written_in
from contacts.admin.inlines import OrderedInline
from contacts.admin.picking import PickedChoices

from ...models import (
    ArticleAttachment,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRecording,
    ArticleRegion,
    ArticleTopic,
    RelatedLink,
)
from .. import display
from ..library.base import visible_files


class RowInline(PickedChoices, OrderedInline):
    """Ordered rows that lead to another model.

    `relation` is the name that the workflow uses in its refusals; the form shows the rows below the fieldset whose
    class is `section`.
    """

    relation, section = "", "places"

    def __init_subclass__(cls):
        if cls.model:
            cls.autocomplete_fields = [cls.model.target]
            cls.fields = cls.fields or [cls.model.target, "order"]

    def get_queryset(self, request):
        target = self.model.target
        rows = super().get_queryset(request).select_related(target)
        return rows.prefetch_related(f"{target}__translations")


class FileInline(RowInline):
    """Offers the files that the user may see."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == self.model.target:
            field.queryset = visible_files(request, field.queryset)
        return field


class FacetInline(RowInline):
    """Read-only in translations, which take these rows from their source."""

    def _parent_permission(self, request, obj, action):
        if action == "change" and obj is not None and obj.translation_of_id:
            return False
        return super()._parent_permission(request, obj, action)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name != "order"]


class RegionInline(FacetInline):
    model, relation = ArticleRegion, "regions"


class CountryInline(FacetInline):
    model, relation = ArticleCountry, "countries"


class TopicInline(FacetInline):
    model, relation = ArticleTopic, "topics"


class ContactInline(FacetInline):
    model, relation = ArticleContact, "contacts"


class GalleryInline(FileInline, FacetInline):
    model, relation, section = ArticleImage, "gallery", "pictures"
    library, library_address, library_label = "image", "admin:articles_image_add", _("Add a picture")
    readonly_fields = ["thumbnail"]

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else ["thumbnail", *fields]

    @admin.display(description=_("preview"))
    def thumbnail(self, row):
        return display.thumbnail(row.image) if row.pk else ""


class RecordingInline(FileInline, FacetInline):
    model, relation, section = ArticleRecording, "recordings", "pictures"
    library, library_address, library_label = "recording", "admin:articles_recording_add", _("Add a video or audio")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recording__poster")


class AttachmentInline(FileInline):
    model, relation, section = ArticleAttachment, "attachments", "pictures"
    library, library_address, library_label = "attachment", "admin:articles_attachment_add", _("Add a file")

    def get_queryset(self, request):
        return OrderedInline.get_queryset(self, request).select_related("attachment")


class RelatedLinkFormSet(OrderedInline.formset):
    """Its titles are in the language of the article."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "title" in form.fields:
            language = self.data.get("language") or self.instance.language
            form.fields["title"].widget.attrs |= written_in(language)


class RelatedLinkInline(OrderedInline):
    model, section = RelatedLink, "pictures"
    formset = RelatedLinkFormSet
    fields = ["url", "title", "order"]
