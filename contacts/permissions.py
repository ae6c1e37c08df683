"""What the memberships of a user allow on places, offices and contacts: editors and approvers edit, others view.

An office’s writers edit what visitors need of their own office, see `writes_for`.

The rights on articles are in `articles.permissions`.
"""

from .models import Membership

EDITING_ROLES = {Membership.Role.EDITOR, Membership.Role.APPROVER}


def memberships(user):
    """The user's memberships as a list, read once for each user object."""
    if not user.is_active or not user.is_authenticated:
        return []
    if not hasattr(user, "_memberships"):
        user._memberships = list(Membership.objects.filter(user=user).select_related("office"))
    return user._memberships


def own_zone(user):
    """The name of the time zone of the user's first office; empty if they belong to none."""
    return next((row.office.timezone for row in memberships(user) if row.office_id), "")


def is_member(user):
    """Whether the user has any membership, and so may view the directory."""
    return bool(memberships(user))


def writes_for(user, office):
    """Whether the user writes for that office (its id): writers keep its hours, closures, telephones and address."""
    return office is not None and any(
        row.role == Membership.Role.WRITER and row.office_id == office for row in memberships(user)
    )


def may_edit(user, office=None, anywhere=False):
    """Whether the user may edit the rows of that office (its id) or, without one, rows that belong to no office.

    With `anywhere`: whether there is any office whose rows the user may edit.
    """
    return any(
        row.role in EDITING_ROLES and (anywhere or row.office_id is None or row.office_id == office)
        for row in memberships(user)
    )


def edited_offices(user):
    """The ids of the offices to which the user is bound as an editor or approver."""
    rows = memberships(user)
    return {row.office_id for row in rows if row.office_id is not None and row.role in EDITING_ROLES}
