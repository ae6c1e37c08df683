"""Base classes for the admins of every app: permissions from memberships, saving, search by name, related rows."""

from contextlib import suppress

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..cldr.formats import labelled
from ..cldr.ordering import ByName, ChoicesByName
from ..models.base import Coded, CodedQuerySet
from ..plain_text import sentences
from ..public_pages import names_changed
from .edit_lock import EditLock
from .ending.uses import NamesUses
from .fields import SeveralChoices
from .unsaved.form import UnsavedText

# Addresses that are typed without a scheme get https://.
URL_FIELDS = {models.URLField: {"assume_scheme": "https"}}


def has_changed(form, formsets):
    """Whether the form or any row of its inlines was changed."""
    return form.has_changed() or any(formset.has_changed() for formset in formsets)


def tell_removed(request, form):
    """Say what the changed plain texts of a form have lost: HTML tags, character codes, invisible characters."""
    for name in form.changed_data:
        if removed := getattr(form.fields[name], "removed", None):
            messages.warning(request, labelled(capfirst(str(form[name].label)), " ".join(sentences(removed))))


class SaveOnlyChanges(EditLock):
    """For a ModelAdmin with the lock: a form saved without changes writes neither the row nor the log, and says so."""

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.nothing_changed = change and not has_changed(form, formsets)
        if not request.nothing_changed:
            self.after_change(request, form)
        for one in (form, *(row for formset in formsets for row in formset.forms if row.instance.pk)):
            tell_removed(request, one)

    def after_change(self, request, form):
        """Called when a changed row and its inlines are stored; for subclasses."""

    def log_change(self, request, obj, message):
        if message:
            return super().log_change(request, obj, message)
        return None

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        """Say so instead of Django's “was changed successfully” where nothing was."""
        if level == messages.SUCCESS and getattr(request, "nothing_changed", False):
            message, level = _("Nothing was changed."), messages.INFO
        super().message_user(request, message, level, *args, **kwargs)


class MemberPermissions:
    """For a ModelAdmin: permissions come from Django's own or from a membership.

    Every member may view. Editors and approvers may add and change; if `office_field` names the attribute with the
    id of a row's office, those of one office may change only its rows, and cannot move them to another office.
    """

    office_field = None

    def has_module_permission(self, request):
        return super().has_module_permission(request) or permissions.is_member(request.user)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or permissions.is_member(request.user)

    def has_add_permission(self, request):
        # A new office belongs to none yet.
        anywhere = self.office_field not in (None, "pk")
        return super().has_add_permission(request) or permissions.may_edit(request.user, anywhere=anywhere)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or self._may_edit(request, obj)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        by_django = super().has_add_permission(request) or super().has_change_permission(request)
        if db_field.attname == self.office_field and not (by_django or permissions.may_edit(request.user)):
            field.queryset = field.queryset.filter(pk__in=permissions.edited_offices(request.user))
            field.required = True  # a row without an office is everybody's
        return field

    def _may_edit(self, request, obj):
        if self.office_field is None:
            return permissions.may_edit(request.user)
        if obj is None:
            return permissions.may_edit(request.user, anywhere=True)
        return permissions.may_edit(request.user, getattr(obj, self.office_field))


class PossibleIds:
    """An autocomplete that does not look up an initial value (from the URL or a refused form) that cannot be an id.

    Django looks it up unchecked, and the database fails on text or on a number out of range. The field itself
    refuses such a value when the form is validated.
    """

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if self._is_possible_id(key)], attrs)

    def _is_possible_id(self, key):
        try:
            self.field.target_field.run_validators(self.field.target_field.to_python(key))
        except ValidationError:
            return False
        return True


class ValidatedAutocomplete(PossibleIds, AutocompleteSelect):
    pass


