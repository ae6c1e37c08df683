"""Who may read the copies of deleted articles (`publishing.afterwards.deleted_copy` stores them)."""

from django.db.models import Q

from .. import permissions
from ..models import DeletedArticle


def visible(user):
    """The deleted articles that the user could see: those of their offices, or all; and among them no limited ones."""
    seen = DeletedArticle.objects.filter(Q(restricted=False) | Q(readers=user.pk))
    if permissions.everywhere(user, "view"):
        return seen
    rows = [row for row in permissions.memberships(user) if "view" in permissions.rights(row)]
    return seen.filter(office__in=[row.office_id for row in rows])
