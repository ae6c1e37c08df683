"""Inlines and their formsets for the admins of every app: labelled, ordered, translated rows in a row's form."""

from contextlib import suppress

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DEFAULT_MAX_NUM, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..languages import content_language
from .base import URL_FIELDS, RelatedChoices
from .fields import DateInput, OrderField, Textarea, TimeInput, written_in


class BoundedManagementForm(ManagementForm):
    """Refuses numbers of rows that no browser sends. Django takes negative ones, and ones beyond the maximum."""

    TOTAL_FORMS = forms.IntegerField(min_value=0, max_value=DEFAULT_MAX_NUM, widget=forms.HiddenInput)
    INITIAL_FORMS = forms.IntegerField(min_value=0, max_value=DEFAULT_MAX_NUM, widget=forms.HiddenInput)

    def clean(self):
        counts = super().clean()
        if counts[INITIAL_FORM_COUNT] > counts[TOTAL_FORM_COUNT]:
            self.add_error(None, "more rows stored than shown")
            counts |= {INITIAL_FORM_COUNT: 0, TOTAL_FORM_COUNT: 0}
        return counts


class InlineFormSet(forms.BaseInlineFormSet):
    """The formset of all inlines.

    `is_read_only`: posted rows are neither read nor saved. `refusal`: why a workflow step that was requested
    together with the save is refused because of these rows; shown above them. `may_change_rows`: the stored rows are
    sent. `notes`: [(number of a row or None, field or None, sentence)], added to the errors of a refused save.
    """

    is_read_only = False
    may_change_rows = True
    refusal = ""
    notes = ()
    default_error_messages = {
        "missing_management_form": _("The form was incomplete. Nothing was saved. Open it again."),
    }

    def __init__(self, data=None, files=None, **options):
        posted = (None, None) if self.is_read_only else (data, files)
        super().__init__(*posted, **options)

    def add_fields(self, form, index):
        """Give each field of each row a label of its own for screen readers (WCAG 1.3.1, 4.1.2)."""
        super().add_fields(form, index)
        if "order" in form.fields:
            form.fields["order"] = OrderField()
            if form.instance._state.adding:
                form.initial.pop("order", None)
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                label = capfirst(str(field.label))
                # RelatedFieldWidgetWrapper does not render its own attributes.
                widget = getattr(field.widget, "widget", field.widget)
                widget.attrs["aria-label"] = label if index is None else f"{label} {index + 1}"
                if field.required:  # Django sets no `required` attribute in formsets: an extra row may stay empty
                    widget.attrs["aria-required"] = "true"

    @cached_property
    def empty_form(self):
        """The row that “Add another” copies. A page asks for it five times; Django builds it each time."""
        return super().empty_form

    @cached_property
    def management_form(self):
        if not self.is_bound:
            return super().management_form
        form = BoundedManagementForm(self.data, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer)
        form.full_clean()
        return form

    def is_valid(self):
        return not self.non_form_errors() if self.is_read_only else super().is_valid()

    def full_clean(self):
        super().full_clean()
        if self.is_read_only and self.refusal:  # Django calls `clean()` only for posted rows
            self._non_form_errors.append(self.refusal)
        for number, name, sentence in self.notes if self.is_bound else ():
            if number is None:
                self._non_form_errors.append(sentence)
            else:
                self.forms[number].add_error(name, sentence)

    def clean(self):
        super().clean()
        for names in self._unique_fields():
            self._refuse_taken(names)
        if self.refusal:
            raise ValidationError(self.refusal)

    def validate_unique(self):
        """Report a duplicate at the second row only, not above all rows as well."""
        with suppress(ValidationError):
            super().validate_unique()

    def _unique_fields(self):
        """Yield the fields of each unique constraint within one parent. Django's formsets do not check these.

        Those with a condition are skipped: they treat empty columns as equal (`Membership`), and `_refuse_taken` does
        that for all. So are columns that no form has (`Quote.number`): they are set when a row is saved.
        """
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
                others = set(constraint.fields) - {self.fk.name}
                if self.fk.name in constraint.fields and others <= self.form.base_fields.keys():
                    yield constraint.fields

    def _refuse_taken(self, names):
        """Refuse rows that equal another one of the form, or one that somebody has added since it was opened."""
        columns = [self.model._meta.get_field(name).attname for name in names if name != self.fk.name]
        changed = [form for form in self.forms if form.has_changed() or form in self.deleted_forms]
        own = {form.instance.pk for form in changed}
        taken = {tuple(getattr(row, c) for c in columns) for row in self.get_queryset() if row.pk not in own}
        for form in changed:
            if form.is_valid() and form not in self.deleted_forms:
                values = tuple(getattr(form.instance, c) for c in columns)
                if values in taken:
                    form.add_error(None, form.instance.unique_error_message(self.model, names))
                taken.add(values)

    def save(self, commit=True):
        if not self.is_read_only:
            return super().save(commit)
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []

    def save_existing_objects(self, commit=True):
        """First delete all rows whose unique fields change: two that swap values would collide.

        Where rows may be added but not changed, the browser sends nothing for the stored ones, so `changed_data`
        names all their fields. `has_changed()` is false for them.
        """
        unique = {name for names in self._unique_fields() for name in names}
        known = [form for form in self.initial_forms if form.has_changed() and not form.instance._state.adding]
        moved = [form for form in known if unique & set(form.changed_data) or form in self.deleted_forms]
        if commit and len(moved) > 1:
            self.model._default_manager.filter(pk__in=[form.instance.pk for form in moved]).delete()
        return super().save_existing_objects(commit)


