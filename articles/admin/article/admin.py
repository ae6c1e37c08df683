"""The admin of articles: fields and permissions. Inlines, saving, lists and further pages have modules of their own."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.admin.picking import PickedChoices, SearchByRequest
from contacts.admin.unsaved.form import UnsavedText

from ... import permissions
from ...models import Article
from ..checking.checks import ArticleChecks
from ..checking.link_targets import ArticleLinkTargets
from ..checking.review_dates import ArticleReviewDate
from ..cleaning import EditorPages, PastedHTML
from ..editions.edition_pages import EDITION
from ..editions.taking_away import TakingAway
from ..editor import RichText
from ..extra_texts.in_form import ExtraTexts, QuoteInline
from ..from_text.pages import FromText
from ..library.base import visible_files
from ..reader_figures import ReaderPages
from ..review.history import ArticleHistory
from ..review.remarks import ArticleRemarks
from ..sharing.passes import Passes
from ..sharing.preview import Previews
from ..sharing.review_links import ReviewLinks
from ..sharing.writing_to_press import WritingToPress
from ..translating.board import TranslationBoard
from ..translating.machine import MachineDrafts
from ..translating.panel import ArticleTranslating
from . import bulk
from .calendar import ArticleCalendar
from .change_list import ArticleChangeList, ArticleColumns, LongList
from .filters import (
    AssignedFilter,
    AuthorFilter,
    BehindFilter,
    CountryFilter,
    KindFilter,
    LanguageFilter,
    LinksFilter,
    OfficeFilter,
    RegionFilter,
    ReviewFilter,
    StateFilter,
    TopicFilter,
)
from .form import ArticleForm
from .inlines import (
    AttachmentInline,
    ContactInline,
    CountryInline,
    GalleryInline,
    RecordingInline,
    RegionInline,
    RelatedLinkInline,
    TopicInline,
)
from .pages import WithPages
from .saving import ArticleSaving
from .steps import WorkflowSteps
from .who_may_see import ArticleAccess

READ_ONLY = {"body": "body_html", "notes_to_editors": "notes_html"}
TIMES = {"publish_at", "press_from"}
FROM_SOURCE = ("kind", "office", "dateline_country", "lead_image")  # a translation takes these from its source


def _without_times(group):
    """A fieldset for reading: of two fields for one time, the one that names its zone."""
    return {**group, "fields": [tuple(set(one) - TIMES) if TIMES & {*one} else one for one in group["fields"]]}


@admin.register(Article)
class ArticleAdmin(
    LongList,
    EditorPages,
    UnsavedText,
    ArticleColumns,
    SearchByRequest,
    ArticleSaving,
    WithPages,
    RichText,
    PickedChoices,
    admin.ModelAdmin,
):
    form = ArticleForm
    html_fields = ArticleForm.html_fields
    inlines = [
        QuoteInline, RegionInline, CountryInline, TopicInline, ContactInline, GalleryInline, RecordingInline,
        AttachmentInline, RelatedLinkInline,
    ]  # fmt: skip
    list_display = [
        "headline_column", "state_badge", "language_tag", "kind_label", "region_names", "topic_names", "office_name",
        "date", "author", "acts_next",
    ]  # fmt: skip
    list_filter = [
        StateFilter, LanguageFilter, KindFilter, RegionFilter, CountryFilter, TopicFilter, OfficeFilter, AuthorFilter,
        BehindFilter, LinksFilter, ReviewFilter, AssignedFilter,
    ]  # fmt: skip
    search_fields = ["headline", "slug", "reference", "summary"]
    search_help_text = _("Searches the headline, standfirst, slug and reference number.")
    date_hierarchy = "published_on"
    autocomplete_fields = ["office", "dateline_country", "lead_image"]
    fieldsets = [
        (_("Text"), {"classes": ["text-fields"], "fields": ["headline", "summary", "body", "notes_to_editors"]}),
        (
            _("Publication"),
            {
                "fields": [("publish_at", "publish_at_local"), ("press_from", "press_from_local"), "review_by"],
            },
        ),
        (_("Details"), {"fields": [("language", "kind"), "office", "slug"]}),
        (_("Places"), {"classes": ["places"], "fields": [("dateline_country", "dateline_place")]}),
        (_("Pictures"), {"classes": ["pictures"], "fields": ["lead_image"]}),
        EDITION,
        (_("Source"), {"classes": ["collapse"], "fields": ["reference", "external_source", "external_id"]}),
    ]
    readonly_fields = [
        "publish_at_local", "press_from_local", "reference", "external_source", "external_id", "body_html",
        "notes_html",
    ]  # fmt: skip

    radio_fields = {"change_kind": admin.VERTICAL}
    pages = (
        WorkflowSteps, TakingAway, ArticleChecks, ArticleHistory, ArticleRemarks, ArticleReviewDate, ArticleAccess,
        ArticleTranslating, MachineDrafts, TranslationBoard, ExtraTexts, Previews, ReviewLinks, Passes,
        WritingToPress, ReaderPages, ArticleCalendar, bulk.BulkActions, FromText, ArticleLinkTargets, PastedHTML,
    )  # fmt: skip

    def get_actions(self, request):
        return bulk.actions(request.user)

    def get_changelist(self, request, **kwargs):
        return ArticleChangeList

    def get_queryset(self, request):
        return permissions.visible(request.user, super().get_queryset(request))

    def get_object(self, request, object_id, from_field=None):
        article = super().get_object(request, object_id, from_field)
        if article is not None:
            article.viewer = request.user  # for the times in their zone
        return article

    def view_on_site(self, article):
        """The public page, or the preview while there is none; nothing for a removed article."""
        if article.state == Article.State.GONE:
            return None
        if Article.objects.readable().filter(pk=article.pk).exists():
            return article.get_absolute_url()
        return reverse("admin:articles_article_preview", args=[article.pk])

    def get_fieldsets(self, request, obj=None):
        """Users who may only view see formatted text instead of HTML, and times with their zone."""
        groups = self.fieldsets if obj is not None else self.fieldsets[:-1]
        if obj is None or not (obj.revises_id or permissions.corrects_in_place(request.user, obj)):
            groups = [group for group in groups if group is not EDITION]
        if obj is not None and not self.has_change_permission(request, obj):
            first = {**groups[0][1], "fields": [READ_ONLY.get(name, name) for name in groups[0][1]["fields"]]}
            groups = [(groups[0][0], first), *((title, _without_times(one)) for title, one in groups[1:])]
        return groups

    def render_change_form(self, request, context, *args, **kwargs):
        # The scripts of the fields alone: this form needs none of the admin's, and neither jQuery nor select2.
        context["media"] = context["adminform"].form.media
        return super().render_change_form(request, context, *args, **kwargs)

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
        """Only drafts that were never public. Others are withdrawn or removed instead, which keeps their history.

        Writers and translators delete what they began themselves, until it is submitted for the first time.
        """
        if obj is None:
            return self.has_change_permission(request)
        never_public = obj.state == "draft" and not obj.first_published_at and not obj.revises_id
        if not never_public or not permissions.may_edit(request.user, obj):
            return False
        is_own = obj.created_by_id == request.user.pk and not obj.moves.filter(name="submit").exists()
        return is_own or permissions.may(request.user, "publish", obj)
