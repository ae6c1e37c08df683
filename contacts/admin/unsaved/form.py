"""The unsaved text of an open form: kept while somebody types, offered when they come back; and who else is typing.

The script admin-unsaved.js posts what the form holds every few seconds. Nothing is checked then: a text that is
restored is shown in its form as any refused post is, and saved by the person as any other.
"""

import re
from copy import copy

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ...languages import zone_name
from ...models import Scratch
from ...models.unsaved import NEW
from ...zones import own_time, zone_of
from ..merge_edits import difference
from ..refused_posts import show_again
from ..sent_data import Snapshot, digest
from . import autosave, presence

KEY = re.compile(r"[0-9a-f]{32}")
OFFERS = 5


class UnsavedText:
    """For a ModelAdmin with the lock."""

    @property
    def _label(self):
        return self.opts.label_lower

    def page_address(self, page, *args):
        """The URL of a page of this admin, such as "change"."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        keep = require_http_methods(["GET", "POST"])(self.unsaved_view)
        restore, throw_away = require_POST(self.restore_view), require_POST(self.throw_away_view)
        return [
            path("unsaved/", view(keep), name=f"{name}_unsaved"),
            path("unsaved/logged-in/", view(require_safe(self.logged_in_view)), name=f"{name}_logged_in"),
            path("unsaved/<slug:key>/restore/", view(restore), name=f"{name}_restore"),
            path("unsaved/<slug:key>/throw-away/", view(throw_away), name=f"{name}_throw_away"),
            *super().get_urls(),
        ]

    def unsaved_view(self, request):
        """Keep the text of a form; says who else has it open. A GET gives the script the user who is logged in."""
        if request.method == "GET":
            return JsonResponse({"token": get_token(request), "user": request.user.pk})
        if request.POST.get("user") != str(request.user.pk):
            told = _("Somebody else is logged in in this browser now. Log in again as yourself.")
            return JsonResponse({"told": told}, status=409)
        row = self._row_of_form(request)
        answer = {}
        if data := request.POST.get("data"):
            key = request.POST.get("key", "")
            if not KEY.fullmatch(key):
                return JsonResponse({"told": _("This is no text of a form.")}, status=400)
            try:
                is_known, typed_at = bool(request.POST.get("known")), request.POST.get("typed_at", "")
                autosave.keep(request.user, self._label, row, key, data, is_known, typed_at)
            except autosave.Late:
                pass
            except autosave.NotKept as refused:
                return JsonResponse({"told": str(refused)}, status=422)
            except autosave.Gone:
                answer["key"] = autosave.new_key()
        if row == NEW:
            return JsonResponse(answer)
        if request.POST.get("closed"):
            presence.forget(request.user, self._label, row)
        else:
            presence.note(request.user, self._label, row, typed=bool(data))
        return JsonResponse(answer | {"others": presence.others(request.user, self._label, row)})

    def _row_of_form(self, request):
        """The id of the row that is open, which the user must be allowed to change; NEW for one to add."""
        if request.POST.get("row") == str(NEW):
            if not self.has_add_permission(request):
                raise PermissionDenied
            return NEW
        obj = self.get_object(request, request.POST.get("row"))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return obj.pk

    def restore_view(self, request, key):
        """The form with a kept text, as somebody would see it whose save was refused. Nothing is stored."""
        scratch = self._own_scratch(request, key)
        words = autosave.give_new_key(scratch) | {"_scratch": [scratch.key], "_scratch_known": ["1"]}
        notice = _("This is your unsaved text of %(time)s. Look at it, then save it.") % {
            "time": own_time(scratch.saved_at, request.user)
        }
        return show_again(request, self._form_address(scratch), "", words, notice)

    def _form_address(self, scratch):
        return self.page_address("change", scratch.row) if scratch.row else self.page_address("add")

    def throw_away_view(self, request, key):
        scratch = self._own_scratch(request, key)
        autosave.forget(request.user, key)
        self.message_user(request, _("Your unsaved text was thrown away."))
        if scratch.row and self.get_object(request, str(scratch.row)) is None:
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(self._form_address(scratch))

    def _own_scratch(self, request, key):
        return get_object_or_404(Scratch, user=request.user, model=self._label, key=key)

    def logged_in_view(self, request):
        """Where a log-in ends that was made in a window of its own, beside an open form."""
        context = self.admin_site.each_context(request) | {"title": _("You are logged in again")}
        return TemplateResponse(request, "admin/logged_in_again.html", context)

    def save_related(self, request, form, formsets, change):
        """The saved text is no longer an unsaved one."""
        super().save_related(request, form, formsets, change)
        key, sent_at = request.POST.get("_scratch", ""), request.POST.get("_scratch_sent", "")
        if KEY.fullmatch(key):
            autosave.note_saved(request.user, self._label, form.instance.pk if change else NEW, key, sent_at)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        row = obj.pk if obj is not None else NEW
        may = self.has_add_permission(request) if row == NEW else self.has_change_permission(request, obj)
        if may and not context.get("is_popup"):
            key = request.POST.get("_scratch", "")
            key = key if KEY.fullmatch(key) else autosave.new_key()
            zone = zone_of(request.user)
            context |= {
                "unsaved": {
                    "zone": zone, "city": zone_name(zone),
                    "address": self.page_address("unsaved"), "key": key, "row": row,
                    "known": request.POST.get("_scratch_known", ""), "is_bound": context["adminform"].form.is_bound,
                    "log_in": f"{reverse('admin:login')}?next={self.page_address('logged_in')}",
                },
                "offers": self.offers(request, obj, key),
            }  # fmt: skip
        context["also_open"] = presence.others(request.user, self._label, row) if row else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def offers(self, request, obj, key):
        """[(Scratch, its time, [(label, what it has instead)])] of this form without the window's own, newest first.

        A text that is stored by now is no longer kept.
        """
        kept = autosave.of_form(request.user, self._label, obj.pk if obj is not None else NEW).exclude(key=key)
        kept = list(kept[:OFFERS])
        stored, found = kept and self._as_opened(request, obj), []
        for scratch in kept:
            if differences := list(differences_from(stored, autosave.words(scratch))):
                found.append((scratch, own_time(scratch.saved_at, request.user), differences))
            else:
                scratch.delete()
        return found

    def _as_opened(self, request, obj):
        if obj is not None:
            return self.snapshot(request, obj)
        opening = copy(request)
        opening.method, opening.GET = "GET", request.GET.copy()
        form = self.get_form(opening, None, change=False)(initial=self.get_changeform_initial_data(opening))
        return Snapshot(form, self._create_formsets(opening, form.instance, change=False)[0])


def differences_from(stored, words):
    """Yield (label, HTML of what differs, "" for rows) for each field and inline of a form that differs from `words`.

    `stored`: a Snapshot; `words`: {name: [texts]}.
    """
    data, fields = MultiValueDict(words), stored.form.fields
    for name, texts in stored.fields.items():
        mine = data.getlist(name)
        if digest(mine) != digest(texts):
            field = fields.get(name) or fields.get(name.rpartition("_")[0])
            yield capfirst(str(field.label if field else name)), difference(field, texts, mine)
    for rows in stored.rows.values():
        known, new = rows.posted(data)
        before, untouched = {key: rows.digest_of(row) for key, row in rows.stored.items()}, rows.untouched()
        is_changed = before != {key: rows.digest_of(row) for key, row in known.items()}
        is_changed = is_changed or any("DELETE" in row for row in known.values())
        if is_changed or any(rows.digest_of(row) not in untouched for row in new):
            yield capfirst(str(rows.formset.model._meta.verbose_name_plural)), ""
