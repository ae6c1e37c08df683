from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import PublicModelAdmin

from .. import permissions
from ..media import cleanup
from ..media.usage import is_used, visible_to

WHY_IT_STAYS = _("This file is used, so it cannot be replaced. Upload another one and use that instead:")


def library(request, files):
    """Those of the images or attachments that this user may see, and so may choose for a text."""
    if request.user.has_perm(f"articles.view_{files.model._meta.model_name}"):
        return files
    return visible_to(request.user, files)


class MediaAdmin(PublicModelAdmin):
    """Every member sees the library; the right "media" adds and changes, and deletes what nothing uses."""

    show_full_result_count = False
    upload_another = ""

    def get_queryset(self, request):
        return library(request, super().get_queryset(request))

    def get_readonly_fields(self, request, obj=None):
        """Its address follows from its bytes, and stands in the texts: the file of what is used stays."""
        readonly = super().get_readonly_fields(request, obj)
        return [*readonly, "file"] if obj is not None and is_used(obj) else readonly

    def get_form(self, request, obj=None, change=False, **kwargs):
        if "file" in self.get_readonly_fields(request, obj):
            text = format_html('{} <a href="{}">{}</a>', WHY_IT_STAYS, self._add_address(), self.upload_another)
            kwargs["help_texts"] = {"file": text}
        form = super().get_form(request, obj, change, **kwargs)
        form.library = self.get_queryset(request)
        return form

    def _add_address(self):
        return reverse(f"admin:articles_{self.opts.model_name}_add")

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
        return obj is not None and permissions.may(request.user, "media") and not is_used(obj)

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file is not None:
            file.seen_by = request.user
        return file

    def save_model(self, request, obj, form, change):
        before = self.model.objects.filter(pk=obj.pk).values_list("file", flat=True).first()
        super().save_model(request, obj, form, change)
        if before and before != obj.file.name:
            transaction.on_commit(lambda: cleanup.delete_files([before]))

    def delete_model(self, request, obj):
        name = obj.file.name
        super().delete_model(request, obj)
        transaction.on_commit(lambda: cleanup.delete_files([name]))

    def get_actions(self, request):
        return {}
