"""Form fields and widgets that the stock admin lacks, or that screen readers cannot use there."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _


class WordsField(forms.CharField):
    """A JSON list of words, typed as one line with commas or as lines."""

    def __init__(self, *, separator=", ", **options):
        self.separator = separator
        super().__init__(**options)

    def prepare_value(self, value):
        return self.separator.join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        if isinstance(value, list):
            return value
        words = (value or "").replace("\r", "").split(self.separator.strip() or "\n")
        return [word.strip() for word in words if word.strip()]

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        for check in self.validators[:]:
            if not hasattr(check, "limit_value"):
                check(value) if value else None

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)


def languages_field(**options):
    from ..validators import validate_languages

    field = WordsField(
        label=_("languages spoken"),
        required=False,
        validators=[validate_languages],
        help_text=_("Language tags with commas between them, such as: en, fr, sw."),
        **options,
    )
    field.widget.attrs["class"] = "vTextField"
    return field


class OrderField(forms.IntegerField):
    """A place in a list: people count from one, the database from nought; empty means last."""

    def __init__(self, **options):
        super().__init__(**({"required": False, "min_value": 0, "label": _("order")} | options))
        self.widget.attrs["class"] = "order-number"

    def prepare_value(self, value):
        return value + 1 if isinstance(value, int) else value

    def to_python(self, value):
        number = super().to_python(value)
        return number if number is None or isinstance(value, int) else max(number - 1, 0)


class UnixLines:
    """A browser sends every line break of a text area as CR LF: what nobody touched must not differ by that."""

    def value_from_datadict(self, data, files, name):
        text = super().value_from_datadict(data, files, name)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class TextArea(UnixLines, AdminTextareaWidget):
    """Several lines of plain text."""


class MomentInput(forms.DateTimeInput):
    """One field for date and time instead of two without labels; the browser's own picker."""

    input_type = "datetime-local"

    def format_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")
