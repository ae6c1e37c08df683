import zoneinfo

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import (
    Office,
    OfficeClosure,
    OfficeCountry,
    OfficeTranslation,
    OpeningHours,
)
from .base import MemberAdmin, NamedList, NamedRelations
from .fields import DayInput, languages_field
from .inlines import TabularInline, TranslationCards
from .phones import PhoneLines


class OfficeWords(TranslationCards):
    model = OfficeTranslation
    verbose_name_plural = _("names and addresses")


class OfficeHours(TabularInline):
    model = OpeningHours


class OfficeClosures(TabularInline):
    model = OfficeClosure


class OfficeCountries(TabularInline):
    model = OfficeCountry
    autocomplete_fields = ["country"]


class OfficeForm(forms.ModelForm):
    languages = languages_field()
    timezone = forms.ChoiceField(
        label=_("time zone"), choices=lambda: [(zone, zone) for zone in sorted(zoneinfo.available_timezones())]
    )

    class Meta:
        widgets = {"opened": DayInput, "closed": DayInput}


class OpenFilter(admin.SimpleListFilter):
    title = _("whether it is open")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", _("open")), ("no", _("closed for good"))]

    def queryset(self, request, offices):
        if self.value() == "yes":
            return offices.open()
        return offices.exclude(pk__in=Office.objects.open()) if self.value() == "no" else offices


@admin.register(Office)
class OfficeAdmin(NamedList, NamedRelations, MemberAdmin):
    form = OfficeForm
    own_office = True
    list_display = ["name", "kind", "host_country", "timezone", "closed"]
    list_filter = ["kind", OpenFilter]
    list_select_related = ["host_country"]
    search_fields = ["code"]
    searched_words = ("name", "city")
    autocomplete_fields = ["parent", "host_country", "successor"]
    inlines = [OfficeWords, PhoneLines, OfficeHours, OfficeClosures, OfficeCountries]
    fieldsets = [
        (None, {"fields": ["code", ("kind", "parent"), ("host_country", "timezone")]}),
        (_("How to reach it"), {"fields": ["email", "website", "languages", ("latitude", "longitude")]}),
        (_("Opened and closed"), {"classes": ["collapse"], "fields": [("opened", "closed"), "successor"]}),
    ]

    def office_of(self, office):
        return office.pk

    def has_add_permission(self, request):
        from ..permissions import may_edit

        return admin.ModelAdmin.has_add_permission(self, request) or may_edit(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("host_country__translations")

    @admin.display(description=_("name"))
    def name(self, office):
        return office.name
