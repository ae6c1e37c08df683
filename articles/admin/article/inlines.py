"""The ordered lists within an article's form. Facets are edited on the source alone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.inlines import OrderedInline

from ...models import (
    ArticleAttachment,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRegion,
    ArticleTopic,
    RelatedLink,
)
from ..access import library


class RowInline(OrderedInline):
    """`relation` is the name by which the workflow says what is missing."""

    relation = ""

    def __init_subclass__(cls):
        if cls.model:
            cls.autocomplete_fields = [cls.model.target]
            cls.fields = cls.fields or [cls.model.target, "order"]

    def get_queryset(self, request):
        target = self.model.target
        rows = super().get_queryset(request).select_related(target)
        return rows.prefetch_related(f"{target}__translations")


class FileInline(RowInline):
    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == self.model.target:
            field.queryset = library(request, field.queryset)
        return field


class FacetInline(RowInline):
    def _parent_permission(self, request, obj, action):
        if action == "change" and obj is not None and obj.translation_of_id:
            return False
        return super()._parent_permission(request, obj, action)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name != "order"]


class Regions(FacetInline):
    model, relation = ArticleRegion, "regions"


class Countries(FacetInline):
    model, relation = ArticleCountry, "countries"


class Topics(FacetInline):
    model, relation = ArticleTopic, "topics"


class Contacts(FacetInline):
    model, relation = ArticleContact, "contacts"


class Gallery(FileInline, FacetInline):
    model, relation = ArticleImage, "gallery"
    fields = ["thumbnail", "image", "order"]
    readonly_fields = ["thumbnail"]

    @admin.display(description=_("preview"))
    def thumbnail(self, row):
        from ..media import thumbnail

        return thumbnail(row.image) if row.pk else ""


class Attachments(FileInline):
    model, relation = ArticleAttachment, "attachments"

    def get_queryset(self, request):
        return OrderedInline.get_queryset(self, request).select_related("attachment")


class RelatedLinks(OrderedInline):
    model = RelatedLink
    fields = ["url", "title", "order"]


INLINES = [Regions, Countries, Topics, Contacts, Gallery, Attachments, RelatedLinks]
