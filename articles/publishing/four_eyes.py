"""Four eyes (`settings.FOUR_EYES`): who may not approve an article, because they wrote or submitted it."""

from itertools import takewhile

from django.conf import settings
from django.utils.translation import gettext as _

from .. import permissions
from . import revisions


def is_needed(article, by):
    """Whether somebody else than this person must approve the article."""
    if not settings.FOUR_EYES or all(permissions.publishes_alone(by, row) for row in article.with_live_row):
        return False
    return by in writers_and_submitter(article)


def looks_afterwards(article, by):
    """Whether another approver has to look at what this person has just made public by themselves."""
    return settings.FOUR_EYES and not permissions.publishes_alone(by, article)


def for_step(step, article, by):
    """{"": sentence} if somebody else must make this step."""
    if step.four_eyes and is_needed(article, by):
        return {"": _("Somebody else must approve this: you wrote or submitted it.")}
    return {}


def writers_and_submitter(article):
    """Everybody who changed the text since the last edition, and who submitted it."""
    submitted = article.moves.filter(name="submit").first()
    return revisions.authors_since_last_edition(article) | ({submitted.by} if submitted else set())


def who_published(article):
    """The ids of those who have published it in an emergency since somebody else has looked at it."""
    moves = article.moves.filter(name__in=["emergency", "look"])  # the last one first
    return {move.by_id for move in takewhile(lambda move: move.name == "emergency", moves)}
