"""Model fields of plain text: whatever a form or an import brings is tidied by `contacts.plain_text`.

In migrations they are Django's own fields.
"""

from collections import Counter

from django import forms
from django.core.validators import EmailValidator
from django.db import models
from django.utils.functional import cached_property

from .. import plain_text


class TidyFormField:
    """For a form field: tidies the value before it is checked.

    `removed` says what the last value lost: {code of `plain_text`: how many}. Each form has its own copies of fields.
    """

    tidy = staticmethod(plain_text.one_line)
    removed = {}

    def to_python(self, value):
        self.removed = Counter()
        return super().to_python(self.tidy(value, self.note) if isinstance(value, str) else value)

    def note(self, code, number):
        self.removed[code] += number


class LineFormField(TidyFormField, forms.CharField):
    pass


class LinesFormField(TidyFormField, forms.CharField):
    tidy = staticmethod(plain_text.lines)


class EmailFormField(TidyFormField, forms.EmailField):
    tidy = staticmethod(plain_text.email_address)


class URLFormField(TidyFormField, forms.URLField):
    tidy = staticmethod(plain_text.web_address)


class TidyField:
    """For a model field; `form_class` says how its text is tidied."""

    form_class = LineFormField

    @property
    def tidy(self):
        return self.form_class.tidy

    def to_python(self, value):
        value = super().to_python(value)
        return self.tidy(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        """Lookups take a text as it is."""
        return super().to_python(models.Field.get_prep_value(self, value))

    def pre_save(self, instance, add):
        """Scripts and `loaddata` store tidy texts, too; the instance has what is stored."""
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            value = self.tidy(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        """`QuerySet.update` stores tidy texts, too."""
        return super().get_db_prep_save(self.tidy(value) if isinstance(value, str) else value, connection)

    def formfield(self, **options):
        return super().formfield(**{"form_class": self.form_class} | options)

    def deconstruct(self):
        name, _, args, options = super().deconstruct()
        return name, f"django.db.models.{self.stored_as.__name__}", args, options

    @cached_property
    def stored_as(self):
        return next(base for base in type(self).__mro__ if base.__module__.startswith("django."))


class LineField(TidyField, models.CharField):
    """A text of one line: a name, a headline, a title."""


class LongLineField(TidyField, models.TextField):
    """A text of any length without lines, such as a standfirst or a caption."""


class LinesField(TidyField, models.TextField):
    """A text that keeps its lines, such as a postal address."""

    form_class = LinesFormField


class EmailField(TidyField, models.EmailField):
    form_class = EmailFormField
    default_validators = [EmailValidator(allowlist=[])]


class URLField(TidyField, models.URLField):
    form_class = URLFormField
