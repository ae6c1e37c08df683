"""Who may do what with which article. Every view, button and API asks here.

A right comes from a `contacts.Membership`: a role, at one office or at all. A superuser has every right.
"""

from django.db.models import Q

from contacts.models import Membership
from contacts.permissions import memberships

ROLE = Membership.Role

# What a role may do. The moves of the workflow name these rights.
RIGHTS = {
    ROLE.WRITER: {"view", "write"},
    ROLE.TRANSLATOR: {"view", "translate"},
    ROLE.EDITOR: {"view", "write", "translate", "media", "publish"},
    ROLE.APPROVER: {"view", "write", "translate", "media", "publish", "approve", "withdraw", "emergency"},
}
# Rights that a membership marked as trusted adds.
TRUSTED = {ROLE.WRITER: {"media", "publish"}, ROLE.TRANSLATOR: {"media", "publish"}}


def rights(membership):
    """The set of rights that a membership gives."""
    extra = TRUSTED.get(membership.role, set()) if membership.trust == Membership.Trust.TRUSTED else set()
    return RIGHTS[membership.role] | extra


def may(user, right, article=None):
    """Whether the user has a right on this article; without an article, at any office."""
    if user.is_active and user.is_superuser:
        return True
    return any(right in rights(row) and _reaches(row, article) for row in memberships(user))


def _reaches(membership, article):
    return article is None or membership.office_id is None or membership.office_id == article.office_id


def may_edit(user, article):
    """To edit a source needs the right "write", to edit a translation "translate" or "write"."""
    if article.translation_of_id and may(user, "translate", article):
        return True
    return may(user, "write", article)


def visible(user, articles):
    """Those of `articles` that the user may see in the admin."""
    return _with_right(user, articles, "view")


def everywhere(user, right):
    """Whether the user has the right at every office."""
    if user.is_active and user.is_superuser:
        return True
    return any(row.office_id is None and right in rights(row) for row in memberships(user))


def offices(user, choices):
    """Those of the offices whose articles the user may write."""
    if everywhere(user, "write"):
        return choices
    return choices.filter(pk__in=[row.office_id for row in memberships(user) if "write" in rights(row)])


def _with_right(user, articles, right):
    if user.is_active and user.is_superuser:
        return articles
    rows = [row for row in memberships(user) if right in rights(row)]
    if any(row.office_id is None for row in rows):
        return articles
    if not rows:
        return articles.none()
    return articles.filter(Q(office__in=[row.office_id for row in rows]))
