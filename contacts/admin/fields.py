"""Form fields and widgets for the admins of every app."""

from collections import Counter

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..languages import direction, own_name
from ..models.text_fields import LineFormField, TidyFormField
from ..validators import validate_languages
from ..zones import own_time

# Beside addresses and slugs: what is written in Latin letters and digits in every language.
CODES = {"iso2", "iso3", "m49", "timezone", "reference", "external_source", "external_id", "username", "sha256"}


def is_code(model_field):
    """Whether the field's text runs from left to right in every language: an address, a code, a slug, a number."""
    kinds = (models.EmailField, models.URLField, models.SlugField, models.DecimalField, models.FloatField)
    return isinstance(model_field, kinds) or model_field.name in CODES


def is_text(model_field):
    """Whether people write the field's text in their language."""
    return isinstance(model_field, models.CharField | models.TextField) and not model_field.choices


def written_in(language):
    """The attributes of an element whose text is in that language; the browser finds the direction if it is unknown."""
    if language in dict(settings.LANGUAGES):
        return {"lang": language, "dir": direction(language)}
    return {"lang": "", "dir": "auto"}


class TextListField(TidyFormField, forms.CharField):
    """Edits a JSON list of strings as one text, split at `separator`: a comma, or a line break for a text area."""

    def __init__(self, *, separator=", ", **options):
        self.separator = separator
        super().__init__(**options)

    def prepare_value(self, value):
        return self.separator.join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        self.removed = Counter()
        if isinstance(value, list):
            return value
        items = (value or "").replace("\r", "").split(self.separator.strip() or "\n")
        return [item for item in (self.tidy(item, self.note) for item in items) if item]

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        for validator in self.validators[:]:
            if not hasattr(validator, "limit_value"):
                validator(value) if value else None

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


class TextsWidget(forms.MultiWidget):
    """One input for each language of the site, named and marked as such."""

    def __init__(self, **options):
        inputs = {
            code: forms.TextInput(attrs={"lang": code, "dir": direction(code), "placeholder": own_name(code)})
            for code, _label in settings.LANGUAGES
        }
        super().__init__(inputs, **options)

    def decompress(self, value):
        return [(value or {}).get(code, "") for code, _label in settings.LANGUAGES]

    def get_context(self, name, value, attrs):
        """Each input is named by the field and the language: “Note 2 – français”."""
        context = super().get_context(name, value, attrs)
        label = context["widget"]["attrs"].get("aria-label", "")
        for (code, _label), widget in zip(settings.LANGUAGES, context["widget"]["subwidgets"], strict=True):
            widget["attrs"]["aria-label"] = " – ".join(filter(None, [str(label), own_name(code)]))
        return context


class TextsField(forms.MultiValueField):
    """{language: text} of one line, from one input for each language of the site; empty ones are left out."""

    widget = TextsWidget

    def __init__(self, *, max_length, **options):
        fields = [LineFormField(max_length=max_length, required=False) for _code in settings.LANGUAGES]
        super().__init__(fields, require_all_fields=False, required=False, **options)

    @property
    def removed(self):
        """What the texts have lost, see `TidyFormField`."""
        return sum((Counter(field.removed) for field in self.fields), Counter())

    def compress(self, values):
        texts = zip(dict(settings.LANGUAGES), values, strict=True) if values else ()
        return {code: text for code, text in texts if text}

    def has_changed(self, initial, data):
        return super().has_changed(self.widget.decompress(initial), data)


def languages_field(**options):
    field = TextListField(
        label=_("languages spoken"),
        required=False,
        validators=[validate_languages],
        help_text=_("Language tags separated by commas, such as: en, fr, sw."),
        **options,
    )
    field.widget.attrs |= {"class": "vTextField", "dir": "ltr"}
    return field


class OrderField(forms.IntegerField):
    """A position in a list: shown from 1, stored from 0; empty means last."""

    def __init__(self, **options):
        super().__init__(**({"required": False, "min_value": 0, "label": _("order")} | options))
        self.widget.attrs["class"] = "order-number"

    def prepare_value(self, value):
        return value + 1 if isinstance(value, int) else value

    def to_python(self, value):
        number = super().to_python(value)
        return number if number is None or isinstance(value, int) else max(number - 1, 0)


class UnixNewlines:
    """For a widget: browsers send line breaks as CR LF, which would make an unchanged text differ from the stored."""

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class Textarea(UnixNewlines, AdminTextareaWidget):
    pass


class DateTimeInput(forms.DateTimeInput):
    """The browser's date and time picker: one labelled field instead of Django's two without labels."""

    input_type = "datetime-local"

    def format_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


def keep_stored_choices(form, *names):
    """For the `__init__` of a ModelForm: offer what these fields hold beside what may be chosen.

    Of a row or value that is not offered a browser sends nothing, or the first choice instead, and the form would lose
    it. A value that the model no longer allows is refused then, so that somebody decides what it becomes.
    """
    for name in names:
        field, stored = form.fields.get(name), form.instance.serializable_value(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = field.queryset | field.queryset.model._default_manager.filter(pk=stored)
        elif field is not None:
            values = stored if isinstance(stored, list) else [stored]
            field.choices = [*field.choices, *((one, one) for one in values if one and not field.valid_value(one))]


class SeveralChoices(forms.ModelMultipleChoiceField):
    """Refuses what cannot be an id. Django looks it up, and the database fails on a number out of range."""

    def clean(self, value):
        key = self.queryset.model._meta.pk
        for one in value or ():
            try:
                key.run_validators(key.to_python(one))
            except ValidationError as error:
                refused = self.error_messages["invalid_pk_value"]
                raise ValidationError(refused, code="invalid_pk_value", params={"pk": one}) from error
        return super().clean(value)


def own_moment(model, name):
    """For `list_display`: a moment of the row in the time of the person who reads the list."""
    field = model._meta.get_field(name)

    def column(row):
        moment = getattr(row, name)
        return own_time(moment) if moment else "–"

    column.__name__ = name
    return admin.display(description=field.verbose_name, ordering=name)(column)
