"""Rows within another row's form: named for screen readers, ordered, in their own language's direction."""

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

from ..languages import content_language, direction
from .base import WEB_ADDRESSES, NamedRelations
from .fields import DayInput, HourInput, OrderField, TextArea


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


class LabelledFormSet(WholeRows):
    """Every field of every row has a name that tells the rows apart (WCAG 1.3.1, 4.1.2)."""

    refusal = ""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "order" in form.fields:
            form.fields["order"] = OrderField()
            if form.instance._state.adding:
                form.initial.pop("order", None)
        for field in form.fields.values():
            if not field.widget.is_hidden and field.label:
                label = capfirst(str(field.label))
                # A choice of another row is wrapped, and its wrapper's attributes reach nobody.
                widget = getattr(field.widget, "widget", field.widget)
                widget.attrs["aria-label"] = label if index is None else f"{label} {index + 1}"
                if field.required:  # rows never have the attribute `required`, for an empty one is none
                    widget.attrs["aria-required"] = "true"

    def validate_unique(self):
        """What stands there twice is told at the second row, not again above all of them."""
        with suppress(ValidationError):
            super().validate_unique()

    def full_clean(self):
        super().full_clean()
        if self.is_shown_only and self.refusal:  # Django calls `clean()` only where something was sent
            self._non_form_errors.append(self.refusal)

    def clean(self):
        """`refusal`: what a step that was asked for together with the save misses in these rows."""
        super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)


class OrderedFormSet(LabelledFormSet):
    """When rows change, they are numbered from nought without gaps, as their order numbers and then the form say."""

    def save(self, commit=True):
        if self.has_changed():
            self._number()
        return super().save(commit)

    def _number(self):
        kept = [form for form in self.forms if form.instance is not None and not self._gone(form)]
        places = [form.cleaned_data.get("order") for form in kept]
        last = len(kept) + 1
        ranked = sorted(range(len(kept)), key=lambda i: (last if places[i] is None else places[i], i))
        for place, i in enumerate(ranked):
            form = kept[i]
            if form.instance.order != place or places[i] is None:
                form.instance.order = place
                if not form.has_changed():
                    form.instance.save(update_fields=["order"])

    def _gone(self, form):
        return form in self.deleted_forms or (form.instance._state.adding and not form.has_changed())


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


class RowsByRight:
    """An inline that tells its formset whether this user may do anything but read the rows."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        rights = (self.has_add_permission, self.has_change_permission, self.has_delete_permission)
        formset.is_shown_only = not any(may(request, obj) for may in rights)
        return formset


class PartInline(PartAccess, RowsByRight, NamedRelations):
    formset = LabelledFormSet
    extra = 0
    formfield_overrides = {
        models.DateField: {"widget": DayInput},
        models.TimeField: {"widget": HourInput},
        models.TextField: {"widget": TextArea(attrs={"rows": 3})},
        **WEB_ADDRESSES,
    }


class TabularInline(PartInline, admin.TabularInline):
    template = "admin/edit_inline/rows.html"
    ordered_rows = False


class StackedInline(PartInline, admin.StackedInline):
    template = "admin/edit_inline/cards.html"


class OrderedInline(TabularInline):
    formset = OrderedFormSet
    ordered_rows = True
    extra = 1

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if self.has_change_permission(request, obj) else 0


class TranslationFormSet(LabelledFormSet):
    """The next missing language is offered first; words stand in their language's own direction."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and index >= self.initial_form_count():
            form.initial.setdefault("language", self._missing(index - self.initial_form_count()))
        language = form.instance.language or form.initial.get("language", "")
        for name, field in form.fields.items():
            if name not in ("language", "DELETE", self._pk_field.name):
                field.widget.attrs["dir"] = direction(language) if form.instance.pk else "auto"
                if form.instance.pk:
                    field.widget.attrs["lang"] = language

    def _missing(self, number):
        have = {row.language for row in self.get_queryset()}
        wanted = [content_language(get_language()), *dict(settings.LANGUAGES)]
        free = [code for code in dict.fromkeys(wanted) if code not in have]
        return free[number] if number < len(free) else None


class Translations:
    formset = TranslationFormSet

    def __init__(self, *args):
        super().__init__(*args)
        self.verbose_name = _("language")  # what “Add another …” adds

    def get_extra(self, request, obj=None, **kwargs):
        if not self.has_change_permission(request, obj):
            return 0
        return 1 if obj is None or obj.translations.count() < len(settings.LANGUAGES) else 0

    def get_max_num(self, request, obj=None, **kwargs):
        return None


class TranslationRows(Translations, TabularInline):
    """For a name alone: one line a language."""


class TranslationCards(Translations, StackedInline):
    """For longer words: one card a language."""
