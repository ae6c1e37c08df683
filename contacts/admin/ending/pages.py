"""The page on which a contact or an office ends: it lists the articles affected and proposes successors."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from ...cldr.formats import labelled
from ...models import Contact
from ...public_pages import names_changed
from ..fields import DateInput
from .successors import candidates, proposals
from .uses import uses

MOST_OTHERS = 500  # choices beside those that are proposed


class SuccessorForm(forms.Form):
    """What stands for a row that ends."""

    successor = forms.ChoiceField(label=gettext_lazy("Successor"), required=False)

    def __init__(self, data, row, proposed, others, prefix=None):
        super().__init__(data, prefix=prefix)
        label = gettext_lazy("All others")
        if len(others) > MOST_OTHERS:
            others = others[:MOST_OTHERS]
            label = _("The first %(number)s others. The form offers all of them.") % {"number": MOST_OTHERS}
        self.row, self.rows = row, {str(one.pk): one for one in (*(one for one, _why in proposed), *others)}
        groups = [(gettext_lazy("Proposed"), [(str(one.pk), _label(one, why)) for one, why in proposed])]
        groups.append((label, [(str(one.pk), _label(one)) for one in others]))
        none = ("", gettext_lazy("Nobody stands for it"))
        self.fields["successor"].choices = [none, *(group for group in groups if group[1])]
        self.initial = {"successor": str(proposed[0][0].pk) if proposed else "", "ends": True}

    def successor_row(self):
        return self.rows.get(self.cleaned_data.get("successor", ""))


class PartForm(SuccessorForm):
    """A contact of an office that closes: whether it ends, too."""

    ends = forms.BooleanField(required=False)


class EndForm(SuccessorForm):
    day = forms.DateField(widget=DateInput)

    def __init__(self, data, row, *args):
        super().__init__(data, row, *args)
        is_contact = isinstance(row, Contact)
        self.fields["day"].label = _("Last day") if is_contact else _("Closed on")
        at_once = timezone.now().date() - timedelta(is_contact)
        self.initial["day"] = at_once
        told = (
            _("It ends at midnight UTC. From then on pages show the successor: with %(day)s, at once.")
            if is_contact
            else _("From midnight UTC of this day on, its lists are its successor’s: with %(day)s, at once.")
        )
        self.fields["day"].help_text = told % {"day": date_format(at_once)}


def _label(row, why=()):
    where = [row.office.name] if isinstance(row, Contact) else []
    return " · ".join([row.name, *where, *why])


class EndingPages:
    """For the ModelAdmin of contacts and of offices: the page on which a row ends. `ends_on`: the column of its day."""

    ends_on = ""
    change_form_template = "admin/contacts/ending_change_form.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_end"
        return [path("<int:pk>/end/", self.admin_site.admin_view(self.end_view), name=name), *super().get_urls()]

    def end_view(self, request, pk):
        with transaction.atomic():
            row = self.get_queryset(request).filter(pk=pk).first()
            if row is None:
                raise Http404
            if not self.has_end_permission(request, row):
                messages.error(request, _("This is not possible now, or not allowed to you."))
                return self._to_row(row)
            found = uses([row], request.user, with_predecessors=True)
            data = request.POST if request.method == "POST" else None
            form = EndForm(data, row, *proposals(row, found.topics_by_contact, candidates(row)))
            parts, more_parts = self.parts_to_end(request, data, row, found)
            is_sent = data is not None and not getattr(request, "notice_of_return", "")
            if is_sent and form.is_valid() and self.lock_row(row) and self._end(request, row, form, parts):
                return self._to_row(row)
        return TemplateResponse(request, "admin/contacts/end.html", {
            **self.admin_site.each_context(request), "opts": self.opts, "original": row, "form": form,
            "uses": found, "parts": parts, "more_parts": more_parts,
            "title": self.end_label(row), "list_url": self.page_address("changelist"),
            "form_url": self.page_address("change", row.pk),
            "notice": getattr(request, "notice_of_return", ""),
        })  # fmt: skip

    def has_end_permission(self, request, row):
        return self.has_change_permission(request, row)

    def parts_to_end(self, request, data, row, found):
        """([PartForm] of rows that the user can end together with this one, how many more there are)."""
        return [], 0

    def end_label(self, row):
        return _("End this contact") if isinstance(row, Contact) else _("Close this office")

    def _end(self, request, row, form, parts):
        """Store it, with the parts that are ticked; False if something is refused, which the form then says."""
        day = form.cleaned_data["day"]
        ended = [(row, self.ends_on, day, form.successor_row())]
        for part in parts:
            if not part.is_valid():
                return False
            if part.cleaned_data["ends"]:
                ended.append((part.row, "valid_until", day - timedelta(1), part.successor_row()))
        for one, *values in ended:
            try:
                self._end_row(request, one, *values)
            except ValidationError as error:
                transaction.set_rollback(True)
                form.add_error(None, [labelled(one, sentence) for sentence in error.messages])
                return False
        names_changed()
        messages.success(request, _("“%(row)s” ends on %(day)s.") % {"row": row, "day": date_format(day)})
        return True

    def _end_row(self, request, row, ends_on, day, successor):
        setattr(row, ends_on, day)
        setattr(row, row.leads_by, successor)
        names = {ends_on, row.leads_by}
        row.full_clean(exclude={one.name for one in row._meta.fields} - names - {"valid_from", "opened"})
        row.save(update_fields=names)
        with override(None):
            labels = [str(row._meta.get_field(name).verbose_name) for name in sorted(names)]
        self.log_change(request, row, [{"changed": {"fields": labels}}])

    def _to_row(self, row):
        return HttpResponseRedirect(self.page_address("change", row.pk))

    def after_change(self, request, form):
        """Say so if a row has ended in the form, articles name it, and nothing stands for it."""
        super().after_change(request, form)
        row = form.instance
        has_ended = not row.is_current() if isinstance(row, Contact) else row.is_closed
        if not has_ended or row.final != row or {self.ends_on, "is_public", row.leads_by}.isdisjoint(form.changed_data):
            return
        if (found := uses([row], request.user, with_predecessors=True)).total:
            choose = _("Choose a successor")
            told = ngettext(
                "%(number)s article names it, and nothing stands for it.",
                "%(number)s articles name it, and nothing stands for it.",
                found.total,
            ) % {"number": found.shown_total}
            address = self.page_address("end", row.pk)
            messages.warning(request, format_html('{} <a href="{}">{}</a>', told, address, choose))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        end = {}
        if row is not None and self.has_end_permission(request, row):
            end = {"end_label": self.end_label(row), "end_url": self.page_address("end", row.pk)}
        return super().change_view(request, object_id, form_url, end | (extra_context or {}))
