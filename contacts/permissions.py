"""What the memberships of a user allow on places, offices and contacts.

Articles have a table of rights of their own; here a role either keeps the directory or only reads it.
"""

from .models import Membership

EDITING_ROLES = {Membership.Role.EDITOR, Membership.Role.APPROVER}


def memberships(user):
    """The user's memberships, read once per request and user object."""
    if not user.is_active or not user.is_authenticated:
        return []
    if not hasattr(user, "_memberships"):
        user._memberships = list(Membership.objects.filter(user=user))
    return user._memberships


def is_member(user):
    """Whether the user works here at all."""
    return bool(memberships(user))


def may_edit(user, office=None, anywhere=False):
    """Whether the user keeps the rows of that office (its id); without one, those that belong to no office.

    `anywhere` asks whether there is any office whose rows the user keeps.
    """
    return any(
        row.role in EDITING_ROLES and (anywhere or row.office_id is None or row.office_id == office)
        for row in memberships(user)
    )
