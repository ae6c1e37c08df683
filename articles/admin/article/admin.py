"""The admin of articles: fields, inlines and permissions. Saving, lists and further pages have modules of their own."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import RelatedChoices
from contacts.admin.fields import written_in
from contacts.admin.inlines import OrderedInline

from ... import permissions
from ...models import (
    Article,
    ArticleAttachment,
    ArticleContact,
    ArticleCountry,
    ArticleImage,
    ArticleRegion,
    ArticleTopic,
    RelatedLink,
)
from .. import display
from ..cleaning import EditorPages
from ..editor import RichText
from ..media import visible_files
from .change_list import ArticleChangeList, ArticleColumns, BoundedPaginator
from .filters import (
    AuthorFilter,
    CountryFilter,
    KindFilter,
    LanguageFilter,
    OfficeFilter,
    RegionFilter,
    StateFilter,
    TopicFilter,
)
from .form import ArticleForm
from .saving import ArticleSaving
from .views import ArticleViews

READ_ONLY = {"body": "body_html", "notes_to_editors": "notes_html"}
FROM_SOURCE = ("kind", "office", "dateline_country", "lead_image")  # a translation takes these from its source


class RowInline(OrderedInline):
    """Ordered rows that lead to another model. `relation` is the name that the workflow uses in its refusals."""

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
    """Offers the images or attachments that the user may see."""

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
    model, relation = ArticleImage, "gallery"
    fields = ["thumbnail", "image", "order"]
    readonly_fields = ["thumbnail"]

    @admin.display(description=_("preview"))
    def thumbnail(self, row):
        return display.thumbnail(row.image) if row.pk else ""


class AttachmentInline(FileInline):
    model, relation = ArticleAttachment, "attachments"

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
    model = RelatedLink
    formset = RelatedLinkFormSet
    fields = ["url", "title", "order"]


@admin.register(Article)
class ArticleAdmin(
    EditorPages, ArticleColumns, ArticleSaving, ArticleViews, RichText, RelatedChoices, admin.ModelAdmin
):
    form = ArticleForm
    html_fields = ArticleForm.html_fields
    inlines = [
        RegionInline, CountryInline, TopicInline, ContactInline, GalleryInline, AttachmentInline, RelatedLinkInline,
    ]  # fmt: skip
    list_display = [
        "headline_column", "state_badge", "language_tag", "kind_label", "region_names", "topic_names", "office_name",
        "date", "author",
    ]  # fmt: skip
    list_filter = [
        StateFilter, LanguageFilter, KindFilter, RegionFilter, CountryFilter, TopicFilter, OfficeFilter, AuthorFilter,
    ]  # fmt: skip
    search_fields = ["headline", "slug", "reference", "summary"]
    search_help_text = _("Searches the headline, standfirst, slug and reference number.")
    date_hierarchy = "published_on"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    paginator = BoundedPaginator
    actions = None
    autocomplete_fields = ["office", "dateline_country", "lead_image", "redirect_to"]
    fieldsets = [
        (_("Text"), {"classes": ["text-fields"], "fields": ["headline", "summary", "body", "notes_to_editors"]}),
        (_("Details"), {"fields": [("language", "kind"), "slug", "office", ("dateline_country", "dateline_place")]}),
        (_("Picture"), {"fields": ["lead_image"]}),
        (_("Publication"), {"fields": [("publish_at", "publish_at_local"), ("press_from", "press_from_local")]}),
        (_("New edition"), {"classes": ["collapse"], "fields": ["change_kind", "change_note", "redirect_to"]}),
        (_("Source"), {"classes": ["collapse"], "fields": ["reference", "external_source", "external_id"]}),
    ]
    readonly_fields = [
        "publish_at_local", "press_from_local", "reference", "external_source", "external_id", "body_html",
        "notes_html",
    ]  # fmt: skip

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_queryset(self, request):
        return permissions.visible(request.user, super().get_queryset(request))

    def get_fieldsets(self, request, obj=None):
        """Users who may only view see formatted text instead of HTML."""
        groups = self.fieldsets
        if obj is None:
            groups = [group for group in groups if "redirect_to" not in group[1]["fields"]][:-1]
        if obj is not None and not self.has_change_permission(request, obj):
            first = {**groups[0][1], "fields": [READ_ONLY.get(name, name) for name in groups[0][1]["fields"]]}
            groups = [(groups[0][0], first), *groups[1:]]
        return groups

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.readonly_fields)
        if obj is not None and obj.translation_of_id:
            readonly += [*FROM_SOURCE, "language"]
        elif obj is not None and (obj.first_published_at or obj.revises_id or obj.translations.exists()):
            readonly.append("language")
        return readonly

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Offer the offices the user may write for, and the pictures and articles that the user may see."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "office":
            field.queryset = permissions.offices(request.user, field.queryset)
            field.required = not permissions.everywhere(request.user, "write")
        elif db_field.name == "redirect_to":
            field.queryset = permissions.visible(request.user, field.queryset).filter(revises=None)
        elif db_field.name == "lead_image":
            field.queryset = visible_files(request, field.queryset)
        return field

    def get_changeform_initial_data(self, request):
        membership = next((row for row in permissions.memberships(request.user) if row.office_id), None)
        office = {"office": membership.office_id} if membership else {}
        return {"language": request.LANGUAGE_CODE} | office | super().get_changeform_initial_data(request)

    def has_module_permission(self, request):
        return permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, "view", obj)

    def has_add_permission(self, request):
        return permissions.may(request.user, "write")

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return permissions.may(request.user, "write") or permissions.may(request.user, "translate")
        return self.may_change(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Only drafts that were never public. Others are withdrawn or removed instead, which keeps their history."""
        if obj is None:
            return permissions.may(request.user, "write")
        never_public = obj.state == "draft" and not obj.first_published_at and not obj.revises_id
        return (
            never_public and permissions.may(request.user, "publish", obj) and permissions.may_edit(request.user, obj)
        )

    @admin.display(description=_("body"))
    def body_html(self, article):
        return display.field_html(article, "body")

    @admin.display(description=_("notes to editors"))
    def notes_html(self, article):
        return display.field_html(article, "notes_to_editors")

    @admin.display(description=_("office time"))
    def publish_at_local(self, article):
        return display.office_time(article.publish_at, article.office)

    @admin.display(description=_("office time"))
    def press_from_local(self, article):
        return display.office_time(article.press_from, article.office)
