"""The lock of admin forms: nobody overwrites or deletes what somebody else has changed since they opened the page.

A form carries, signed, the digests of what was stored when it was opened. They are compared while the row is locked.
If something differs, nothing is stored: the form comes back with the user's changes merged into what is stored now,
and says who changed what. A column with a version would say only that something has changed, not which field.
"""

import hashlib
import time
from copy import copy

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as confirm_or_delete
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.forms.models import _get_foreign_key
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.membership import name_of
from ..zones import own_time
from .merge_edits import Merge
from .refused_posts import words_page
from .sent_data import Snapshot

OPENED = "_opened"  # the hidden field
SALT = "newsroom.opened"


class RefusedForm:
    """Mixed into the form of a refused save: adds `notes`, [(field or None, sentence)], to its errors."""

    notes = ()

    def full_clean(self):
        super().full_clean()
        for name, sentence in self.notes if self.is_bound else ():
            self.add_error(name if name in self.fields else None, sentence)


class EditLock:
    """For a ModelAdmin; its inlines use `InlineFormSet`."""

    actions = ["delete_selected"]
    # Buttons by which somebody answers for what is stored: they must have seen it, even if they changed nothing.
    answering = frozenset({"_move", "_confirm"})

    def watched(self, obj):
        """{name: value} of what the form does not show but whose change is reported."""
        return {}

    def main_row(self, obj):
        """The id of the row that this one is a copy of, or None: once it is gone, a copy is not added again."""
        return None

    def why_copy_is_gone(self, main_row, since):
        """(sentence, row to show or None) about a copy of that row that was there at `since`, a time stamp."""
        raise NotImplementedError

    def last_change(self, obj, since):
        """(name or "", time or None) of the last change after `since`, a time stamp. The log has no imports."""
        return last_logged(self.model, obj.pk, since)

    def lock_row(self, obj):
        """Lock the row until the transaction ends; False if it is no longer there."""
        rows = self.model._default_manager.select_for_update(no_key=True).order_by()
        return rows.filter(pk=obj.pk).values_list("pk").first() is not None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            notice = getattr(request, "notice_of_return", None)
            request.refused = [*getattr(request, "refused_already", ()), *([(None, notice)] if notice else [])]
            form_url = form_url or (request.get_full_path() if notice else "")
            obj = self._locked(request, object_id) if object_id else None
            if object_id and obj is None:
                return self._without_row(request, object_id, extra_context)
            may = self.has_change_permission(request, obj) if object_id else self.has_add_permission(request)
            if not may:
                return words_page(self, request)
            if object_id:
                self._refuse_stale(request, obj)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request, object_id):
        """The row as it is stored once it is locked, or None."""
        obj = self.get_object(request, unquote(object_id))
        return self.get_object(request, unquote(object_id)) if obj and self.lock_row(obj) else None

    def _refuse_stale(self, request, obj):
        """If others have changed the row since, merge their changes into `request.POST`, and refuse to save it."""
        opened, now = read_token(request, self.model, obj.pk), self.snapshot(request, obj)
        request.opened_token = request.POST.get(OPENED, "")
        if opened and all(opened[name] == value for name, value in now.digests().items()):
            return
        merge = Merge(request.POST, request.FILES, opened, now)
        request.POST, request.opened_token = merge.data, token(obj, now, self.main_row(obj))
        if merge.has_own_changes or self.answering & request.POST.keys():
            refusal = self.refusal_of_stale(obj, opened["at"] if opened else 0)
            request.refused = [(None, refusal), *request.refused, *merge.notes]
            request.refused_rows = merge.row_notes

    def refusal_of_stale(self, obj, since):
        told = _("Your changes are still in the form, with what is stored now. Look at both, then save again.")
        show = _("Show what is stored")
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        return format_html(
            '{} {} {} <a href="{}" target="_blank">{}</a>',
            who_changed(*self.last_change(obj, since)), _("Nothing was saved."), told, address, show,
        )  # fmt: skip

    def _without_row(self, request, object_id, extra_context):
        """A row that was deleted while the form was open: what the user typed, in the form of a new one.

        Of a copy the words alone: its public row is still there.
        """
        opened = read_token(request, self.model, unquote(object_id))
        if opened is None:
            return super().changeform_view(request, object_id, "", extra_context)  # says that there is none
        still_there = self.model._default_manager.filter(pk=unquote(object_id)).exists()
        if still_there or not self.has_add_permission(request):
            return words_page(self, request)
        if main_row := opened.get("main_row"):
            return words_page(self, request, *self.why_copy_is_gone(main_row, opened["at"]))
        who, when = last_logged(self.model, unquote(object_id), 0, action_flag=DELETION)
        told = _("This was deleted after you opened it. Nothing was saved. If you save now, it is added again.")
        deleted = _("%(who)s deleted it at %(time)s.") % {"who": who, "time": own_time(when)} if who else ""
        request.refused = [(None, f"{told} {deleted}".strip()), *request.refused]
        request.POST = self._as_new(request.POST)
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, address, extra_context)

    def _as_new(self, posted):
        """The posted data of a change form as that of an add form: its rows are new rows."""
        data = posted.copy()
        keys = {_parent_key(self, inline).name for inline in self.inlines} | {"id"}
        for prefix in [name.removesuffix("-INITIAL_FORMS") for name in posted if name.endswith("-INITIAL_FORMS")]:
            data[f"{prefix}-INITIAL_FORMS"] = "0"
            for name in posted:
                if name.startswith(f"{prefix}-") and name.rpartition("-")[2] in keys:
                    data[name] = ""
        return data

    def snapshot(self, request, obj):
        """The form and its inlines as somebody would open them now."""
        opening = copy(request)
        opening.method = "GET"
        form = self.get_form(opening, obj, change=True)
        formsets, _inlines = self._create_formsets(opening, obj, change=True)
        return Snapshot(form(instance=copy(obj)), formsets, self.watched(obj))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if notes := getattr(request, "refused", None):
            form = type(form)(form.__name__, (RefusedForm, form), {"notes": notes, "__module__": form.__module__})
        return form

    def _create_formsets(self, request, obj, change):
        formsets, inlines = super()._create_formsets(request, obj, change)
        for formset in formsets:
            formset.notes = getattr(request, "refused_rows", {}).get(formset.prefix, ())
        return formsets, inlines

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj is not None and self.has_change_permission(request, obj):
            opened = getattr(request, "opened_token", None)
            if opened is None:
                formsets = [inline.formset for inline in context["inline_admin_formsets"]]
                now = Snapshot(context["adminform"].form, formsets, self.watched(obj))
                opened = token(obj, now, self.main_row(obj))
            context["opened"] = opened
        if context.get("errors") and request.FILES and not context.get("kept_upload"):
            messages.warning(request, _("Choose the file again: the browser does not keep it."))
        if context.get("errors") and any(name is None for name, _told in getattr(request, "refused", ())):
            # The form says why it was not saved: there may be nothing to correct.
            context |= {"refused": True, "errors": []}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_view(self, request, object_id, extra_context=None):
        with transaction.atomic():
            obj = self._locked(request, object_id) if request.method == "POST" else None
            if obj is not None and is_stale(self, request, [obj]):
                since = read_page_token(request)["at"]
                told = [who_changed(*self.last_change(obj, since)), _("Nothing was deleted.")]
                messages.error(request, " ".join(told))
                return HttpResponseRedirect(request.get_full_path())
            return super().delete_view(request, object_id, extra_context)

    def render_delete_form(self, request, context):
        context["opened"] = page_token(self, [context["object"]])
        return super().render_delete_form(request, context)

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request, queryset):
        with transaction.atomic():
            rows = list(queryset)
            if request.POST.get("post"):
                rows = [row for row in rows if self.lock_row(row)]
                rows = list(queryset.filter(pk__in=[row.pk for row in rows]))
            if request.POST.get("post") and is_stale(self, request, rows):
                changed = _("Some of these rows were changed after you opened this page. Nothing was deleted.")
                messages.error(request, changed)
                request.POST = request.POST.copy()
                del request.POST["post"]
            response = confirm_or_delete(self, request, queryset)
        if response is not None:
            response.context_data["opened"] = page_token(self, rows)
        return response


