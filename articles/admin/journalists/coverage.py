"""The admin of coverage: who published which story of ours. Editors and approvers list it (the right "enquiries")."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import URL_FIELDS, PublicModelAdmin, RelatedChoices
from contacts.admin.fields import DateInput
from contacts.public_pages import changed

from ... import permissions
from ...models import Article, Coverage
from ...querysets import large_of
from .. import display
from ..article.change_list import LongList


class CoverageForm(forms.ModelForm):
    class Meta:
        widgets = {"published_on": DateInput}


@admin.register(Coverage)
class CoverageAdmin(LongList, RelatedChoices, PublicModelAdmin):
    form = CoverageForm
    formfield_overrides = URL_FIELDS
    list_display = ["title_shown", "outlet", "headline", "language_tag", "published_on", "is_public"]
    list_display_links = ["title_shown"]
    list_filter = ["is_public", "language"]
    list_select_related = ["article"]
    search_fields = ["outlet", "title"]
    search_help_text = _("Searches outlets and titles.")
    actions = None
    autocomplete_fields = ["article"]
    fields = ["article", "outlet", "title", "address", ("published_on", "language"), "is_public"]

    def get_queryset(self, request):
        visible = permissions.visible(request.user, Article.objects.order_by())
        rows = super().get_queryset(request).filter(article__in=visible)
        return rows.select_related("article").defer(*large_of("article"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = permissions.visible(request.user, field.queryset).filter(revises=None)
        return field

    def has_module_permission(self, request):
        return permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return permissions.may(request.user, "view", obj and obj.article)

    def has_add_permission(self, request):
        return permissions.may(request.user, "enquiries")

    def has_change_permission(self, request, obj=None):
        return permissions.may(request.user, "enquiries", obj and obj.article)

    has_delete_permission = has_change_permission

    def after_change(self, request, form):
        changed()

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, coverage):
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', coverage.language, coverage.direction, coverage.title)

    @admin.display(description=_("article"))
    def headline(self, coverage):
        return display.headline(coverage.article)

    @admin.display(description=_("language"), ordering="language")
    def language_tag(self, coverage):
        return format_html('<abbr class="tag">{}</abbr>', coverage.language)
