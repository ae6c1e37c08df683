from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Country, CountryTranslation, Region, RegionTranslation
from .base import MemberAdmin, NamedList, NamedRelations
from .fields import WordsField
from .inlines import TranslationCards, TranslationRows


class RegionWords(TranslationCards):
    model = RegionTranslation


class CountryNames(TranslationRows):
    model = CountryTranslation


class CountryForm(forms.ModelForm):
    aliases = WordsField(
        label=_("other names"),
        required=False,
        separator="\n",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("One name a line. Search and datelines know them too."),
    )


@admin.register(Region)
class RegionAdmin(NamedList, NamedRelations, MemberAdmin):
    list_display = ["name", "code", "kind", "parent", "order", "is_active"]
    list_display_links = ["name", "code"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent"]
    search_fields = ["code"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [RegionWords]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parent__translations")

    @admin.display(description=_("name"))
    def name(self, region):
        return region.name


@admin.register(Country)
class CountryAdmin(NamedList, NamedRelations, MemberAdmin):
    form = CountryForm
    list_display = ["name", "iso3", "iso2", "m49", "region"]
    list_display_links = ["name", "iso3"]
    list_select_related = ["region"]
    list_per_page = 100
    fixed_fields = ["iso3", "iso2", "m49"]
    search_fields = ["iso3"]
    searched_fields = ("iso3", "iso2", "m49")
    autocomplete_fields = ["region"]
    inlines = [CountryNames]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("region__translations")

    @admin.display(description=_("name"))
    def name(self, country):
        return country.name
