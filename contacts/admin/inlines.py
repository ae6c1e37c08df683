"""Rows within another row's form: named for screen readers, ordered, in their own language's direction."""

from contextlib import suppress

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..languages import content_language, direction
from .access import WEB_ADDRESSES, PartAccess
from .fields import DayInput, HourInput, OrderField, TextArea
from .formsets import RowsByRight, WholeRows
from .related_names import NamedRelations


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
