from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import MemberAccess

from ..models import ImportRun


@admin.register(ImportRun)
class ImportRunAdmin(MemberAccess, admin.ModelAdmin):
    """What came in, read-only: an import is run and taken back on the command line."""

    list_display = ["id", "source", "state", "started_at", "finished_at", "by", "total"]
    list_filter = ["state"]
    search_fields = ["source", "sha256", "by"]
    fields = ["source", "state", ("started_at", "finished_at"), "by", "sha256", "table"]
    readonly_fields = ["source", "state", "started_at", "finished_at", "by", "sha256", "table"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("records"))
    def total(self, run):
        return sum(number for counts in run.counts.values() for number in counts.values())

    @admin.display(description=_("what came of it"))
    def table(self, run):
        actions = list(dict.fromkeys(action for counts in run.counts.values() for action in counts))
        rows = [(model, [counts.get(action, 0) for action in actions]) for model, counts in run.counts.items()]
        return render_to_string("admin/articles/_counts.html", {"actions": actions, "rows": rows})
