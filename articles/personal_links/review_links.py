"""Review links: a person without an account reads one revision until a date, and may answer in a fact check.

A link opens only while its text has not been published: with publication or withdrawal all links of an article end,
by predicate and with no job. Working copies have links of their own; the merge gives their revisions to the public
article, which ends them.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contacts import clock

from ..models import Article, ReviewAnswer, ReviewLink, ReviewOpening
from . import tokens

LONGEST = 7  # days
# Of one link, so that nobody fills the database through it.
MOST_OPENINGS_IN_AN_HOUR = 300
MOST_ANSWERS_IN_AN_HOUR = 100
MOST_ANSWERS = 500

_STATE = Article.State


class TooMany(Exception):
    """The link was opened or answered too often."""


def before_publication(now, prefix=""):
    """Condition: the article, which `prefix` leads to, was never public, or is the working copy of a public one."""

    def holds(**conditions):
        return Q(**{prefix + name: value for name, value in conditions.items()})

    unapproved = holds(state__in=[_STATE.DRAFT, _STATE.IN_REVIEW])
    scheduled = holds(state=_STATE.APPROVED, publish_at__gt=now)
    never_public = holds(first_published_at=None) | holds(first_published_at__gt=now)
    not_withdrawn = holds(revises=None) | holds(revises__state=_STATE.APPROVED)
    return (unapproved | scheduled) & never_public & not_withdrawn


def is_before_publication(article):
    return Article.objects.filter(before_publication(clock.now()), pk=article.pk).exists()


def opening(now):
    """The links that open at that time."""
    return ReviewLink.objects.filter(
        before_publication(now, "revision__article__"), revoked_at=None, expires_at__gt=now
    )


def find(token):
    """The link that a token opens now, else None: one query, whatever the reason."""
    found = opening(clock.now()).filter(token_sha256=tokens.digest(token))
    return found.select_related("revision__article__revises").first()


def make(revision, by, days=LONGEST, **values):
    """(the new link, its token). `values`: name, e-mail and purpose."""
    if not 0 < days <= LONGEST:
        raise ValueError(f"days must be 1 to {LONGEST}")
    token = tokens.new()
    expires_at = timezone.now() + timedelta(days=days)
    link = ReviewLink.objects.create(
        revision=revision, created_by=by, token_sha256=tokens.digest(token), expires_at=expires_at, **values
    )
    return link, token


def of_article(article):
    """All links to revisions of the article, the newest first."""
    return ReviewLink.objects.filter(revision__article=article)


def revoke(links, by):
    """Revoke those of the links (a queryset) that are not yet. Returns how many."""
    return links.filter(revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def note_opening(link):
    """Log that the link was opened. Raises TooMany."""
    if link.openings.filter(at__gt=timezone.now() - timedelta(hours=1)).count() >= MOST_OPENINGS_IN_AN_HOUR:
        raise TooMany
    ReviewOpening.objects.create(link=link)


@transaction.atomic
def answer(link, remarks):
    """Store remarks, [(number of the part, its beginning, text)]; none: the text is correct. Raises TooMany."""
    ReviewLink.objects.select_for_update(no_key=True).order_by().get(pk=link.pk)
    rows = [ReviewAnswer(link=link, part=part, about=about, text=text) for part, about, text in remarks]
    rows = rows or [ReviewAnswer(link=link, is_correct=True)]
    recent = link.answers.filter(at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent + len(rows) > MOST_ANSWERS_IN_AN_HOUR or link.answers.count() + len(rows) > MOST_ANSWERS:
        raise TooMany
    ReviewAnswer.objects.bulk_create(rows)
