"""The admin of regions and countries."""

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import Country, CountryTranslation, Region, RegionTranslation
from .base import CodedModelAdmin
from .fields import TextListField
from .inlines import TranslationStackedInline, TranslationTabularInline


class RegionTranslationInline(TranslationStackedInline):
    model = RegionTranslation


class CountryTranslationInline(TranslationTabularInline):
    model = CountryTranslation


class CountryForm(forms.ModelForm):
    aliases = TextListField(
        label=_("other names"),
        required=False,
        separator="\n",
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField", "dir": "auto"}),
        help_text=_("One name per line. Search and datelines recognise these names too."),
    )


@admin.register(Region)
class RegionAdmin(CodedModelAdmin):
    list_display = ["name", "code", "kind", "parent", "order", "is_active", "successor"]
    list_display_links = ["name", "code"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent", "successor"]
    autocomplete_fields = ["parent", "successor"]
    inlines = [RegionTranslationInline]

    def after_change(self, request, form):
        """Countries do not move by themselves: the page warns of one that is left in a region that has ended."""
        super().after_change(request, form)
        region = form.instance
        if region.has_ended and (number := region.countries.count()):
            told = ngettext(
                "%(number)s country is still in this region. Move it to another one.",
                "%(number)s countries are still in this region. Move them to another one.",
                number,
            )
            messages.warning(request, told % {"number": number})


@admin.register(Country)
class CountryAdmin(CodedModelAdmin):
    form = CountryForm
    list_display = ["name", "iso3", "iso2", "m49", "region"]
    list_display_links = ["name", "iso3"]
    list_select_related = ["region"]
    list_per_page = 100
    fixed_fields = search_fields = ["iso3", "iso2", "m49"]
    autocomplete_fields = ["region"]
    inlines = [CountryTranslationInline]
