from contacts.admin.access import PublicRows

from .. import permissions
from ..usage import used_in


class MediaAdmin(PublicRows):
    """Every member sees the library; the right "media" adds and changes, and deletes what nothing uses."""

    show_full_result_count = False

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
        return obj is not None and permissions.may(request.user, "media") and not used_in(obj).exists()

    def get_object(self, request, object_id, from_field=None):
        file = super().get_object(request, object_id, from_field)
        if file is not None:
            file.seen_by = request.user
        return file

    def get_actions(self, request):
        return {}
