"""The admin of the glossary: the terms of the organisation, with the agreed wording in each language."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import CodedModelAdmin
from contacts.admin.inlines import TranslationStackedInline
from contacts.cldr.ordering import ByName
from contacts.languages import direction

from ...models import GlossaryTerm, GlossaryWording


class GlossaryWordingInline(TranslationStackedInline):
    model = GlossaryWording


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(CodedModelAdmin):
    """Every member may look a term up; editors and approvers of every office change the glossary."""

    list_display = ["term", "code", "wordings"]
    list_display_links = ["term", "code"]
    search_translations = ["wording", "others"]
    search_fields = ["code", "note"]
    inlines = [GlossaryWordingInline]

    def after_change(self, request, form):
        """No public page shows the glossary."""

    @admin.display(description=_("term"), ordering=ByName())
    def term(self, row):
        return row.name

    @admin.display(description=_("agreed wordings"))
    def wordings(self, row):
        lines = (
            (one.language, direction(one.language), one.wording, one.get_language_display())
            for one in row.translations.all()
        )
        return format_html(
            '<ul class="wordings">{}</ul>',
            format_html_join("", '<li><bdi lang="{}" dir="{}">{}</bdi> <span class="quiet">{}</span></li>', lines),
        )
