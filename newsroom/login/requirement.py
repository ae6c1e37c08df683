"""Who must have a second factor: the setting SECOND_FACTOR names roles.

It is a setting of the server, not of the admin, so that a stolen session of an administrator cannot turn it off.
"""

from django.conf import settings

from contacts.permissions import memberships

ADMINISTRATORS, EVERYBODY = "administrators", "everybody"  # beside the roles of memberships, in the plural


def is_asked_of(user):
    """Whether this account opens nothing without a second factor."""
    asked = set(settings.SECOND_FACTOR)
    if not asked:
        return False
    if EVERYBODY in asked or (ADMINISTRATORS in asked and user.is_superuser):
        return True
    return any(f"{row.role}s" in asked for row in memberships(user))
