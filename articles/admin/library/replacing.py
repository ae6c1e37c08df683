"""The page that replaces the file of a row of the library, and the download of earlier files."""

from pathlib import PurePosixPath

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.cldr.formats import number, short_date
from contacts.models.membership import name_of
from contacts.models.text_fields import LineFormField
from contacts.zones import own_day

from ... import permissions
from ...media import attachments, images
from ...media.recordings import checking as recordings
from ...media.storage import NotStored
from ...models import Attachment, Image, Recording
from ...publishing.afterwards import replacing
from ...publishing.requirements import Refused
from .media_forms import original_name, refuse_known
from .uploads import delete_stored

CHECKS = {
    Image: lambda upload, row: images.check(upload),
    Attachment: lambda upload, row: attachments.check(upload, language=row.language),
    Recording: lambda upload, row: recordings.check(upload),
}
FILL = {Image: images.fill, Attachment: attachments.fill, Recording: recordings.fill}


class ReplaceForm(forms.Form):
    file = forms.FileField(label=_("new file"))
    reason = LineFormField(label=_("why it is replaced"), max_length=300)

    def __init__(self, *args, row, visible, **options):
        super().__init__(*args, **options)
        self.row, self.visible = row, visible

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if failure := getattr(upload, "failure", None):
            raise NotStored(failure)
        self.checked = CHECKS[type(self.row)](upload, self.row)
        if self.checked.sha256 == self.row.sha256:
            raise ValidationError(_("This is the file that it has already."))
        refuse_known(type(self.row), self.checked.sha256, self.visible)
        return upload


class Replacing:
    """For a ModelAdmin of the library."""

    def get_urls(self):
        name = self.opts.model_name
        replace, former = map(self.admin_site.admin_view, (self.replace_view, self.former_view))
        own = [
            path("<int:pk>/replace/", replace, name=f"articles_{name}_replace"),
            path("<int:pk>/former/<int:former>/", former, name=f"articles_{name}_former"),
        ]
        return [*own, *super().get_urls()]

    def may_replace(self, request, row):
        may = permissions.may(request.user, "media") or request.user.has_perm(f"articles.change_{self.opts.model_name}")
        return may and self.has_change_permission(request, row)

    def _row(self, request, pk):
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def replace_view(self, request, pk):
        row = self._row(request, pk)
        if not self.may_replace(request, row):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ReplaceForm(*sent, row=row, visible=self.get_queryset(request))
        if request.method == "POST" and form.is_valid() and (response := self._replace(request, row, form)):
            return response
        context = self.admin_site.each_context(request) | {
            "title": _("Replace the file"), "opts": self.opts, "row": row, "form": form,
            "obstacle": replacing.obstacle(row, request.user), "four_eyes": settings.FOUR_EYES,
            "address": reverse(f"admin:articles_{self.opts.model_name}_change", args=[row.pk]),
            "list_address": reverse(f"admin:articles_{self.opts.model_name}_changelist"),
        }  # fmt: skip
        return TemplateResponse(request, "admin/articles/replace.html", context)

    def _replace(self, request, row, form):
        reason = form.cleaned_data["reason"]

        def fill(row, checked):
            filled = FILL[self.model](row, checked)
            request.stored_file = filled.file.name
            filled.original_name = original_name(form.cleaned_data["file"].name)
            filled.uploaded_by, filled.uploaded_by_name = request.user, ""
            return filled

        try:
            published, recalled = replacing.replace(row, form.checked, fill, request.user, reason)
        except Refused as error:
            form.add_error("file", list(error.errors.values()))
            return None
        except NotStored as error:
            form.add_error("file", error)
            return None
        except BaseException:
            delete_stored(request)
            raise
        logged = {"name": str(self.opts.verbose_name), "object": reason, "fields": ["file"]}
        self.log_change(request, row, [{"changed": logged}])
        self.after_change(request, form)
        self.after_replacing(self.model.objects.get(pk=row.pk))
        told = _("The file was replaced. Its old address leads to the new file.")
        if published:
            told = f"{told} " + ngettext(
                "%(number)s published article got a new edition.", "%(number)s published articles got a new edition.",
                len(published),
            ) % {"number": number(len(published))}  # fmt: skip
        if recalled:
            told = f"{told} " + ngettext(
                "%(number)s article must be approved again.", "%(number)s articles must be approved again.",
                len(recalled),
            ) % {"number": number(len(recalled))}  # fmt: skip
        messages.success(request, told)
        return HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_change", args=[row.pk]))

    def after_replacing(self, row):
        """For subclasses."""

    def former_view(self, request, pk, former):
        """Download an earlier file."""
        row = self._row(request, pk)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        earlier = row.former_files.filter(pk=former).first()
        if earlier is None:
            raise Http404
        try:
            file = default_storage.open(earlier.file)
        except OSError as error:
            raise Http404 from error
        response = FileResponse(file, as_attachment=True, filename=PurePosixPath(earlier.file).name)
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    def former_files(self, row):
        """Earlier files: when and why each was replaced, and by whom."""
        if not row.pk:
            return "–"
        address = f"admin:articles_{self.opts.model_name}_former"
        items = (
            (
                reverse(address, args=[row.pk, one.pk]),
                short_date(own_day(moment=one.replaced_at)),
                name_of(one.replaced_by, "–"),
                one.reason,
            )
            for one in row.former_files.select_related("replaced_by")
        )
        found = format_html_join("", '<li><a href="{}">{}</a> <bdi>{}</bdi>: <bdi>{}</bdi></li>', items)
        return format_html('<ul class="used-in">{}</ul>', found) if found else "–"

    former_files.short_description = _("earlier files")
