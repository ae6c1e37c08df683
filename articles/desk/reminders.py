"""Mails the desk about what happens by the passing of time: articles that are late, contacts that have ended.

Two jobs. Each event is mailed once: a notice that was written after the hour or the last day shows that it was.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from contacts.models import Contact, Membership
from contacts.models.links import keys_listed_under
from contacts.permissions import EDITING_ROLES

from ..mail import notices
from ..models import Article, ArticleContact, Assignment, Move, Notice
from ..publishing import workflow
from .lateness import embargo_past, past_its_hour
from .reachable import reachable

LATE, LOOK_EVERY = "late texts", 60  # seconds
ENDED, LOOK_FOR_ENDED_EVERY = "ended contacts", 600
RECENTLY = timedelta(days=7)  # contacts that ended before are no news, such as those of an import
LOOKED_AT, NAMED = 200, 10

Kind = Notice.Kind


def tell_late():
    """Notify the approvers of a text that is in review past its hour, or past the beginning of its embargo.

    Texts submitted after their hour are left out: the approvers are notified of the submission.
    """
    now = timezone.now()  # as notices are dated by: `clock.now()` may be ahead of it, and all would be notified again
    for kind, hour, is_late in (
        (Kind.PAST_HOUR, "publish_at", past_its_hour(now)),
        (Kind.EMBARGO, "press_from", embargo_past(now)),
    ):
        entered = Move.objects.filter(article=OuterRef("pk"), to_state=Article.State.IN_REVIEW).order_by("-id")
        told = Notice.objects.filter(article=OuterRef("pk"), kind=kind, created_at__gte=OuterRef(hour))
        late = Article.objects.annotate(entered=Subquery(entered.values("at")[:1])).filter(
            is_late, ~Exists(told), entered__lt=F(hour)
        )
        _once(Article, late, lambda article, kind=kind: notices.add(kind, article, _who_acts(article)))


def _once(model, found, tell):
    """Call `tell(row)` for each of the rows found, in a transaction of its own, in which no other process does so."""
    for pk in list(found.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            model.objects.select_for_update().filter(pk=pk).first()
            if row := found.filter(pk=pk).first():
                tell(row)


def _who_acts(article):
    assigned = Assignment.objects.filter(article=article).select_related("assignee")
    return notices.approvers(article) | workflow.authors(article) | {row.assignee for row in assigned}


def tell_ended():
    """Notify the editors of a contact that has ended, if readers of public texts now find nobody to ask."""
    today = timezone.now().date()
    told = Notice.objects.filter(contact=OuterRef("pk"), created_at__date__gt=OuterRef("valid_until"))
    ended = Contact.objects.filter(~Exists(told), valid_until__lt=today, valid_until__gte=today - RECENTLY)
    _once(Contact, ended, _tell_if_missed)


def _tell_if_missed(contact):
    if headlines := _left_alone(contact):
        more = ["…"] if len(headlines) > NAMED else []
        text = "\n".join([*headlines[:NAMED], *more])
        notices.add(Kind.UNREACHABLE, None, _directory_editors(contact.office_id), text=text, contact=contact)


def _left_alone(contact):
    """Headlines of the newest public articles that name the contact, or one it stood for, and have nobody to ask."""
    named = ArticleContact.objects.filter(contact__in={contact.pk, *keys_listed_under(contact)}).order_by("-article")
    ids = list(named.values_list("article", flat=True)[:LOOKED_AT])
    reached = reachable(ids)
    rows = Article.objects.live().filter(pk__in=[pk for pk in ids if pk not in reached])
    return list(rows.newest_first().values_list("headline", flat=True))


def _directory_editors(office):
    rows = Membership.objects.filter(Q(office=None) | Q(office=office), role__in=EDITING_ROLES)
    return {row.user for row in rows.select_related("user") if row.user.is_active}
