"""What every coded and translated noun shares: a code as natural key, names in rows of their own.

Names live in plain translation tables, one row a language, so that a seventh language needs no
migration and an ordering, a fallback and an autocomplete are ordinary queries.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from ..languages import content_language, language_choices
from ..translated_text import Wording


class CodedQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(**{self.model.key_field: code})

    def with_name(self, language=None):
        """Annotate `local_name`: the name in that language, else the default one, else the code."""
        name = self.model.name_field

        def named(code):
            rows = self.model.translations.rel.related_model.objects.filter(
                **{self.model.translations.field.name: models.OuterRef("pk")}, language=code
            )
            return NullIf(models.Subquery(rows.values(name)[:1]), models.Value(""))

        return self.annotate(
            local_name=Coalesce(
                named(content_language(language)),
                named(settings.LANGUAGE_CODE),
                models.F(self.model.key_field),
                output_field=models.CharField(),
            )
        )

    def with_translations(self):
        return self.prefetch_related("translations")


class Coded(models.Model):
    """A row with an ASCII code that never changes and names in `translations`."""

    key_field = "code"
    name_field = "name"

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
        """The name with the language that it is in."""
        return self.wording(self.name_field) or Wording(self.key)

    def translated(self, field, language=None):
        return self.wording(field, language).text

    def wording(self, field, language=None):
        """The field in the active language, else in the default one, else in any; empty if in none."""
        if self.pk is None:
            return Wording()
        rows = {row.language: getattr(row, field) for row in self.translations.all()}
        wanted = (content_language(language), settings.LANGUAGE_CODE, *sorted(rows))
        return next((Wording(rows[code], code) for code in wanted if rows.get(code)), Wording())


class TranslationManager(models.Manager):
    def get_by_natural_key(self, *key):
        *owner_key, language = key
        owner_field = self.model._meta.get_field(self.model.owner_field)
        owner = owner_field.related_model._default_manager.get_by_natural_key(*owner_key)
        return self.get(**{owner_field.name: owner}, language=language)


class Translation(models.Model):
    """One language's words for a row; its natural key is the owner's key and the language."""

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


def code_field(**options):
    return models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        help_text=_("Used in addresses and imports, in every language. Never change it."),
        **options,
    )


def refuse_cycle(row, field):
    """A `clean()` step: following `field` from row to row must not come back to the row itself."""
    seen, at = {row.pk} if row.pk else set(), getattr(row, field)
    while at is not None:
        if at.pk in seen:
            raise ValidationError({field: _("This would make a circle that ends where it began.")})
        seen.add(at.pk)
        at = getattr(at, field)