def token(obj, snapshot, main_row):
    """The signed digests of a snapshot."""
    told = snapshot.digests() | {
        "untouched": snapshot.untouched(), "row": _key(type(obj), obj.pk), "main_row": main_row, "at": time.time(),
    }  # fmt: skip
    return signing.dumps(told, salt=SALT, compress=True)


def read_token(request, model, pk):
    """The digests that the posted form carries, or None if it carries none of this row."""
    try:
        opened = signing.loads(request.POST.get(OPENED, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return opened if opened.get("row") == _key(model, pk) else None


def _key(model, pk):
    return f"{model._meta.concrete_model._meta.label_lower}:{pk}"


def page_token(model_admin, rows):
    """What a page that deletes these rows carries."""
    return signing.dumps({"rows": _rows_digest(model_admin, rows), "at": time.time()}, salt=SALT)


def read_page_token(request):
    try:
        return signing.loads(request.POST.get(OPENED, ""), salt=SALT)
    except signing.BadSignature:
        return {}


def is_stale(model_admin, request, rows):
    """Whether the rows were changed since the page was opened that confirms their deletion."""
    opened = read_page_token(request).get("rows")
    return opened is not None and opened != _rows_digest(model_admin, rows)


def _rows_digest(model_admin, rows):
    """A digest of these rows, and of the rows within their forms, as stored."""
    held = []
    for row in sorted(rows, key=lambda row: str(row.pk)):
        hidden = model_admin.get_readonly_fields(None, row)
        held.append([one.value_from_object(row) for one in row._meta.concrete_fields if _counts(one, hidden)])
        for inline in model_admin.inlines:
            rows_within = inline.model._default_manager.filter(**{_parent_key(model_admin, inline).name: row})
            held.append(list(rows_within.order_by("pk").values_list()))
    return hashlib.sha256(repr(held).encode()).hexdigest()


def _parent_key(model_admin, inline):
    return _get_foreign_key(model_admin.model, inline.model, fk_name=inline.fk_name)


def _counts(field, hidden):
    return field.primary_key or (field.editable and field.name not in hidden)


def last_logged(model, pk, since, **conditions):
    """(name, time) of the last entry of the admin's log about a row after `since`, or ("", None)."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(pk), **conditions).select_related("user")
    last = entries.order_by("-action_time").first()
    if last is None or last.action_time.timestamp() < since:
        return "", None
    return name_of(last.user), last.action_time


def who_changed(who, when):
    if when is None:
        return _("This was changed after you opened it.")
    return _("%(who)s changed this at %(time)s, after you opened it.") % {
        "who": who or _("Somebody"), "time": own_time(when),
    }  # fmt: skip
