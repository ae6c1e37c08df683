"""Assigns an article to the person who acts next, and notifies them."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from contacts.models import Membership

from .. import permissions
from ..mail import notices
from ..models import Assignment, Notice
from ..publishing.locking import lock_if_there
from ..publishing.requirements import Refused


def candidates(article):
    """The accounts that may do something with the article, by name."""
    members = Membership.objects.filter(Q(office=None) | Q(office=article.office_id))
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    users = users.filter(Q(is_superuser=True) | Q(pk__in=members.values("user")))
    if article.restricted and not article.was_public:
        users = users.filter(pk__in=article.reader_rows.values("user"))
    users = users.prefetch_related("memberships").order_by("first_name", "last_name", "username")
    for user in users:
        user._memberships = list(user.memberships.all())
    return [user for user in users if _may_act(user, article, permissions.holds)]


def _may_act(user, article, has_right=permissions.may):
    return any(has_right(user, right, article) for right in ("edit", "submit", "approve"))


def may_assign(user, article):
    return article.state != article.State.GONE and _may_act(user, article)


@transaction.atomic
def assign(article, assignee, until, by):
    """Store who acts next, and notify them; None: nobody is named any more. Raises Refused if the article is gone."""
    if not lock_if_there(article):
        raise Refused(_("This text is no longer there."))
    if assignee is None:
        Assignment.objects.filter(article=article).delete()
        return
    before = Assignment.objects.filter(article=article).first()
    Assignment.objects.update_or_create(article=article, defaults={"assignee": assignee, "until": until, "by": by})
    if before is None or (before.assignee_id, before.until) != (assignee.pk, until):
        notices.add(Notice.Kind.ASSIGNED, article, {assignee}, by, until.isoformat() if until else "")
