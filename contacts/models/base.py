"""Base classes of models that have a code as natural key and translated names.

Names are rows of a translation table, one for each language, so that another language needs no migration, and
ordering, fallback and autocomplete are ordinary queries.
"""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ..languages import Wording, content_language, language_choices
from .text_fields import TidyField, TidyFormField


class CodedQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        key = self.model._meta.get_field(self.model.key_field)
        return self.get(**{key.name: key.to_python(code)})

    def in_use(self):
        """The rows that may be chosen; for subclasses."""
        return self

    def with_name(self, language=None):
        """Annotate `local_name`: the name in that language, else the default one, else in any, else the code."""
        owner = {self.model.translations.field.name: models.OuterRef("pk")}
        rows = self.model.translations.rel.related_model.objects.filter(**owner).order_by("language")
        wanted = [rows.filter(language=content_language(language)), rows.filter(language=settings.LANGUAGE_CODE), rows]
        names = [
            models.Subquery(some.exclude(**{name: ""}).values(name)[:1])
            for some in wanted
            for name in (self.model.name_field, *self.model.other_name_fields)
        ]
        code = models.F(self.model.key_field)
        return self.annotate(local_name=Coalesce(*names, code, output_field=models.CharField()))

    def with_translations(self):
        return self.prefetch_related("translations")


class Coded(models.Model):
    """A model whose rows have an ASCII code that never changes, and names in `translations`."""

    key_field = "code"
    name_field = "name"
    other_name_fields = ()  # what a row without a name there goes by

    objects = CodedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def natural_key(self):
        return (getattr(self, self.key_field),)

    @property
    def name(self):
        return getattr(self, "local_name", None) or self.translated(self.name_field) or self.key

    @property
    def key(self):
        return getattr(self, self.key_field)

    @property
    def naming(self):
        """The name as a `Wording`: the text and its language."""
        return self.wording(self.name_field) or Wording(self.key)

    def translated(self, field, language=None):
        """The text of a translated field, by the rules of `wording`."""
        return self.wording(field, language).text

    def wording(self, field, language=None):
        """A translated field as a `Wording`: in the given or active language, the default one, or any; else empty."""
        if self.pk is None:
            return Wording()
        return Wording.of({row.language: getattr(row, field) for row in self.translations.all()}, language)


class TranslationManager(models.Manager):
    def get_by_natural_key(self, *key):
        *owner_key, language = key
        owner_field = self.model._meta.get_field(self.model.owner_field)
        owner = owner_field.related_model._default_manager.get_by_natural_key(*owner_key)
        return self.get(**{owner_field.name: owner}, language=language)


class Translation(models.Model):
    """The texts of a row in one language. The natural key is that of the owner and the language."""

    owner_field = ""

    language = models.CharField(_("language"), max_length=12, choices=language_choices)

    objects = TranslationManager()

    class Meta:
        abstract = True
        ordering = ["language"]

    def __str__(self):
        return f"{getattr(self, self.owner_field).key} ({self.language})"

    def natural_key(self):
        return (*getattr(self, self.owner_field).natural_key(), self.language)


def _one_spelling(code, note=None):
    return code.strip().lower()


class CodeFormField(TidyFormField, forms.SlugField):
    tidy = staticmethod(_one_spelling)


class CodeField(TidyField, models.SlugField):
    """A code: lower-case, as in addresses, however somebody types it. In queries it is what it says."""

    form_class = CodeFormField


def code_field(**options):
    return CodeField(
        _("code"),
        max_length=80,
        unique=True,
        help_text=_("Used in addresses and imports, in every language. Never change it."),
        **options,
    )


def refuse_faults(row):
    """For `clean`: the `faults` of a model, [(field, message)], are rules that ask for no other row.

    The import asks for them, too, with the values of a record.
    """
    errors = {}
    for name, message in row.faults(vars(row)):
        errors.setdefault(name, []).append(message)
    if errors:
        raise ValidationError(errors)
