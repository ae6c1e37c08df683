"""Choosing related rows by typing; article-picker.js shows what is chosen as chips. For the form of an article.

Without scripts a search by request does the same: the button “Find” sends the form, nothing is saved, and the lists of
the form that comes back have what was found.
"""

from functools import cache

from django.forms import Media
from django.utils.translation import gettext as _

from ..models.base import CodedQuerySet
from .base import RelatedChoices, ValidatedAutocomplete

FIND, WORDS = "_find", "_words"
MOST_FOUND = 300
LONGEST_WORDS = 200


class Picker(ValidatedAutocomplete):
    """A choice with the chosen row alone, and with the rows of `find()` if somebody has searched by request."""

    media = Media()  # no select2

    def __init__(self, *args, find=None, **options):
        super().__init__(*args, **options)
        self.find = find

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = {**base_attrs, **(extra_attrs or {})}
        return attrs | {
            "class": f"{attrs.get('class', '')} admin-autocomplete picker".strip(),
            "data-url": self.get_url(),
            "data-app": self.field.model._meta.app_label,
            "data-model": self.field.model._meta.model_name,
            "data-field": self.field.name,
        }

    def optgroups(self, name, value, attrs=None):
        keys = {int(key) for key in value if key and self._is_possible_id(key)}
        chosen = list(self.choices.queryset.filter(pk__in=keys)) if keys else []
        found = [row for row in self.find() if row.pk not in keys] if self.find else []
        options = []
        if found or not self.is_required:
            options.append(self.create_option(name, "", "", not chosen, 0))
        for row in [*chosen, *found]:
            label = self.choices.field.label_from_instance(row)
            option = self.create_option(name, row.pk, label, row.pk in keys, len(options))
            option["attrs"] |= {f"data-{key}": text for key, text in details(self.admin_site, row).items()}
            options.append(option)
        return [(None, options, 0)]


def details(site, row):
    """{"thumbnail", "note"}: what a chip shows beside the name of the row."""
    model_admin = site.get_model_admin(type(row))
    return model_admin.choice_details(row) if hasattr(model_admin, "choice_details") else {}


class PickedChoices(RelatedChoices):
    """For a ModelAdmin or an inline: `autocomplete_fields` become pickers."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name not in self.get_autocomplete_fields(request):
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        picker = Picker(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs | {"widget": picker})
        words = _words(request) if FIND in request.POST else None
        if field is not None and words is not None:
            model_admin = self.admin_site.get_model_admin(db_field.related_model)
            picker.find = field.widget.find = cache(lambda: found(model_admin, request, field.queryset, words))
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Without Django's icons beside the field, which open windows."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(getattr(field, "widget", None), "widget", None), Picker):
            field.widget = field.widget.widget
        return field


def _words(request):
    """What to find; without NUL, which PostgreSQL refuses."""
    return request.POST.get(WORDS, "").replace("\0", "").strip()[:LONGEST_WORDS]


def found(model_admin, request, rows, words):
    """The rows that may be chosen and have the words, no more than MOST_FOUND, in the order of their list."""
    if not model_admin.has_view_permission(request):
        return []
    if isinstance(rows, CodedQuerySet):
        rows = rows.in_use()
    rows, _has_duplicates = model_admin.get_search_results(request, rows, words)
    ordering = model_admin.get_ordering(request)
    return list((rows.order_by(*ordering) if ordering else rows)[:MOST_FOUND])


class SearchByRequest:
    """For the ModelAdmin: the button “Find” shows the form again, with what was found in its lists."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and FIND in request.POST:
            words = _words(request)
            told = _("The lists have what was found for “%s”.") % words if words else _("The lists are filled.")
            request.notice_of_return = f"{told} {_('Choose, then save: nothing is saved yet.')}"
        return super().changeform_view(request, object_id, form_url, extra_context)
