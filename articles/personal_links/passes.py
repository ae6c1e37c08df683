"""Embargo passes: a journalist reads a story between `press_from` and `publish_at` through a personal link.

What a pass opens follows from the articles as they are now: an edit takes the approval back and so shuts it,
publication turns it into a redirect to the public page. Of each language a pass is for what is published next after it
was given: of a public article that is its next edition, and none after that.
"""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Max
from django.utils import timezone

from contacts import clock
from contacts.visitors.addresses import network

from .. import permissions
from ..models import Article, Pass, PassOpening, Revision
from . import tokens
from .review_links import TooMany

MOST_OPENINGS_IN_AN_HOUR = 300  # pages and files of one pass
MOST_AT_ONCE = 200  # passes made with one form


def is_under_embargo(article, now=None):
    """Whether passes open the article, or the working copy, now: `press_from` has come, `publish_at` has not."""
    now, opens = now or clock.now(), opens_at(article)
    return opens is not None and opens <= now < article.publish_at


def opens_at(article):
    """When what is approved will open to passes; None if that is not decided. A withdrawn text has no next edition."""
    is_approved = all(row.state == Article.State.APPROVED for row in article.with_live_row)
    return article.press_from if is_approved else None


def find(token):
    """The pass with that token, unless it was revoked; else None."""
    return Pass.objects.filter(token_sha256=tokens.digest(token), revoked_at=None).first()


def versions(given):
    """The texts that a pass is for now, one of each of its languages, in their order.

    Of a public article it is the working copy, if that has an embargo and the pass is for it. Leaves out
    texts limited to named people if the giver of the pass is not one of them.
    """
    giver = given.created_by or AnonymousUser()
    found = Article.objects.versions_of_source(given.story_id).filter(revises=None, language__in=given.languages)
    articles = [row for row in found.select_related("dateline_country") if not permissions.is_hidden(giver, row)]
    coming = {row.revises_id: row for row in _coming(given, articles) if not permissions.is_hidden(giver, row)}
    by_language = {article.language: coming.get(article.pk, article) for article in articles}
    return [by_language[code] for code in given.languages if code in by_language]


def _coming(given, articles):
    """The working copies of these articles that the pass is for and that are not due yet."""
    now = clock.now()
    public = [article for article in articles if article.is_live]
    copies = Article.objects.filter(revises__in=public, press_from__isnull=False).exclude(publish_at__lte=now)
    copies = list(copies.select_related("dateline_country", "revises"))
    last = last_published([copy.revises for copy in copies])
    # A copy counts, too: an article may be corrected in place while its next edition is being written.
    return [copy for copy in copies if given.created_at >= min(copy.created_at, last[copy.revises_id])]


def last_published(articles):
    """{id of a public article: when its present text was published}; a first edition is stored at its approval."""
    if not articles:
        return {}
    editions = Revision.objects.filter(article__in=articles, edition__isnull=False).order_by()
    stored = dict(editions.values_list("article").annotate(Max("created_at")))
    return {row.pk: max(row.publish_at, stored.get(row.pk, row.publish_at)) for row in articles}


def current(story):
    """The passes of a story that are not revoked and were given for what is published next."""
    found = Pass.objects.filter(story=story, revoked_at=None)
    return found.filter(created_at__gte=_given_for_next(story)) if story.is_live else found


def _given_for_next(story):
    moments = [last_published([story])[story.pk]]
    moments += Article.objects.filter(revises=story).values_list("created_at", flat=True)
    return min(moments)


def make(story, by, people, languages):
    """[(new pass, its token)] for people, [{"name", "outlet", "email"}], in these languages.

    A person may have "languages" and a "token" of their own.
    """
    made = []
    for person in people:
        values = {"languages": languages} | person
        token = values.pop("token", "") or tokens.new()
        made.append((Pass(story=story, created_by=by, token_sha256=tokens.digest(token), **values), token))
    Pass.objects.bulk_create([row for row, _token in made])
    return made


def revoke(rows, by):
    """Revoke those of the passes (a queryset) that are not yet. Returns how many."""
    return rows.filter(revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)


def note_opening(given, request, language, file=""):
    """Log that a pass was opened, with the network of the reader. Raises TooMany.

    A player asks for many parts of a film: a file gets one line a minute from each network.
    """
    now, what = timezone.now(), {"network": network(request), "language": language, "file": file[:200]}
    if file and given.openings.filter(at__gt=now - timedelta(minutes=1), **what).exists():
        return
    if given.openings.filter(at__gt=now - timedelta(hours=1)).count() >= MOST_OPENINGS_IN_AN_HOUR:
        raise TooMany
    PassOpening.objects.create(given=given, **what)