class AutocompleteMany(PossibleIds, AutocompleteSelectMultiple):
    """Without select2's button that takes all out: it stands among the items of a list and is none of them."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class ChoicesInUse(AutocompleteJsonView):
    """The answers to autocomplete fields: only rows that may be chosen, see `CodedQuerySet.in_use`.

    A ModelAdmin with `choice_details(row)` adds what is shown beside the name: {"thumbnail", "note"}.
    """

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.in_use() if isinstance(rows, CodedQuerySet) else rows

    def serialize_result(self, obj, to_field_name):
        details = getattr(self.model_admin, "choice_details", None)
        return super().serialize_result(obj, to_field_name) | (details(obj) if details else {})


class RelatedChoices:
    """For a ModelAdmin or an inline: choices of related rows load their names with one query for all."""

    may_add_related = ("contact", "image", "lead_image", "recording", "attachment")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        related = db_field.related_model
        if issubclass(related, Coded) and "queryset" not in kwargs:
            kwargs["queryset"] = with_names(related._default_manager.all())
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = ValidatedAutocomplete(db_field, self.admin_site, using=kwargs.get("using"))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            field.iterator = ChoicesByName
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = AutocompleteMany(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_manytomany(db_field, request, **{"form_class": SeveralChoices} | kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Offer no icons to change, delete or view the related row; the one to add only for `may_add_related`."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and db_field.name in self.may_add_related
        return field


def with_names(queryset):
    """The queryset, with what the names of its rows need prefetched."""
    if isinstance(queryset, CodedQuerySet):
        return queryset.with_translations()
    return queryset


class TranslatedSearch:
    """For a ModelAdmin: list and autocomplete search the translations of a row, in all languages, and its own fields.

    A row matches if each of the first six words is in one of its `search_translations` or `search_fields`.
    """

    search_translations = ("name",)

    def get_queryset(self, request):
        return with_names(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        """Use subqueries: a join would repeat each row for each language."""
        if not search_term.strip():
            return queryset, False
        translations = self.model.translations.rel.related_model.objects
        owner = translations.model.owner_field
        matches = models.Q()
        for word in search_term.split()[:6]:
            in_translation = models.Q()
            # SQLite's LIKE ignores the case of ASCII letters only.
            for spelling in {word, word.lower(), word.capitalize()}:
                for field in self.search_translations:
                    in_translation |= models.Q(**{f"{field}__icontains": spelling})
            found = models.Q(pk__in=translations.filter(in_translation).values(owner))
            for field in self.get_search_fields(request):
                found |= models.Q(**{f"{field}__icontains": word})
            matches &= found
        return queryset.filter(matches), False


class StrictChangeList(ChangeList):
    """A list that refuses a filter value that is none of the field's choices, instead of showing no rows.

    A column of related rows is sorted by their names.
    """

    def get_ordering_field(self, field_name):
        with suppress(FieldDoesNotExist):
            related = self.lookup_opts.get_field(field_name).related_model
            if related and issubclass(related, Coded):
                return ByName(field_name)
        return super().get_ordering_field(field_name)

    def get_filters_params(self, params=None):
        chosen = super().get_filters_params(params)
        for lookup, values in chosen.items():
            choices = self._choices(lookup)
            if choices and not set(values) <= choices:
                raise IncorrectLookupParameters(lookup)
        return chosen

    def _choices(self, lookup):
        if any(getattr(spec, "parameter_name", None) == lookup for spec in self.list_filter):
            return None  # a filter class checks its own values
        try:
            choices = self.lookup_opts.get_field(lookup.removesuffix("__exact")).flatchoices
        except (AttributeError, FieldDoesNotExist):
            return None
        return {str(value) for value, _label in choices}


class PublicModelAdmin(SaveOnlyChanges, admin.ModelAdmin):
    """For models that public pages show: every change makes the site render these pages again."""

    def get_changelist(self, request, **kwargs):
        return StrictChangeList

    def after_change(self, request, form):
        names_changed()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        names_changed()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        names_changed()


class CodedModelAdmin(UnsavedText, NamesUses, TranslatedSearch, RelatedChoices, MemberPermissions, PublicModelAdmin):
    """For models with a code and translated names (`Coded`).

    The relations in `list_select_related` must lead to such models, too: the list loads their names.
    """

    show_full_result_count = False
    list_per_page = 50
    formfield_overrides = URL_FIELDS
    search_fields = ["code"]
    fixed_fields = ["code"]  # URLs, filters and imports identify rows by these, so they never change

    def get_queryset(self, request):
        names = [f"{relation}__translations" for relation in self.list_select_related or ()]
        return super().get_queryset(request).prefetch_related(*names)

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return readonly if obj is None else [*readonly, *self.fixed_fields]

    def get_ordering(self, request):
        """By name, and first by their `order` where the rows have one."""
        return [*(["order"] if hasattr(self.model, "order") else []), ByName()]

    @admin.display(description=_("name"), ordering=ByName())
    def name(self, row):
        return row.name
