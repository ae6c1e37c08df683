"""The admin of contacts and of memberships."""

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Contact, ContactTranslation, Membership, Phone
from .base import CodedModelAdmin, RelatedChoices, SaveOnlyChanges, StrictChangeList
from .ending.pages import EndingPages
from .fields import DateInput, languages_field
from .inlines import TranslationStackedInline
from .phones import PhoneInline


class ContactTranslationInline(TranslationStackedInline):
    model = ContactTranslation
    verbose_name_plural = _("names and titles")


class ContactForm(forms.ModelForm):
    languages = languages_field()

    class Meta:
        widgets = {"valid_from": DateInput, "valid_until": DateInput}
        help_texts = {
            "valid_from": _("The day begins at midnight UTC, for all offices at once."),
            "valid_until": _("The day ends at midnight UTC, for all offices at once."),
        }


class PhoneFilter(admin.SimpleListFilter):
    title = _("telephones")
    parameter_name = "telephones"

    def lookups(self, request, model_admin):
        return [("doubt", _("one could not be recognised")), ("none", _("no telephone"))]

    def queryset(self, request, contacts):
        phones = Phone.objects.filter(contact=OuterRef("pk"))
        if self.value() == "doubt":
            return contacts.filter(Exists(phones.filter(e164=[])))
        return contacts.filter(~Exists(phones)) if self.value() == "none" else contacts


class VisibilityFilter(admin.SimpleListFilter):
    title = _("visibility")
    parameter_name = "current"

    def lookups(self, request, model_admin):
        return [("yes", _("shown to the public")), ("no", _("hidden or expired"))]

    def queryset(self, request, contacts):
        if self.value() == "yes":
            return contacts.current()
        return contacts.exclude(pk__in=Contact.objects.current()) if self.value() == "no" else contacts


@admin.register(Contact)
class ContactAdmin(EndingPages, CodedModelAdmin):
    ends_on = "valid_until"
    form = ContactForm
    office_field = "office_id"
    list_display = ["name", "kind", "purpose", "office", "telephones", "shown", "replaced_by"]
    list_filter = ["kind", "purpose", VisibilityFilter, PhoneFilter]
    list_select_related = ["office", "replaced_by"]
    search_fields = ["code", "email"]
    search_translations = ["display_name", "unit_name"]
    autocomplete_fields = ["office", "replaced_by"]
    inlines = [ContactTranslationInline, PhoneInline]
    fieldsets = [
        (None, {"fields": ["code", ("kind", "purpose"), "office", "email", "languages"]}),
        (
            _("Shown to the public"),
            {
                "fields": ["is_public", ("valid_from", "valid_until"), "replaced_by"],
                "description": _("An expired contact is never shown. The contact that replaces it is shown instead."),
            },
        ),
    ]

    def after_change(self, request, form):
        if "office" in form.changed_data:
            Phone.objects.read_again(contact=form.instance)
        super().after_change(request, form)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("phones")

    @admin.display(description=_("telephones"))
    def telephones(self, contact):
        phones = contact.phones.all()
        if any(phone.is_ambiguous for phone in phones):
            return format_html('<strong class="problem">{}</strong>', _("one could not be recognised"))
        shown = [phone.display.replace(" ", "\u00a0") for phone in phones]  # a line never breaks within a number
        return format_html('<bdi dir="ltr">{}</bdi>', " · ".join(shown)) if phones else "–"

    @admin.display(description=_("shown"), boolean=True)
    def shown(self, contact):
        return contact.is_current()


@admin.register(Membership)
class MembershipAdmin(SaveOnlyChanges, RelatedChoices, admin.ModelAdmin):
    """Memberships give all other permissions, so they give none here: only superusers and groups change them."""

    list_display = ["user", "role", "office", "trust"]
    list_filter = ["role", "trust"]
    list_select_related = ["user", "office"]
    search_fields = ["user__username", "office__code"]
    autocomplete_fields = ["user", "office"]

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("office__translations")
