"""The admin of boilerplates."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import CodedModelAdmin
from contacts.admin.fields import keep_stored_choices
from contacts.admin.inlines import TranslationStackedInline
from contacts.cldr.ordering import ByName

from ...models import Boilerplate, BoilerplateTranslation
from ..cleaning import EditorPages
from ..editor import RichText


class BoilerplateTranslationInline(RichText, TranslationStackedInline):
    model = BoilerplateTranslation
    html_fields = ["body"]


class BoilerplateForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_stored_choices(self, "kind")


@admin.register(Boilerplate)
class BoilerplateAdmin(EditorPages, CodedModelAdmin):
    """Editors and approvers of one office change that office's; those of every office all."""

    form = BoilerplateForm
    office_field = "office_id"
    list_display = ["title", "code", "office", "kind_label"]
    list_display_links = ["title", "code"]
    list_filter = ["kind"]
    list_select_related = ["office"]
    search_translations = ["title", "body"]
    autocomplete_fields = ["office"]
    inlines = [BoilerplateTranslationInline]

    @admin.display(description=_("title"), ordering=ByName())
    def title(self, boilerplate):
        return boilerplate.name

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, boilerplate):
        return boilerplate.get_kind_display() or "–"

    def after_change(self, request, form):
        """No public page changes: articles keep the text of their edition."""