class OrderedFormSet(InlineFormSet):
    """When rows change, numbers their `order` from 0 without gaps; equal numbers keep the order of the form."""

    def save(self, commit=True):
        if self.has_changed():
            self._renumber()
        return super().save(commit)

    def _renumber(self):
        kept = [form for form in self.forms if form.instance is not None and not self._is_left_out(form)]
        typed = [form.cleaned_data.get("order") for form in kept]
        last = len(kept) + 1
        ranked = sorted(range(len(kept)), key=lambda i: (last if typed[i] is None else typed[i], i))
        for order, i in enumerate(ranked):
            form = kept[i]
            if form.instance.order != order or typed[i] is None:
                form.instance.order = order
                if not form.has_changed():
                    form.instance.save(update_fields=["order"])

    def _is_left_out(self, form):
        return form in self.deleted_forms or (form.instance._state.adding and not form.has_changed())


class TranslationFormSet(InlineFormSet):
    """Offers the next missing language in a new row; fields have the language and direction of their row."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and index >= self.initial_form_count():
            form.initial.setdefault("language", self._missing_language(index - self.initial_form_count()))
        language = form["language"].value() if "language" in form.fields else form.instance.language
        for name, field in form.fields.items():
            if name not in ("language", "DELETE", self._pk_field.name):
                field.widget.attrs |= written_in(language)

    def _missing_language(self, number):
        have = {row.language for row in self.get_queryset()}
        wanted = [content_language(get_language()), *dict(settings.LANGUAGES)]
        free = [code for code in dict.fromkeys(wanted) if code not in have]
        return free[number] if number < len(free) else None


class BaseInline(RelatedChoices):
    formset = InlineFormSet
    extra = 0
    formfield_overrides = {
        models.DateField: {"widget": DateInput},
        models.TimeField: {"widget": TimeInput},
        models.TextField: {"widget": Textarea(attrs={"rows": 3})},
        **URL_FIELDS,
    }

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        permissions = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        formset.is_read_only = not any(has_permission(request, obj) for has_permission in permissions)
        formset.may_change_rows = self.has_change_permission(request, obj)
        return formset


class ParentPermissions:
    """For an inline: users who may view or change the row it belongs to may do the same with the inline's rows."""

    def _parent_permission(self, request, obj, action):
        parent_admin = self.admin_site.get_model_admin(self.parent_model)
        if obj is None and action == "change":
            return parent_admin.has_add_permission(request)
        return getattr(parent_admin, f"has_{action}_permission")(request, obj)

    def has_view_permission(self, request, obj=None):
        return self._parent_permission(request, obj, "view")

    def has_add_permission(self, request, obj=None):
        return self._parent_permission(request, obj, "change")

    def has_change_permission(self, request, obj=None):
        return self._parent_permission(request, obj, "change")

    def has_delete_permission(self, request, obj=None):
        return self._parent_permission(request, obj, "change")


class TabularInline(ParentPermissions, BaseInline, admin.TabularInline):
    ordered_rows = False


class StackedInline(ParentPermissions, BaseInline, admin.StackedInline):
    pass


class OrderedInline(TabularInline):
    """Rows with a column `order`, which a script moves up and down (admin.js)."""

    formset = OrderedFormSet
    ordered_rows = True
    extra = 1

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if self.has_change_permission(request, obj) else 0


class TranslationInline:
    """Base of the two inlines of translations: one row for each language, and one more while a language is missing."""

    formset = TranslationFormSet

    def __init__(self, *args):
        super().__init__(*args)
        self.verbose_name = _("language")  # for “Add another …”

    def get_max_num(self, request, obj=None, **kwargs):
        return len(settings.LANGUAGES)

    def get_extra(self, request, obj=None, **kwargs):
        if not self.has_change_permission(request, obj):
            return 0
        return 1 if obj is None or obj.translations.count() < len(settings.LANGUAGES) else 0


class TranslationTabularInline(TranslationInline, TabularInline):
    """One line for each language: for short texts such as a name."""


class TranslationStackedInline(TranslationInline, StackedInline):
    """One block for each language: for longer texts."""
