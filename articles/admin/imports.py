"""The admin of import runs, read-only: imports are run and undone on the command line."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import MemberPermissions

from ..models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(MemberPermissions, admin.ModelAdmin):
    list_display = ["id", "source", "state", "started_at", "finished_at", "by", "total"]
    list_filter = ["state"]
    search_fields = ["source", "sha256", "by"]
    fields = ["source", "state", ("started_at", "finished_at"), "by", "sha256", "results"]
    readonly_fields = ["source", "state", "started_at", "finished_at", "by", "sha256", "results"]

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
        """A table of the numbers of records by model and by what was done with them."""
        actions = list(dict.fromkeys(action for counts in run.counts.values() for action in counts))
        rows = [(model, [counts.get(action, 0) for action in actions]) for model, counts in run.counts.items()]
        return render_to_string("admin/articles/_counts.html", {"actions": actions, "rows": rows})
