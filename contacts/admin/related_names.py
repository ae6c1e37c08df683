"""Choosing another row by its name in the reader's language, in a constant number of queries."""

from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models

from ..models.base import Coded, CodedQuerySet


class ChosenRow(AutocompleteSelect):
    """Shows again what was asked for in an address or a refused form, if it can be a row at all.

    Django asks the database for it unchecked, which neither text nor a number beyond its range survives.
    """

    def optgroups(self, name, value, attrs=None):
        # What it was given stays the field's own business, which refuses it.
        return super().optgroups(name, [key for key in value if self._may_be_a_key(key)], attrs)

    def _may_be_a_key(self, key):
        try:
            self.field.target_field.run_validators(self.field.target_field.to_python(key))
        except ValidationError:
            return False
        return True


class NamedRelations:
    """Every choice of a coded row comes with its name, instead of one query a name."""

    may_add_here = ("contact", "image", "lead_image", "attachment")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        related = db_field.related_model
        if issubclass(related, Coded) and "queryset" not in kwargs:
            kwargs["queryset"] = named(related._default_manager.all())
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = ChosenRow(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Beside a choice stands at most a plus: changing and deleting what others use belongs on its own page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
            widget.can_add_related = widget.can_add_related and db_field.name in self.may_add_here
        return field


def named(queryset):
    """The rows with what their names are made of."""
    if isinstance(queryset, CodedQuerySet):
        return queryset.with_translations()
    return queryset


class NamedList:
    """A change list whose rows, and whose autocomplete, show names without a query each."""

    name_path = "translations__name"

    def get_queryset(self, request):
        return named(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        """Words in any language's name, without joining every language's row to the list."""
        if not search_term.strip():
            return queryset, False
        names = self.model.translations.rel.related_model.objects
        owner = names.model.owner_field
        matches = models.Q()
        for word in search_term.split()[:6]:
            inside = models.Q()
            # SQLite's LIKE knows upper and lower case of ASCII alone.
            for spelled in {word, word.lower(), word.capitalize()}:
                for field in self.searched_words:
                    inside |= models.Q(**{f"{field}__icontains": spelled})
            found = models.Q(pk__in=names.filter(inside).values(owner))
            for field in self.searched_fields:
                found |= models.Q(**{f"{field}__icontains": word})
            matches &= found
        return queryset.filter(matches), False

    searched_words = ("name",)
    searched_fields = ("code",)
