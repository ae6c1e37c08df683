"""What is late: for the desk, and as numbers for /readyz."""

from django.db.models import Exists, F, OuterRef, Q

from contacts import clock

from ..models import Article, Move
from ..publishing import due_editions

PAST_ITS_HOUR = "in review past its hour"
EMBARGO_PAST = "embargo past and not approved"
COUNT_UP_TO = 1000


def late(articles, now=None):
    """Those of `articles` that are late, the latest first: due and not public, in review past its hour, or in review
    when the press should have it. Each is looked for by an index of its own, `COUNT_UP_TO` rows at most.
    """
    now = now or clock.now()
    unmerged = [copy for copy, _live, moment in due_editions.approved_copies() if moment < now - due_editions.LATE]
    waiting = []
    for condition in (past_its_hour(now), embargo_past(now)):
        waiting += Article.objects.filter(condition).order_by().values_list("pk", flat=True)[:COUNT_UP_TO]
    return articles.filter(pk__in=[*unmerged, *waiting]).order_by(F("publish_at").asc(nulls_last=True), "id")


def past_its_hour(now):
    return _not_submitted_after("publish_at") & Q(state=Article.State.IN_REVIEW, publish_at__lte=now)


def embargo_past(now):
    return _not_submitted_after("press_from") & Q(
        state=Article.State.IN_REVIEW, publish_at__gt=now, press_from__lte=now
    )


def _not_submitted_after(hour):
    """The condition that a text was not submitted after its hour, as a translation of what is public already is."""
    later = Move.objects.filter(article=OuterRef("pk"), name="submit", at__gte=OuterRef(hour))
    return Q(~Exists(later))


def why(article, now=None):
    """Which of the three it is: "unmerged", "hour" or "embargo"."""
    now = now or clock.now()
    if article.state == Article.State.APPROVED:
        return "unmerged"
    return "hour" if article.publish_at <= now else "embargo"


def numbers(now=None):
    """{what: how many} for monitoring. New editions that are due are counted by `due_editions.overdue`."""
    now = now or clock.now()
    return {
        PAST_ITS_HOUR: _count(past_its_hour(now)),
        EMBARGO_PAST: _count(embargo_past(now)),
    }


def _count(condition):
    return Article.objects.filter(condition).order_by().values("pk")[:COUNT_UP_TO].count()
