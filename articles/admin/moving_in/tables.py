"""Tables of articles in the admin of import runs: upload, say what the columns are, see the plan, import.

Those who approve everywhere import: a table may bring public articles of every office.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import permissions
from ...importing.tables import reading, running
from ...models import ColumnMapping, ImportRun, WaitingTable
from ...models.moving_in.column_mappings import headers_key
from .table_forms import MappingForm, ReadAgainForm, UploadForm

KEPT = timedelta(days=1)
SHOWN = 200  # lines of a list
NAME = "admin:articles_importrun_table"


class Tables:
    """For the ModelAdmin of import runs."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, "articles_importrun_table"
        return [
            path("table/", view(self.upload_view), name=name),
            path("table/<int:pk>/", view(self.columns_view), name=f"{name}_columns"),
            path("table/<int:pk>/plan/", view(self.plan_view), name=f"{name}_plan"),
            *super().get_urls(),
        ]

    @staticmethod
    def may_import(request):
        return permissions.everywhere(request.user, "approve")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"may_import": self.may_import(request)} | (extra_context or {}))

    def upload_view(self, request):
        """Keeps the file for a day, until it is imported."""
        self._refuse_others(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file, encoding = form.cleaned_data["file"], form.cleaned_data["encoding"]
            waiting = WaitingTable(name=file.name[:200], data=file.read(), encoding=encoding, by=request.user)
            try:
                table = self._table(waiting)
            except reading.TableError as error:
                form.add_error("file", str(error))
            else:
                WaitingTable.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
                waiting.header_line = table.header_line
                waiting.save()
                return HttpResponseRedirect(reverse(f"{NAME}_columns", args=[waiting.pk]))
        return self._page(request, "upload", {"form": form, "title": _("Import a table")})

    def columns_view(self, request, pk):
        """What each column is, with its first cells beside it; kept for the next table with these headers."""
        self._refuse_others(request)
        waiting = get_object_or_404(WaitingTable, pk=pk)
        table, again = self._table(waiting), None
        if "_again" in request.POST:
            again = ReadAgainForm(request.POST)
            if again.is_valid() and self._read_again(waiting, again):
                return HttpResponseRedirect(request.path)
        known = ColumnMapping.objects.filter(headers=headers_key(table.headers)).first()
        given = request.POST if request.method == "POST" and again is None else None
        form = MappingForm(given, table=table, mapping=known, file=waiting.name)
        if given is not None and form.is_valid():
            waiting.mapping = form.save()
            waiting.save(update_fields=["mapping"])
            return HttpResponseRedirect(reverse(f"{NAME}_plan", args=[pk]))
        read = {"encoding": waiting.encoding, "header_line": waiting.header_line}
        return self._page(request, "columns", {
            "form": form, "again": again or ReadAgainForm(initial=read), "table": table, "waiting": waiting,
            "title": _("Columns of the table"), "is_known": known is not None, "rows": len(table.rows),
            "most": running.MOST_ROWS, "is_large": len(table.rows) > running.MOST_ROWS,
        })  # fmt: skip

    def _read_again(self, waiting, form):
        waiting.encoding, waiting.header_line = form.cleaned_data["encoding"], form.cleaned_data["header_line"]
        try:
            self._table(waiting)
        except reading.TableError as error:
            form.add_error("encoding", str(error))
            return False
        waiting.save(update_fields=["encoding", "header_line"])
        return True

    def plan_view(self, request, pk):
        """What an import would do, and what of the table does not come along; a post imports."""
        self._refuse_others(request)
        waiting = get_object_or_404(WaitingTable.objects.select_related("mapping"), pk=pk)
        table = self._table(waiting)
        if waiting.mapping is None or headers_key(table.headers) != waiting.mapping.headers:
            return HttpResponseRedirect(reverse(f"{NAME}_columns", args=[pk]))
        is_large = len(table.rows) > running.MOST_ROWS
        outcome = None if is_large else self._run(request, waiting, table)
        if outcome and outcome.is_stored:
            return self._imported(request, waiting, outcome)
        return self._page(request, "plan", {
            "outcome": outcome, "waiting": waiting, "title": _("Plan of the import"), "is_large": is_large,
            "rows": len(table.rows), "most": running.MOST_ROWS, "counts": self._counts(outcome),
            "was_refused": request.method == "POST", **self._lists(outcome),
        })  # fmt: skip

    def _run(self, request, waiting, table):
        """The plan; at a post the import, without the rows that somebody agreed to leave out."""
        mapping = running.mapping_of(waiting.mapping)
        if request.method != "POST":
            return running.run(table, mapping, request.user, plan=True)
        outcome = running.run(table, mapping, request.user, plan=False, may_leave_out="leave_out" in request.POST)
        if outcome.left_out and outcome.report is None and not outcome.error:
            outcome = running.run(table, mapping, request.user, plan=True)
            outcome.error = _("Say first whether the rows that cannot come along are left out.")
        return outcome

    def _imported(self, request, waiting, outcome):
        run = outcome.report.run
        waiting.delete()
        if run is None:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(reverse("admin:articles_importrun_changelist"))
        ImportRun.objects.filter(pk=run.pk).update(source=waiting.name)
        messages.success(request, _("The table was imported as run %(run)s.") % {"run": run.pk})
        return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[run.pk]))

    def _counts(self, outcome):
        """The table of the numbers of records, as a run shows it."""
        return self.results_of(outcome.report.plain_counts()) if outcome and outcome.report else ""

    @staticmethod
    def _lists(outcome):
        if outcome is None:
            return {}
        losses = [(loss.line, loss.column, loss.sentence) for loss in outcome.losses]
        whole = [row for row, loss in zip(losses, outcome.losses, strict=True) if loss.is_whole]
        parts = [row for row, loss in zip(losses, outcome.losses, strict=True) if not loss.is_whole]
        lists = {"whole": whole, "parts": parts, "problems": outcome.problems, "conflicts": outcome.conflicts}
        found = {name: {"problems": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)} for name, rows in lists.items()}
        return found | {"notices": outcome.report.notice_lines() if outcome.report else []}

    def _refuse_others(self, request):
        if not self.may_import(request):
            raise PermissionDenied

    @staticmethod
    def _table(waiting):
        return reading.read(bytes(waiting.data), waiting.encoding, waiting.header_line)

    def _page(self, request, name, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/importrun/{name}.html", shared | context)
