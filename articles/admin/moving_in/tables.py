"""Tables of articles in the admin of import runs: upload, say what the columns are, see the plan, import.

Those who approve everywhere import: a table may bring public articles of every office. A large table is planned and
imported in the background; its page shows how far that is, and then the plan.
"""

import csv
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BinaryField, Q
from django.db.models.functions import Substr
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.plain_text import spreadsheet_cell

from ... import permissions
from ...importing.tables import large, reading, running
from ...importing.tables.waiting import ask
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
        may = self.may_import(request)
        large_ones = WaitingTable.objects.filter(is_large=True).exclude(mapping=None).defer("data", "outcome")
        under_way = large_ones.annotate(was_imported=Q(outcome__is_stored=True)).order_by("pk")
        context = {"may_import": may, "under_way": under_way if may else ()}
        return super().changelist_view(request, context | (extra_context or {}))

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
                old = WaitingTable.objects.filter(created_at__lt=timezone.now() - KEPT)
                old.exclude(wanted="import").delete()
                waiting.header_line, waiting.is_large = table.header_line, self._is_large(table)
                waiting.save()
                return HttpResponseRedirect(reverse(f"{NAME}_columns", args=[waiting.pk]))
        return self._page(request, "upload", {"form": form, "title": _("Import a table")})

    def columns_view(self, request, pk):
        """What each column is, with its first cells beside it; kept for the next table with these headers."""
        self._refuse_others(request)
        waiting = self._with_its_beginning(pk)
        if waiting.wanted == "import" or not waiting.data:  # it is being imported, or was
            return HttpResponseRedirect(reverse(f"{NAME}_plan", args=[pk]))
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
            if waiting.is_large:
                ask(waiting, request.user, "plan")
            return HttpResponseRedirect(reverse(f"{NAME}_plan", args=[pk]))
        read = {"encoding": waiting.encoding, "header_line": waiting.header_line}
        return self._page(request, "columns", {
            "form": form, "again": again or ReadAgainForm(initial=read), "table": table, "waiting": waiting,
            "title": _("Columns of the table"), "is_known": known is not None, "rows": len(table.rows),
            "most": running.MOST_ROWS,
        })  # fmt: skip

    def _read_again(self, waiting, form):
        waiting.encoding, waiting.header_line = form.cleaned_data["encoding"], form.cleaned_data["header_line"]
        try:
            waiting.is_large = self._is_large(self._table(waiting))
        except reading.TableError as error:
            form.add_error("encoding", str(error))
            return False
        waiting.mapping, waiting.wanted, waiting.outcome = None, "", None  # they were of other columns
        waiting.save(update_fields=["encoding", "header_line", "is_large", "mapping", "wanted", "outcome"])
        return True

    def plan_view(self, request, pk):
        """What an import would do, and what of the table is not imported; a post imports."""
        self._refuse_others(request)
        waiting = get_object_or_404(WaitingTable.objects.select_related("mapping").defer("data"), pk=pk)
        if waiting.wanted or waiting.outcome:
            return self._large(request, waiting)
        table = None if waiting.mapping is None or waiting.is_large else self._table(waiting)
        if table is None or headers_key(table.headers) != waiting.mapping.headers:
            return HttpResponseRedirect(reverse(f"{NAME}_columns", args=[pk]))
        outcome = self._run(request, waiting, table)
        return self._imported(request, waiting, outcome) if outcome.is_stored else self._plan(request, waiting, outcome)

    def _plan(self, request, waiting, outcome):
        return self._page(request, "plan", {
            "outcome": outcome, "waiting": waiting, "title": _("Plan of the import"), "counts": self._counts(outcome),
            "may_import": outcome.is_importable and not outcome.is_stored, **self._lists(outcome),
        })  # fmt: skip

    def _large(self, request, waiting):
        """How far the background is with a large table; then its plan, and after the import the run."""
        outcome = None if waiting.wanted else large.outcome_of(waiting)
        if outcome is None:
            if "state" in request.GET:
                return JsonResponse({"line": large.progress_line(waiting), "done": waiting.done})
            title, line = _("Plan of the import"), large.progress_line(waiting)
            return self._page(request, "progress", {"waiting": waiting, "title": title, "line": line})
        if "state" in request.GET:
            return JsonResponse({"line": ""})
        if "list" in request.GET:
            return self._list(waiting, outcome)
        if request.method == "POST" and outcome.is_importable and not outcome.is_stored:
            if outcome.left_out and "leave_out" not in request.POST:
                outcome.error = _("Say first whether the rows that cannot come along are left out.")
            else:
                ask(waiting, request.user, "import", leave_out="leave_out" in request.POST)
                return HttpResponseRedirect(request.path)
        return self._plan(request, waiting, outcome)

    def _list(self, waiting, outcome):
        """All that is not imported, row by row, for a spreadsheet."""
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="table-{waiting.pk}.csv"'
        losses = [(loss.line or "", loss.column, loss.sentence) for loss in outcome.losses]
        rows = [*outcome.problems, *outcome.conflicts, *losses]
        csv.writer(response).writerows(
            [spreadsheet_cell(cell) for cell in row] for row in [("line", "column", "what"), *rows]
        )
        return response

    def _run(self, request, waiting, table):
        """The plan; at a post the import, without the rows that somebody agreed to leave out."""
        mapping = running.mapping_of(waiting.mapping)
        if request.method != "POST":
            return running.run(table, mapping, request.user, plan=True)
        outcome = running.run(table, mapping, request.user, plan=False, may_leave_out="leave_out" in request.POST)
        if outcome.left_out and not outcome.was_run and not outcome.error:
            outcome = running.run(table, mapping, request.user, plan=True)
            outcome.error = _("Say first whether the rows that cannot come along are left out.")
        return outcome

    def _imported(self, request, waiting, outcome):
        run = outcome.run
        waiting.delete()
        if run is None:
            messages.info(request, _("Nothing was changed."))
            return HttpResponseRedirect(reverse("admin:articles_importrun_changelist"))
        ImportRun.objects.filter(pk=run).update(source=waiting.name)
        messages.success(request, _("The table was imported as run %(run)s.") % {"run": run})
        return HttpResponseRedirect(reverse("admin:articles_importrun_change", args=[run]))

    def _counts(self, outcome):
        """The table of the numbers of records, as a run shows it."""
        return self.results_of(outcome.counts) if outcome.was_run else ""

    @staticmethod
    def _lists(outcome):
        losses = [(loss.line, loss.column, loss.sentence) for loss in outcome.losses]
        whole = [row for row, loss in zip(losses, outcome.losses, strict=True) if loss.is_whole]
        parts = [row for row, loss in zip(losses, outcome.losses, strict=True) if not loss.is_whole]
        lists = {"whole": whole, "parts": parts, "problems": outcome.problems, "conflicts": outcome.conflicts}
        found = {name: {"problems": rows[:SHOWN], "more": max(0, len(rows) - SHOWN)} for name, rows in lists.items()}
        return found | {"notices": outcome.notices, "is_longer": any(one["more"] for one in found.values())}

    def _refuse_others(self, request):
        if not self.may_import(request):
            raise PermissionDenied

    @staticmethod
    def _table(waiting):
        """The rows of a table, of a large one only the first."""
        return reading.read(bytes(waiting.data), waiting.encoding, waiting.header_line, beginning=True)

    @staticmethod
    def _with_its_beginning(pk):
        """The WaitingTable, with the first bytes of a CSV file as its data: more would take some 250 MB of memory."""
        beginning = Substr("data", 1, reading.FIRST_BYTES + 1, output_field=BinaryField())
        waiting = get_object_or_404(WaitingTable.objects.defer("data").annotate(beginning=beginning), pk=pk)
        read = bytes(waiting.beginning or b"")  # SQLite has NULL for the beginning of nothing
        if not reading.is_excel(read):
            waiting.data = read
        return waiting

    @staticmethod
    def _is_large(table):
        return table.is_cut or len(table.rows) > running.MOST_ROWS

    def _page(self, request, name, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/importrun/{name}.html", shared | context)
