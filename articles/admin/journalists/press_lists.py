"""The admin of press lists: by name or by a rule. Those of an office are seen and used there."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contacts.admin.base import RelatedChoices, SaveOnlyChanges, StrictChangeList
from contacts.cldr.formats import number
from contacts.languages import language_choices
from contacts.models import Office

from ... import permissions
from ...models import PressList
from ...press_lists import lists
from .. import display
from ..article.change_list import LongList
from .journalist_files import csv_answer

MOST_NAMED = 20
RULE = ("outlet", "regions", "topics", "languages")


class PressListForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=_("languages"), choices=language_choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        widgets = {"kind": forms.RadioSelect}

    def clean(self):
        values = super().clean()
        is_rule = values.get("kind") == PressList.Kind.RULE
        if is_rule and not any(values.get(name) for name in RULE):
            self.add_error("kind", _("Enter at least one condition of the rule: it would choose nobody."))
        if is_rule and values.get("journalists"):
            self.add_error("journalists", _("A rule chooses by itself. Take these names out, or choose by name."))
        if values.get("kind") == PressList.Kind.PICKED and any(values.get(name) for name in RULE):
            self.add_error("kind", _("These conditions would have no effect: choose “by a rule”, or take them out."))
        return values


class SizedChangeList(StrictChangeList):
    """A list of press lists with their sizes, which one query counts."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        sizes = lists.sizes(self.result_list)
        for row in self.result_list:
            row.number = sizes[row.pk]


@admin.register(PressList)
class PressListAdmin(LongList, RelatedChoices, SaveOnlyChanges, admin.ModelAdmin):
    form = PressListForm
    list_display = ["name", "kind", "office", "size"]
    list_filter = ["kind"]
    list_select_related = ["office"]
    search_fields = ["name"]
    actions = None
    autocomplete_fields = ["journalists", "regions", "topics"]
    radio_fields = {"kind": admin.HORIZONTAL}
    readonly_fields = ["size", "who"]
    fieldsets = [
        (None, {"fields": [("name", "office"), "kind"]}),
        (_("By name"), {"fields": ["journalists"]}),
        (_("By a rule"), {
            "description": _("All conditions must be fulfilled; of each, one of the choices is enough."),
            "fields": ["outlet", "regions", "topics", "languages"],
        }),
    ]  # fmt: skip

    def get_changelist(self, request, **kwargs):
        return SizedChangeList

    def get_fieldsets(self, request, obj=None):
        return [*self.fieldsets, (_("Who is in it now"), {"fields": ["size", "who"]})] if obj else self.fieldsets

    def get_queryset(self, request):
        return lists.usable(request.user, super().get_queryset(request)).prefetch_related("office__translations")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "office" and not permissions.everywhere(request.user, lists.RIGHT):
            field.queryset = field.queryset.filter(pk__in=lists.own_offices(request.user))
            field.required = True
        return field

    def get_changeform_initial_data(self, request):
        office = Office.objects.filter(pk__in=lists.own_offices(request.user)).first()
        return ({"office": office.pk} if office else {}) | super().get_changeform_initial_data(request)

    def has_module_permission(self, request):
        return lists.may_write(request.user)

    def has_add_permission(self, request):
        return lists.may_write(request.user)

    def has_view_permission(self, request, obj=None):
        if obj is None:
            return lists.may_write(request.user)
        return lists.usable(request.user, PressList.objects.filter(pk=obj.pk)).exists()

    def has_change_permission(self, request, obj=None):
        return lists.may_write(request.user) if obj is None else lists.may_change(request.user, obj)

    has_delete_permission = has_change_permission

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.export_view))
        return [path("<int:pk>/journalists.csv", view, name="articles_presslist_export"), *super().get_urls()]

    def export_view(self, request, pk):
        if not lists.may_write(request.user):
            raise PermissionDenied
        press_list = self.get_queryset(request).filter(pk=pk).first()
        if press_list is None:
            raise Http404
        return csv_answer(request.user, lists.members(press_list), f"press-list-{pk}")

    @admin.display(description=_("journalists"))
    def size(self, press_list):
        size = getattr(press_list, "number", None)
        return number(lists.members(press_list).count() if size is None else size)

    @admin.display(description=_("names"))
    def who(self, press_list):
        rows = lists.members(press_list)
        told = display.listed(rows[:MOST_NAMED])
        more = "…" if rows.count() > MOST_NAMED else ""
        address = reverse("admin:articles_presslist_export", args=[press_list.pk])
        return format_html('{}{} <p><a href="{}">{}</a></p>', told, more, address, _("All of them as CSV"))
