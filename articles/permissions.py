"""Who may do what with which article. Every view, button and API asks here.

A right comes from a `contacts.Membership`: a role, at one office or at all. A superuser has every right. Only what is
limited to named people, and not public yet, is hidden from all others, superusers included
(`articles.publishing.limiting`).
"""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from contacts import clock
from contacts.models import Membership
from contacts.permissions import memberships

from .querysets import was_public

ROLE, TRUST = Membership.Role, Membership.Trust

# What a role may do. The moves of the workflow name these rights, and those of `DEPENDING` below.
RIGHTS = {
    ROLE.WRITER: {"view", "write", "submit"},
    ROLE.TRANSLATOR: {"view", "translate", "submit"},
    ROLE.EDITOR: {"view", "write", "translate", "submit", "media", "publish", "enquiries", "press"},
    ROLE.APPROVER: {
        "view", "write", "translate", "submit", "media", "publish", "approve", "withdraw", "emergency", "front_page",
        "enquiries", "press",
    },
}  # fmt: skip
# Rights that a membership marked as trusted adds, and those that a blocked one keeps.
TRUSTED = {ROLE.WRITER: {"media", "publish"}, ROLE.TRANSLATOR: {"media", "publish"}}
BLOCKED = {"view", "write", "translate"}


def rights(membership):
    """The set of rights that a membership gives."""
    own = RIGHTS[membership.role]
    if membership.trust == TRUST.BLOCKED:
        return own & BLOCKED
    return own | TRUSTED.get(membership.role, set()) if membership.trust == TRUST.TRUSTED else own


def may(user, right, article=None):
    """Whether the user has a right on this article; without an article, at any office."""
    return (article is None or not is_hidden(user, article)) and holds(user, right, article)


def holds(user, right, article=None):
    """As `may`, for an article that the user may surely see, such as one of `visible`: saves a query."""
    if user.is_active and user.is_superuser:
        return True
    if article is not None and right in DEPENDING:
        return DEPENDING[right](user, article)
    return any(right in rights(row) and _reaches(row, article) for row in memberships(user))


def _reaches(membership, article):
    return article is None or membership.office_id is None or membership.office_id == article.office_id


def may_edit(user, article):
    """To edit a source needs the right "write", to edit a translation "translate" or "write"."""
    return may(user, "edit", article)


def may_change(user, article):
    """Whether the user may change the row in place.

    Public and withdrawn articles are changed in a working copy of a new edition. Users who may approve the article may
    also correct it directly, unless every text needs two people (`settings.FOUR_EYES`).
    """
    if article.state == article.State.GONE:
        return False
    return corrects_in_place(user, article) if has_readers(article) else may_edit(user, article)


def has_readers(article):
    """Whether readers have seen the text of this row: it changes by an edition only."""
    if article.revises_id or article.state not in (article.State.APPROVED, article.State.WITHDRAWN):
        return False
    first = article.first_published_at  # of what is scheduled, the approval has set it to the date to come
    was_published = first is not None and first <= clock.now()
    return article.state == article.State.WITHDRAWN or was_published or article.is_live


def corrects_in_place(user, article):
    """Whether what the user saves in the form of a public article is its next edition at once."""
    return not settings.FOUR_EYES and has_readers(article) and may(user, "approve", article)


def _editing(user, article):
    """The user's memberships by which the article may be edited: blocked ones reach drafts only."""
    needed = {"write", "translate"} if article.translation_of_id else {"write"}
    return [
        row
        for row in memberships(user)
        if needed & rights(row)
        and _reaches(row, article)
        and (row.trust != TRUST.BLOCKED or article.state == article.State.DRAFT)
    ]


def _may_edit(user, article):
    return bool(_editing(user, article))


def _may_submit(user, article):
    return any("submit" in rights(row) for row in _editing(user, article))


def _may_release(user, article):
    return holds(user, "approve", article) or publishes_alone(user, article)


def publishes_alone(user, article):
    """Whether the user is a trusted writer of the article's office, and the organisation lets these approve alone."""
    return settings.TRUSTED_PUBLISH and any(
        row.role == ROLE.WRITER and row.trust == TRUST.TRUSTED and row.office_id == article.office_id
        for row in memberships(user)
        if row.office_id is not None
    )


# Rights that depend on the state of the article, its language or its office.
DEPENDING = {"edit": _may_edit, "submit": _may_submit, "release": _may_release}


def visible(user, articles):
    """Those of `articles` that the user may see in the admin."""
    return with_right(user, articles, "view").filter(Q(restricted=False) | was_public() | _is_named(user, articles))


def hidden(user, articles):
    """Those of `articles` that are limited to named people, and the user is not one of them."""
    return articles.limited().exclude(_is_named(user, articles))


def _is_named(user, articles):
    readers = articles.model._meta.get_field("reader_rows").related_model.objects
    return Q(Exists(readers.filter(article=OuterRef("pk"), user=user.pk)))


def is_hidden(user, article):
    """Whether the article is limited to named people, and the user is not one of them."""
    if not article.restricted or article.was_public:
        return False
    return not article.reader_rows.filter(user=user.pk).exists()


def visible_or_live(user, article):
    """The article if it is public or the user may see it in the admin, else None."""
    return article if article is not None and (article.is_live or may(user, "view", article)) else None


def all_may_see(article, other):
    """Whether everybody who may see `article` in the admin may see `other`, whose text is shown beside it."""
    if other.was_public:
        return True
    if article.office_id != other.office_id:
        return False
    if not other.restricted:
        return True
    named = other.reader_rows.values("user")
    return article.restricted and not article.was_public and not article.reader_rows.exclude(user__in=named).exists()


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


def with_right(user, articles, right):
    """Those of `articles` on which the user has the right. It asks nothing of limited articles: `visible` does."""
    if user.is_active and user.is_superuser:
        return articles
    rows = [row for row in memberships(user) if right in rights(row)]
    if any(row.office_id is None for row in rows):
        return articles
    if not rows:
        return articles.none()
    return articles.filter(Q(office__in=[row.office_id for row in rows]))
