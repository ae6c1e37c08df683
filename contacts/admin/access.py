"""Django's permissions, or else a membership: staff need no groups to keep the directory."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from .. import permissions
from ..public_pages import names_changed
from .saving import WritesChanges


class MemberAccess:
    """Members see every row; keepers change those of their offices. `office_of` says whose a row is."""

    own_office = False

    def office_of(self, obj):
        """The id of the office that a row belongs to; None if it belongs to none."""
        return None

    def _keeps(self, request, obj):
        if not self.own_office:
            return permissions.may_edit(request.user)
        if obj is None:
            return permissions.may_edit(request.user, anywhere=True)
        return permissions.may_edit(request.user, self.office_of(obj))

    def has_module_permission(self, request):
        return super().has_module_permission(request) or permissions.is_member(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or permissions.is_member(request.user)

    def has_add_permission(self, request):
        return super().has_add_permission(request) or self._keeps(request, None)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or self._keeps(request, obj)


class PartAccess:
    """An inline's rows may be seen and changed by whoever may see and change the row they belong to."""

    def _owner(self, request, obj, right):
        owner = self.admin_site.get_model_admin(self.parent_model)
        if obj is None and right == "change":
            return owner.has_add_permission(request)
        return getattr(owner, f"has_{right}_permission")(request, obj)

    def has_view_permission(self, request, obj=None):
        return self._owner(request, obj, "view")

    def has_add_permission(self, request, obj=None):
        return self._owner(request, obj, "change")

    def has_change_permission(self, request, obj=None):
        return self._owner(request, obj, "change")

    def has_delete_permission(self, request, obj=None):
        return self._owner(request, obj, "change")


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
