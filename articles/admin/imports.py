"""The admin of import runs, and of tables that are imported here; other imports and undoing: on the command line."""

from django.apps import apps
from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.admin.base import MemberPermissions
from contacts.admin.fields import own_moment
from contacts.cldr.collation import sort_key

from ..models import ImportRun
from .moving_in.tables import Tables

MOMENTS = ("started_at", "finished_at")
ACTIONS = {
    "create": pgettext_lazy("records", "created"),
    "update": pgettext_lazy("records", "updated"),
    "unchanged": pgettext_lazy("records", "unchanged"),
    "conflict": pgettext_lazy("records", "conflict"),
    "refused": pgettext_lazy("records", "refused"),
}


@admin.register(ImportRun)
class ImportRunAdmin(Tables, MemberPermissions, admin.ModelAdmin):
    list_display = ["id", "source", "state", *(own_moment(ImportRun, name) for name in MOMENTS), "by", "total"]
    list_filter = ["state"]
    search_fields = ["source", "sha256", "by"]
    fields = ["source", "state", MOMENTS, "by", "sha256", "results"]
    readonly_fields = ["source", "state", *MOMENTS, "by", "sha256", "results"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("records"))
    def total(self, run):
        return sum(number for counts in run.counts.values() for number in counts.values())

    @admin.display(description=_("results"))
    def results(self, run):
        return self.results_of(run.counts)

    @staticmethod
    def results_of(numbers):
        """A table of the numbers of records by model and by what was done with them."""
        actions = list(dict.fromkeys(action for counts in numbers.values() for action in counts))
        rows = [
            (_model_name(label), [counts.get(action, 0) for action in actions]) for label, counts in numbers.items()
        ]
        rows.sort(key=lambda row: sort_key(row[0]))
        names = [ACTIONS.get(action, action) for action in actions]
        return render_to_string("admin/articles/_counts.html", {"actions": names, "rows": rows})


def _model_name(label):
    """The name of the records of a model; its label if a later version has no such model."""
    try:
        return capfirst(apps.get_model(label)._meta.verbose_name_plural)
    except LookupError:
        return label
