"""The admin of old addresses: the table, its import and export, and a page that says where an address leads.

Those who may view articles see it, without rows that lead to articles hidden from them. Those who edit everywhere
change it.
"""

import csv

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contacts import permissions as of_the_rest
from contacts.admin.base import PublicModelAdmin, RelatedChoices
from contacts.cldr.formats import number
from contacts.public_pages import changed
from contacts.zones import own_time

from ... import permissions
from ...importing.tables import old_addresses as table
from ...importing.tables.reading import TableError
from ...models import Article, OldAddress
from ...models.moving_in import spelling
from ...old_addresses.finding import asked, found
from ...querysets import large_of
from .. import display
from ..article.change_list import LongList
from .old_address_forms import FileForm, OldAddressForm, TryForm


class Echo:
    """What `csv.writer` writes is what `write` returns."""

    def write(self, line):
        return line


class StrictFilter(admin.SimpleListFilter):
    def __init__(self, *args):
        super().__init__(*args)
        if self.value() and self.value() not in dict(self.lookup_choices):
            raise IncorrectLookupParameters(self.parameter_name)


class HitsFilter(StrictFilter):
    title, parameter_name = gettext_lazy("hits"), "hits"

    def lookups(self, request, model_admin):
        return [("never", _("never hit")), ("some", _("hit"))]

    def queryset(self, request, queryset):
        return queryset.filter(use__isnull=self.value() == "never") if self.value() else queryset


class KindFilter(StrictFilter):
    title, parameter_name = gettext_lazy("kind"), "kind"

    def lookups(self, request, model_admin):
        return [("address", _("address")), ("pattern", _("pattern"))]

    def queryset(self, request, queryset):
        patterns = Q(address__contains="*") | Q(address__contains="{")
        return queryset.filter(patterns if self.value() == "pattern" else ~patterns) if self.value() else queryset


@admin.register(OldAddress)
class OldAddressAdmin(LongList, RelatedChoices, PublicModelAdmin):
    form = OldAddressForm
    list_display = ["address_shown", "leads_to", "hits", "last_hit", "note_shown"]
    list_display_links = ["address_shown"]
    list_filter = [HitsFilter, KindFilter]
    search_fields = ["address", "path", "note"]
    search_help_text = gettext_lazy("Searches addresses, paths and notes.")
    autocomplete_fields = ["article"]
    fields = ["address", "article", "path", "note", "example"]

    def get_queryset(self, request):
        return self._visible(request, super().get_queryset(request)).select_related("use", "article")

    def _visible(self, request, rows):
        seen = permissions.visible(request.user, Article.objects.filter(pk=OuterRef("article")).order_by())
        return rows.filter(Q(article=None) | Exists(seen)).defer(*large_of("article"))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = permissions.visible(request.user, field.queryset).filter(revises=None)
        return field

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.request = request
        return form

    def get_fields(self, request, obj=None):
        return self.fields if self._may_change(request) else self.fields[:-1]

    def _may_view(self, request, obj=None):
        return permissions.may(request.user, "view")

    def _may_change(self, request, obj=None):
        return (request.user.is_active and request.user.is_superuser) or of_the_rest.may_edit(request.user)

    has_view_permission = _may_view
    has_change_permission = has_delete_permission = _may_change

    def has_module_permission(self, request):
        return self._may_view(request)

    def has_add_permission(self, request):
        return self._may_change(request)

    def after_change(self, request, form):
        changed()
        if form.leads_to:
            example = form.cleaned_data["example"]
            told = _("%(address)s leads to %(page)s.") % {"address": example, "page": form.leads_to}
            messages.info(request, told)

    @admin.display(description=gettext_lazy("old address"), ordering="address")
    def address_shown(self, row):
        return format_html('<bdi dir="ltr">{}</bdi>', row.address)

    @admin.display(description=gettext_lazy("note"), ordering="note")
    def note_shown(self, row):
        return format_html("<bdi>{}</bdi>", row.note)

    @admin.display(description=gettext_lazy("leads to"))
    def leads_to(self, row):
        if row.article_id is None:
            return format_html('<bdi dir="ltr">{}</bdi>', row.path)
        tag = format_html('<abbr class="tag">{}</abbr>', row.article.language)
        return format_html("{} {} {}", display.headline(row.article), tag, display.state_badge(row.article))

    @admin.display(description=gettext_lazy("hits"), ordering="use__hits")
    def hits(self, row):
        return number(row.use.hits) if hasattr(row, "use") else number(0)

    @admin.display(description=gettext_lazy("last hit"), ordering="use__last_at")
    def last_hit(self, row):
        return own_time(row.use.last_at) if hasattr(row, "use") else "–"

    def get_urls(self):
        view, name = self.admin_site.admin_view, "articles_oldaddress"
        return [
            path("try/", view(require_safe(self.try_view)), name=f"{name}_try"),
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("export.csv", view(require_safe(self.export_view)), name=f"{name}_export"),
            *super().get_urls(),
        ]

    def try_view(self, request):
        """Where an address leads now, by every row that fits it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = TryForm(request.GET or None)
        context = {"form": form, "title": _("Try an address")}
        if form.is_valid():
            context |= self._tried(request, form.cleaned_data["address"])
        return self._page(request, "try", context)

    def _tried(self, request, address):
        path, _mark, query = address.partition("?")
        own = [f"{one}?{query}" if query else one for one in dict.fromkeys((path, f"{path.rstrip('/')}/"))]
        # "/?p=42" may be an old URL, so only "/" without parameters counts as the front page.
        is_page = (path != "/" or not query) and any(asked(request, one)[0] != 404 for one in own)
        rows = found(address)
        seen = self.get_queryset(request).filter(pk__in=[row.pk for row, _target in rows]).values_list("pk", flat=True)
        fits = [(row, *asked(request, target)) for row, target in rows if row.pk in set(seen)]
        first = next((status for _row, status, _page in fits if status != 404), None)
        return {"address": spelling.one_spelling(address), "is_page": is_page, "fits": fits, "first": first}

    def import_view(self, request):
        """Takes a table: all of it, or nothing and a report of what is wrong in which line."""
        if not self._may_change(request):
            raise PermissionDenied
        form, plan = FileForm(request.POST or None, request.FILES or None), None
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                plan = table.read(request, given["file"].read(), not given["later"], given["encoding"])
            except TableError as error:
                form.add_error("file", str(error))
            else:
                if not plan.problems:
                    table.store(plan)
                    messages.success(request, table.sentence(plan))
                    return HttpResponseRedirect(reverse("admin:articles_oldaddress_changelist"))
        problems = plan.problems if plan else []
        return self._page(request, "import", {
            "form": form, "title": _("Import old addresses"), "problems": problems[: table.MOST_PROBLEMS],
            "more": max(0, len(problems) - table.MOST_PROBLEMS), "notes": plan.notes if plan else [],
            "number_of_problems": len(problems),
        })  # fmt: skip

    def export_view(self, request):
        """The whole table for a spreadsheet, in the columns that the import reads."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self._visible(request, OldAddress.objects.order_by("address"))
        lines = map(csv.writer(Echo()).writerow, table.rows(rows))
        answer = StreamingHttpResponse(line for part in (["\ufeff"], lines) for line in part)
        answer["Content-Type"] = "text/csv; charset=utf-8"
        answer["Content-Disposition"] = 'attachment; filename="old-addresses.csv"'
        return answer

    def _page(self, request, name, context):
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"admin/articles/oldaddress/{name}.html", shared | context)
