"""Rows within a form are saved whole or refused, whatever the browser says of their number and whoever was faster."""

from django import forms
from django.db import models
from django.forms.formsets import DEFAULT_MAX_NUM, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class RowCounts(ManagementForm):
    """Django takes any number: below nought it slices the rows from their end, beyond the most it draws 2,000."""

    TOTAL_FORMS = forms.IntegerField(min_value=0, max_value=DEFAULT_MAX_NUM, widget=forms.HiddenInput)
    INITIAL_FORMS = forms.IntegerField(min_value=0, max_value=DEFAULT_MAX_NUM, widget=forms.HiddenInput)

    def clean(self):
        counts = super().clean()
        if counts[INITIAL_FORM_COUNT] > counts[TOTAL_FORM_COUNT]:
            self.add_error(None, "more rows stored than shown")
            counts |= {INITIAL_FORM_COUNT: 0, TOTAL_FORM_COUNT: 0}
        return counts


class WholeRows(forms.BaseInlineFormSet):
    """Rows that are only shown are never read from a request, and never written."""

    is_shown_only = False
    default_error_messages = {
        "missing_management_form": _("The form did not arrive whole. Nothing was saved; open it again."),
    }

    def __init__(self, data=None, files=None, **options):
        sent = (None, None) if self.is_shown_only else (data, files)
        super().__init__(*sent, **options)

    def is_valid(self):
        return not self.non_form_errors() if self.is_shown_only else super().is_valid()

    def save(self, commit=True):
        if not self.is_shown_only:
            return super().save(commit)
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []

    @cached_property
    def management_form(self):
        if not self.is_bound:
            return super().management_form
        form = RowCounts(self.data, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer)
        form.full_clean()
        return form

    def clean(self):
        super().clean()
        for names in self._keys():
            self._refuse_taken(names)

    def _keys(self):
        """The fields that tell rows of one owner apart. Django's forms leave these constraints to the database."""
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and self.fk.name in constraint.fields:
                yield constraint.fields

    def _refuse_taken(self, names):
        """What somebody else has added since the form was opened stands there already."""
        columns = [self.model._meta.get_field(name).attname for name in names if name != self.fk.name]
        own = {form.instance.pk for form in self.initial_forms}
        taken = {tuple(getattr(row, c) for c in columns) for row in self.get_queryset() if row.pk not in own}
        for form in self.forms if taken else ():
            kept = form.has_changed() and form.is_valid() and form not in self.deleted_forms
            if kept and tuple(getattr(form.instance, c) for c in columns) in taken:
                form.add_error(None, form.instance.unique_error_message(self.model, names))

    def save_existing_objects(self, commit=True):
        """Rows that change places would each find the other there: all that leave their place go first.

        Where rows may be added but not changed, the browser sends nothing of the stored ones, so `changed_data`
        names all their fields. `has_changed()` is false for them.
        """
        keys = {name for names in self._keys() for name in names}
        known = [form for form in self.initial_forms if form.has_changed() and not form.instance._state.adding]
        moved = [form for form in known if keys & set(form.changed_data) or form in self.deleted_forms]
        if commit and len(moved) > 1:
            self.model._default_manager.filter(pk__in=[form.instance.pk for form in moved]).delete()
        return super().save_existing_objects(commit)


class RowsByRight:
    """An inline that tells its formset whether this user may do anything but read the rows."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        rights = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        formset.is_shown_only = not any(may(request, obj) for may in rights)
        return formset
