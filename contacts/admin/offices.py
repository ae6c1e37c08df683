"""The admin of offices."""

import zoneinfo

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..cldr.ordering import ByName
from ..models import Office, OfficeClosure, OfficeCountry, OfficeTranslation, OpeningHours, Phone
from ..validators import LONGEST_TEXT
from .base import CodedModelAdmin
from .fields import DateInput, TextsField, languages_field
from .inlines import TabularInline, TranslationStackedInline
from .phones import PhoneInline


class OfficeTranslationInline(TranslationStackedInline):
    model = OfficeTranslation
    verbose_name_plural = _("names and addresses")


class OpeningHoursInline(TabularInline):
    model = OpeningHours


class OfficeClosureForm(forms.ModelForm):
    notes = TextsField(label=_("note"), max_length=LONGEST_TEXT)


class OfficeClosureInline(TabularInline):
    model = OfficeClosure
    form = OfficeClosureForm


class OfficeCountryInline(TabularInline):
    model = OfficeCountry
    ordering = [ByName("country")]
    autocomplete_fields = ["country"]


class OfficeForm(forms.ModelForm):
    languages = languages_field()
    timezone = forms.ChoiceField(
        label=_("time zone"), choices=lambda: [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
    )

    class Meta:
        widgets = {"opened": DateInput, "closed": DateInput}


class OpenFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", _("open")), ("no", _("closed permanently"))]

    def queryset(self, request, offices):
        if self.value() == "yes":
            return offices.open()
        return offices.exclude(pk__in=Office.objects.open()) if self.value() == "no" else offices


@admin.register(Office)
class OfficeAdmin(CodedModelAdmin):
    form = OfficeForm
    office_field = "pk"
    list_display = ["name", "kind", "host_country", "timezone", "closed"]
    list_filter = ["kind", OpenFilter]
    list_select_related = ["host_country"]
    search_translations = ["name", "city"]
    autocomplete_fields = ["parent", "host_country", "successor"]
    inlines = [OfficeTranslationInline, PhoneInline, OpeningHoursInline, OfficeClosureInline, OfficeCountryInline]
    fieldsets = [
        (None, {"fields": ["code", ("kind", "parent"), ("host_country", "timezone")]}),
        (_("Contact details"), {"fields": ["email", "website", "languages", ("latitude", "longitude")]}),
        (_("Opening and closing"), {"classes": ["collapse"], "fields": [("opened", "closed"), "successor"]}),
    ]

    def after_change(self, request, form):
        if "host_country" in form.changed_data:
            Phone.objects.read_again_of_offices([form.instance.pk])
        super().after_change(request, form)
