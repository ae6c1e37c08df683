"""The base of the admins of the media library: permissions, checked uploads, use, who uploaded what."""

from django.contrib import admin
from django.db import DatabaseError, transaction
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import PublicModelAdmin

from ... import permissions
from ...media import cleanup, usage
from ...media.storage import NotStored
from .. import display
from . import uploads
from .filters import TagFilter, UploaderFilter, UseFilter
from .many import ManyFiles
from .replacing import Replacing

IN_USE = _("This file is used.")


def visible_files(request, files):
    """The files of the queryset that the user may see, and so may choose for an article."""
    return usage.visible_to(request.user, files)


def accepts_pages(request):
    """Whether the request comes from a browser, which shows the form with its errors."""
    return "text/html" in request.headers.get("accept", "")


class MediaAdmin(ManyFiles, Replacing, PublicModelAdmin):
    """Base of the admins of files: members may view; the right "media" adds, changes, and deletes unused files.

    The file of a used row is replaced on a page of its own: its address depends on its content.
    """

    show_full_result_count = False
    change_list_template = "admin/articles/library.html"
    readonly_fields = ["where_used", "former_files"]
    list_filter = [UseFilter, TagFilter, UploaderFilter, ("created_at", admin.DateFieldListFilter)]

    def get_queryset(self, request):
        return visible_files(request, super().get_queryset(request)).select_related("uploaded_by")

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file is not None:
            file.viewer = request.user  # for `where_used`
        return file

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, "file"] if obj is not None and usage.is_used(obj) else readonly

    def get_form(self, request, obj=None, change=False, **kwargs):
        if "file" in self.get_readonly_fields(request, obj):
            replace = reverse(f"admin:articles_{self.opts.model_name}_replace", args=[obj.pk])
            link = format_html(' <a href="{}">{}</a>', replace, _("Replace the file"))
            kwargs["help_texts"] = {"file": format_html("{}{}", IN_USE, link if self.may_replace(request, obj) else "")}
        form = super().get_form(request, obj, change, **kwargs)
        form.visible_files = self.get_queryset(request)
        return form

    def has_module_permission(self, request):
        return super().has_module_permission(request) or permissions.may(request.user, "view")

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) or permissions.may(request.user, "view")

    def has_add_permission(self, request):
        return super().has_add_permission(request) or permissions.may(request.user, "media")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or permissions.may(request.user, "media")

    def has_delete_permission(self, request, obj=None):
        if super().has_delete_permission(request, obj):
            return True
        return obj is not None and permissions.may(request.user, "media") and not usage.is_used(obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """If the file cannot be stored, say so at its field; a request that expects no page gets 507."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotStored as error:
            uploads.delete_stored(request)
            request.refused_already = [("file", error)]
        except DatabaseError:
            uploads.delete_stored(request)
            raise
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        response = super().render_change_form(request, context, *args, **kwargs)
        found = context["adminform"].form.errors.as_data().get("file", ()) if context["errors"] else ()
        if any(error.code == "not_stored" for error in found) and not accepts_pages(request):
            response.status_code = 507
        return response

    def save_form(self, request, form, change):
        obj = super().save_form(request, form, change)
        request.stored_file = obj.file.name if form.checked else ""
        return obj

    def save_model(self, request, obj, form, change):
        before = self.model.objects.filter(pk=obj.pk).values_list("file", flat=True).first()
        if form.checked:
            obj.uploaded_by, obj.uploaded_by_name = request.user, ""
        super().save_model(request, obj, form, change)
        if before and before != obj.file.name:
            transaction.on_commit(lambda: cleanup.delete_files([before]))

    def delete_model(self, request, obj):
        names = [obj.file.name, *obj.former_files.values_list("file", flat=True)]
        super().delete_model(request, obj)
        transaction.on_commit(lambda: cleanup.delete_files(names))

    def get_actions(self, request):
        return {}

    @admin.display(description=_("articles"))
    def where_used(self, file):
        return display.where_used(file, file.viewer) if file.pk else _("shown after saving")

    @admin.display(description=_("uploaded by"), ordering="uploaded_by__username")
    def uploader(self, file):
        return file.uploader or "–"

    @admin.display(description=_("size"), ordering="size")
    def file_size(self, file):
        return filesizeformat(file.size)
