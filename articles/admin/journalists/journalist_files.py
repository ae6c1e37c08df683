"""Files of journalists: the import with its plan, the export of a list, all that is stored of one person."""

import csv

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contacts.cldr.formats import number

from ...models import Journalist
from ...press_lists import csv_files, csv_import, journalists, lists

MOST_LINES_SHOWN = 200


class ImportForm(forms.Form):
    """The file or, once it was read, its text."""

    file = forms.FileField(label=gettext_lazy("file"), required=False)
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    plan = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        """Adds `encoding`, that of the file, and reads the file into `text`."""
        if upload := self.cleaned_data.get("file"):
            try:
                self.cleaned_data["text"], self.cleaned_data["encoding"] = csv_files.decode(upload.read())
            except csv_files.Unreadable as error:
                self.add_error("file", str(error))
        elif not self.cleaned_data.get("text"):
            self.add_error("file", _("Choose a file."))
        return self.cleaned_data


class JournalistFiles:
    """For the ModelAdmin of journalists."""

    def get_urls(self):
        view, name = self.admin_site.admin_view, "articles_journalist"
        return [
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("export.csv", view(require_safe(self.export_view)), name=f"{name}_export"),
            path("<int:pk>/data.json", view(require_safe(self.data_view)), name=f"{name}_data"),
            *super().get_urls(),
        ]

    def import_view(self, request):
        """The file, then the plan, then all of it or nothing."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
        plan, encoding = None, ""
        if request.method == "POST" and form.is_valid():
            encoding = form.cleaned_data.get("encoding", "")
            try:
                plan, is_stored = self._plan_or_store(request, form)
            except IntegrityError:  # somebody has just added one of them: now it is another plan
                plan, is_stored = self._plan_or_store(request, form)
            if is_stored:
                return HttpResponseRedirect(reverse("admin:articles_journalist_changelist"))
        if plan:
            form = ImportForm(initial={"text": form.cleaned_data["text"], "plan": plan.fingerprint})
        return TemplateResponse(request, "admin/articles/journalist/import.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Import journalists"), "form": form,
            "plan": plan, "columns": csv_files.COLUMNS, "required": csv_files.REQUIRED, "most": MOST_LINES_SHOWN,
            "encoding": plan and encoding,
        })  # fmt: skip

    @transaction.atomic
    def _plan_or_store(self, request, form):
        """(Plan, or None for a file that cannot be read; whether it was confirmed as it is now, and so is stored)."""
        try:
            plan = csv_import.plan(form.cleaned_data["text"], request.user)
        except csv_files.Unreadable as error:
            form.add_error("file", str(error))
            return None, False
        is_confirmed = not plan.wrong and form.cleaned_data["plan"] == plan.fingerprint
        if is_confirmed:
            csv_import.store(plan, request.user)
            self._tell_stored(request, plan)
        return plan, is_confirmed

    def _tell_stored(self, request, plan):
        for line in plan.new:
            self.log_addition(request, line.journalist, [{"added": {}}])
        for line in plan.changed:
            self.log_change(request, line.journalist, [{"changed": {"fields": line.changes}}])
        told = _("New journalists: %(new)s; changed: %(changed)s.")
        messages.success(request, told % {"new": number(len(plan.new)), "changed": number(len(plan.changed))})

    def export_view(self, request):
        """The journalists that the list shows with these filters."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        return csv_answer(request.user, rows, "journalists")

    def data_view(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        journalist = Journalist.objects.filter(pk=pk).first()
        if journalist is None:
            raise Http404
        response = JsonResponse(journalists.data_of(journalist), json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = f'attachment; filename="journalist-{pk}.json"'
        response["Cache-Control"] = "private, no-store"
        return response


def csv_answer(user, rows, name):
    """Journalists (a queryset) as a CSV file, with a byte order mark for spreadsheets."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    csv.writer(response).writerows(csv_files.rows(rows, lists.usable(user)))
    return response
