"""The admin of journalists, for those who may write to the press. Consents are logged; a deletion leaves numbers."""

from django import forms
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import RelatedChoices, SaveOnlyChanges, StrictChangeList
from contacts.admin.fields import DateInput
from contacts.cldr.formats import short_date
from contacts.languages import language_choices
from contacts.models.links import keys_listed_under

from ...models import Journalist
from ...press_lists import figures, journalists, lists
from ...querysets import large_of
from ..article.change_list import LongList
from ..article.filters import RegionFilter, TopicFilter
from .journalist_files import JournalistFiles

MOST_SHOWN = 50  # mails and lines of the log


class JournalistForm(forms.ModelForm):
    other_languages = forms.MultipleChoiceField(
        label=_("also reads"), choices=language_choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Used if there is no text in the first language."),
    )  # fmt: skip

    class Meta:
        widgets = {"consent_on": DateInput}


class ConsentFilter(admin.SimpleListFilter):
    title, parameter_name = _("consent"), "consent"

    def lookups(self, request, model_admin):
        return [("yes", _("with consent")), ("no", _("without consent"))]

    def queryset(self, request, rows):
        return rows.filter(consent_on__isnull=self.value() == "no") if self.value() in ("yes", "no") else rows


class RefusedFilter(admin.SimpleListFilter):
    title, parameter_name = _("e-mail"), "address"

    def lookups(self, request, model_admin):
        return [("refused", _("the address was refused"))]

    def queryset(self, request, rows):
        return rows.filter(switched_off_at__isnull=False) if self.value() == "refused" else rows


class OfRegion(RegionFilter):
    choices = admin.SimpleListFilter.choices

    def queryset(self, request, rows):
        region = self.chosen_row()
        return rows.filter(lists.in_regions(keys_listed_under(region, nested=True))) if region else rows


class OfTopic(TopicFilter):
    choices = admin.SimpleListFilter.choices

    def queryset(self, request, rows):
        topic = self.chosen_row()
        return rows.filter(lists.about_topics(keys_listed_under(topic, nested=True))) if topic else rows


@admin.register(Journalist)
class JournalistAdmin(LongList, JournalistFiles, RelatedChoices, SaveOnlyChanges, admin.ModelAdmin):
    form = JournalistForm
    list_display = ["name", "outlet", "address", "language", "consent", "state"]
    list_filter = [ConsentFilter, "is_active", RefusedFilter, "language", OfRegion, OfTopic]
    search_fields = ["name", "outlet", "email"]
    search_help_text = _("Searches names, outlets and e-mail addresses.")
    actions = None
    autocomplete_fields = ["regions", "countries", "topics"]
    readonly_fields = ["consents", "mails"]
    fieldsets = [
        (None, {"fields": [("name", "outlet"), ("email", "telephone"), "is_active"]}),
        (_("Languages"), {"fields": ["language", "other_languages"]}),
        (_("Writes about"), {"fields": ["regions", "countries", "topics"]}),
        (_("Consent"), {"fields": [("consent_on", "consent_source"), "consents"]}),
        (None, {"fields": ["notes", "mails"]}),
    ]

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def _may(self, request, obj=None):
        return lists.may_write(request.user)

    has_view_permission = has_change_permission = has_delete_permission = _may

    def has_add_permission(self, request):
        return self._may(request)

    def has_module_permission(self, request):
        return self._may(request)

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else [*self.fieldsets[:3], self._consent_alone, (None, {"fields": ["notes"]})]

    _consent_alone = (_("Consent"), {"fields": [("consent_on", "consent_source")]})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"consent_on", "consent_source"} & {*form.changed_data}:
            journalists.note_consent(obj, request.user)
        if change and "email" in form.changed_data:
            journalists.address_changed(obj)

    def delete_model(self, request, obj):
        journalists.erase(obj, request.user)

    @admin.display(description=_("e-mail"), ordering="email")
    def address(self, journalist):
        return format_html('<bdi dir="ltr">{}</bdi>', journalist.email)

    @admin.display(description=_("consent"), ordering="consent_on")
    def consent(self, journalist):
        return short_date(journalist.consent_on) if journalist.consent_on else _("without consent")

    @admin.display(description=_("state"))
    def state(self, journalist):
        if journalist.switched_off_at:
            return _("the address was refused")
        return _("active") if journalist.is_active else _("not active")

    @admin.display(description=_("log of consents"))
    def consents(self, journalist):
        rows = journalist.consent_log.select_related("by")[:MOST_SHOWN]
        return render_to_string("admin/articles/journalist/_consents.html", {"rows": rows})

    @admin.display(description=_("mails"))
    def mails(self, journalist):
        rows = journalist.deliveries.select_related("article", "sending", "given").defer(*large_of("article"))
        rows = rows.annotate(opened=figures.openings())[:MOST_SHOWN]
        return render_to_string("admin/articles/journalist/_mails.html", {"rows": rows})
