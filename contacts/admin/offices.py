"""The admin of offices."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..cldr.ordering import ByName, sorted_by_name
from ..models import Contact, Office, OfficeClosure, OfficeCountry, OfficeTranslation, OpeningHours, Phone
from ..validators import LONGEST_TEXT, time_zones
from .base import CodedModelAdmin
from .ending.pages import EndingPages, PartForm
from .ending.successors import candidates, proposals
from .fields import DateInput, TextsField, keep_stored_choices, languages_field
from .inlines import TabularInline, TranslationStackedInline
from .phones import PhoneInline

MOST_CONTACTS = 50  # that end together with their office
WRITERS = ("email", "website")  # what an office's writers change beside its address, telephones, hours and closures


class OfficeTranslationInline(TranslationStackedInline):
    """Writers change the address and the introduction, not the name; they add and remove no language."""

    model = OfficeTranslation
    verbose_name_plural = _("names and addresses")

    def _is_kept_by_writer(self, request, obj):
        return self.admin_site.get_model_admin(Office).is_kept_by_writer(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return ["language", "name", "city"] if self._is_kept_by_writer(request, obj) else []

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not self._is_kept_by_writer(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not self._is_kept_by_writer(request, obj)


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

    def _parent_permission(self, request, obj, action):
        is_writer = self.admin_site.get_model_admin(Office).is_kept_by_writer(request, obj)
        return super()._parent_permission(request, obj, action) and not (action == "change" and is_writer)


class OfficeForm(forms.ModelForm):
    languages = languages_field()
    timezone = forms.ChoiceField(label=_("time zone"), choices=lambda: [(zone, zone) for zone in sorted(time_zones())])

    class Meta:
        widgets = {"opened": DateInput, "closed": DateInput}
        help_texts = {"closed": _("The day begins at midnight UTC, for all offices at once.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_stored_choices(self, "timezone")


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
class OfficeAdmin(EndingPages, CodedModelAdmin):
    ends_on = "closed"
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

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or self.is_kept_by_writer(request, obj)

    def is_kept_by_writer(self, request, office):
        """Whether the user may change no more of the office than its writers may."""
        if request is None or office is None or super().has_change_permission(request, office):
            return False
        return permissions.writes_for(request.user, office.pk)

    def has_end_permission(self, request, row):
        return super().has_end_permission(request, row) and not self.is_kept_by_writer(request, row)

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        if not self.is_kept_by_writer(request, obj):
            return readonly
        names = dict.fromkeys([*readonly, *flatten_fieldsets(self.fieldsets)])
        return [name for name in names if name not in WRITERS]

    def parts_to_end(self, request, data, row, found):
        """The contacts of an office that closes."""
        may_end = self.admin_site.get_model_admin(Contact).has_end_permission
        contacts = Contact.objects.current().filter(office=row).select_related("office")
        contacts = sorted_by_name(contacts.prefetch_related("translations", "office__translations"))
        contacts = [one for one in contacts if may_end(request, one)]
        rows = candidates(contacts[0]) if contacts else []
        rows = [one for one in rows if one.office_id != row.pk]
        shown = contacts[:MOST_CONTACTS]
        parts = [
            PartForm(data, one, *proposals(one, found.topics_by_contact, rows), prefix=f"c{one.pk}") for one in shown
        ]
        return parts, len(contacts) - len(shown)

    def after_change(self, request, form):
        if "host_country" in form.changed_data:
            Phone.objects.read_again_of_offices([form.instance.pk])
        super().after_change(request, form)
