"""Public articles whose review date has passed, and storing that one is still correct."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.zones import own_day

from ... import permissions
from ...models import Article
from ..requirements import Refused

ANOTHER = timedelta(days=365)
LONGEST = timedelta(days=10 * 366)


def due(articles, day):
    """Public articles whose day has come, the longest waiting first. `day`: today, for the user."""
    public = articles.filter(state=Article.State.APPROVED, revises=None, publish_at__lte=timezone.now())
    return public.filter(review_by__lte=day).order_by("review_by", "id")


def may_confirm(article, user):
    """Whether the user may say that a public text is still right."""
    return article.is_live and permissions.may_edit(user, article)


@transaction.atomic
def still_right(article, by, again):
    """Record that `by` has looked at a public text, and set the day on which somebody is to look `again`."""
    if not may_confirm(article, by):
        raise Refused(Refused.NOT_POSSIBLE)
    today = own_day(by)
    if again is None or not today < again <= today + LONGEST:
        raise Refused({"review_by": _("Give a day within the next ten years.")})
    Article.objects.filter(pk=article.pk).update(review_by=again)
    article.review_by = again
    article.moves.create(name="still_right", from_state=article.state, to_state=article.state, by=by)
