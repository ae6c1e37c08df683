"""Base classes of the admins of every app: permissions from memberships, saving, names of related rows, search."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from .. import permissions
from ..models.base import Coded, CodedQuerySet
from ..public_pages import names_changed


def has_changed(form, formsets):
    return form.has_changed() or any(formset.has_changed() for formset in formsets)


class WritesChanges:
    """Writes the row and an entry of the log only if the form, or the rows within it, have changed."""

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change or has_changed(form, formsets):
            self.after_change(request, form)

    def after_change(self, request, form):
        """What follows from a change, when the row and the rows within its form are stored."""

    def log_change(self, request, obj, message):
        if message:
            return super().log_change(request, obj, message)
        return None


class MemberAccess:
    """Members see every row; keepers change those of their offices. `office_of` says whose a row is."""

    own_office = False

    def office_of(self, obj):
        """The id of the office that a row belongs to; None if it belongs to none."""
        return None

    def _keeps(self, request, obj):
        if not self.own_office:
            return permissions.keeps(request.user)
        if obj is None:
            return permissions.keeps(request.user, anywhere=True)
        return permissions.keeps(request.user, self.office_of(obj))

    def has_module_permission(self, request):
        return super().has_module_permission(request) or permissions.reads(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or permissions.reads(request.user)

    def has_add_permission(self, request):
        return super().has_add_permission(request) or self._keeps(request, None)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or self._keeps(request, obj)


class ChosenRow(AutocompleteSelect):
    """Shows again what was asked for in an address or a refused form, if it can be a row at all.

    Django asks the database for it unchecked, which neither text nor a number beyond its range survives.
    """

    def optgroups(self, name, value, attrs=None):
        # What it was given stays the field's own business, which refuses it.
        return super().optgroups(name, [key for key in value if self._may_be_a_key(key)], attrs)

    def _may_be_a_key(self, key):
        try:
            self.field.target_field.run_validators(self.field.target_field.to_python(key))
        except ValidationError:
            return False
        return True


class NamedRelations:
    """Every choice of a coded row comes with its name, instead of one query a name."""

    may_add_here = ("contact", "image", "lead_image", "attachment")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        related = db_field.related_model
        if issubclass(related, Coded) and "queryset" not in kwargs:
            kwargs["queryset"] = named(related._default_manager.all())
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = ChosenRow(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a choice stands at most a plus: changing and deleting what others use belongs on its own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and db_field.name in self.may_add_here
        return field


def named(queryset):
    """The rows with what their names are made of."""
    if isinstance(queryset, CodedQuerySet):
        return queryset.with_translations()
    return queryset


class NamedList:
    """A change list whose rows, and whose autocomplete, show names without a query each."""

    name_path = "translations__name"

    def get_queryset(self, request):
        return named(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        """Words in any language's name, without joining every language's row to the list."""
        if not search_term.strip():
            return queryset, False
        names = self.model.translations.rel.related_model.objects
        owner = names.model.owner_field
        matches = models.Q()
        for word in search_term.split()[:6]:
            inside = models.Q()
            # SQLite's LIKE knows upper and lower case of ASCII alone.
            for spelled in {word, word.lower(), word.capitalize()}:
                for field in self.searched_words:
                    inside |= models.Q(**{f"{field}__icontains": spelled})
            found = models.Q(pk__in=names.filter(inside).values(owner))
            for field in self.searched_fields:
                found |= models.Q(**{f"{field}__icontains": word})
            matches &= found
        return queryset.filter(matches), False

    searched_words = ("name",)
    searched_fields = ("code",)


class PublicRows(WritesChanges, admin.ModelAdmin):
    """A table whose rows are on public pages: after every change these are rendered anew."""

    def get_changelist(self, request, **kwargs):
        return KnownList

    def after_change(self, request, form):
        names_changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        names_changed()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        names_changed()


class KnownList(ChangeList):
    """A value that the field does not know is told, instead of answered with an empty list."""

    def get_filters_params(self, params=None):
        asked = super().get_filters_params(params)
        for lookup, values in asked.items():
            known = self._choices(lookup.removesuffix("__exact"))
            if known and not set(values) <= known:
                raise IncorrectLookupParameters(lookup)
        return asked

    def _choices(self, name):
        if any(getattr(spec, "parameter_name", None) == name for spec in self.list_filter):
            return None  # the filter's own word
        try:
            choices = self.lookup_opts.get_field(name).flatchoices
        except (AttributeError, FieldDoesNotExist):
            return None
        return {str(value) for value, _label in choices}


# An address that is typed without http:// or https:// is taken for one with https://.
WEB_ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


class MemberAdmin(MemberAccess, PublicRows):
    """A table of the newsroom, with names in the reader's language and one way to enter dates."""

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = WEB_ADDRESSES
    fixed_fields = ["code"]  # addresses, filters and imports name a row by these: they never change

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if obj is None else [*readonly, *self.fixed_fields]
