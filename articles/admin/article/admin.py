from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import RelatedChoices

from ... import permissions
from ...models import Article
from ..access import library
from ..editor import NoncedMedia, RichText
from ..markup import shown
from .change_list import ArticleList, BoundedPaginator
from .columns import ArticleColumns
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
from .inlines import INLINES
from .office_clock import moment
from .preview import Preview
from .saving import ArticleSaving
from .views import ArticleViews

SHOWN = {"body": "shown_body", "notes_to_editors": "shown_notes"}
FACETS = ("kind", "office", "dateline_country", "lead_image")


@admin.register(Article)
class ArticleAdmin(
    ArticleColumns, ArticleSaving, ArticleViews, Preview, RichText, NoncedMedia, RelatedChoices, admin.ModelAdmin
):
    form = ArticleForm
    html_fields = ArticleForm.html_fields
    inlines = INLINES
    list_display = [
        "shown_headline", "badge", "tag", "shown_kind", "shown_regions", "shown_topics", "shown_office", "date",
        "author",
    ]  # fmt: skip
    list_filter = [
        StateFilter, LanguageFilter, KindFilter, RegionFilter, CountryFilter, TopicFilter, OfficeFilter, AuthorFilter,
    ]  # fmt: skip
    search_fields = ["headline", "slug", "reference", "summary"]
    search_help_text = _("Searches the headline, standfirst, slug and reference number.")
    date_hierarchy = "publish_at"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    paginator = BoundedPaginator
    actions = None
    autocomplete_fields = ["office", "dateline_country", "lead_image", "redirect_to"]
    prepopulated_fields = {"slug": ["headline"]}
    change_form_template = "admin/articles/article/change_form.html"
    change_list_template = "admin/articles/article/change_list.html"
    fieldsets = [
        (_("Text"), {"classes": ["words"], "fields": ["headline", "summary", "body", "notes_to_editors"]}),
        (_("Details"), {"fields": [("language", "kind"), "slug", "office", ("dateline_country", "dateline_place")]}),
        (_("Picture"), {"fields": ["lead_image"]}),
        (_("Publication"), {"fields": [("publish_at", "shown_publish_at"), ("press_from", "shown_press_from")]}),
        (_("New edition"), {"classes": ["collapse"], "fields": ["change_kind", "change_note", "redirect_to"]}),
        (_("Source"), {"classes": ["collapse"], "fields": ["reference", "external_source", "external_id"]}),
    ]
    always_readonly = [
        "shown_publish_at", "shown_press_from", "reference", "external_source", "external_id", "shown_body",
        "shown_notes",
    ]  # fmt: skip

    def get_changelist(self, request, **kwargs):
        return ArticleList

    def get_queryset(self, request):
        return permissions.visible(request.user, super().get_queryset(request))

    def get_fieldsets(self, request, obj=None):
        """Whoever only reads sees formatted text instead of its HTML."""
        groups = self.fieldsets
        if obj is None:
            groups = [group for group in groups if "redirect_to" not in group[1]["fields"]][:-1]
        if obj is not None and not self.has_change_permission(request, obj):
            first = {**groups[0][1], "fields": [SHOWN.get(name, name) for name in groups[0][1]["fields"]]}
            groups = [(groups[0][0], first), *groups[1:]]
        return groups

    def get_readonly_fields(self, request, obj=None):
        readonly = list(self.always_readonly)
        if obj is not None and obj.translation_of_id:
            readonly += [*FACETS, "language"]
        elif obj is not None and (obj.first_published_at or obj.revises_id or obj.translations.exists()):
            readonly.append("language")
        return readonly

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj is not None else self.prepopulated_fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """An article stays in the offices of its writer, and has what the writer may see: pictures, where it leads."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "office":
            field.queryset = permissions.offices(request.user, field.queryset)
            field.required = not permissions.everywhere(request.user, "write")
        elif db_field.name == "redirect_to":
            field.queryset = permissions.visible(request.user, field.queryset).filter(revises=None)
        elif db_field.name == "lead_image":
            field.queryset = library(request, field.queryset)
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
        """Only what was never public: anything else is withdrawn or removed, and leaves a trace."""
        if obj is None:
            return permissions.may(request.user, "write")
        never_public = obj.state == "draft" and not obj.first_published_at and not obj.revises_id
        return (
            never_public and permissions.may(request.user, "publish", obj) and permissions.may_edit(request.user, obj)
        )

    @admin.display(description=_("body"))
    def shown_body(self, article):
        return shown(article.body, article)

    @admin.display(description=_("notes to editors"))
    def shown_notes(self, article):
        return shown(article.notes_to_editors, article)

    @admin.display(description=_("office time"))
    def shown_publish_at(self, article):
        return moment(article.publish_at, article.office)

    @admin.display(description=_("office time"))
    def shown_press_from(self, article):
        return moment(article.press_from, article.office)
