"""Tells the hub (WEBSUB_HUB) which feeds have changed, so that subscribers get news at once: a background job.

https://www.w3.org/TR/websub/#publishing. What the hub does not take is reported again at the next look; a second
report does no harm.
"""

import logging
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from ..models import Article, BackgroundJob, Move, Revision

logger = logging.getLogger(__name__)

JOB = "hub of feeds"
LOOK_EVERY = 30  # seconds
LAST_REPORT = "hub of feeds: last report"  # the name under which the moment of the last look is stored, beside the jobs
OVERLAP = timedelta(seconds=10)  # a change may be committed so long after its moment
NEWEST = 2000  # editions and moves that are looked at
TIMEOUT = 10  # seconds
FEEDS = ("articles:feed-atom", "articles:feed-rss", "articles:feed-json", "articles:corrections-feed")
PUBLIC = (Article.State.APPROVED, Article.State.WITHDRAWN, Article.State.GONE)


def look():
    """Report to the hub the feeds in whose language something became public, changed or went since the last look.

    The first look only takes note of now.
    """
    now = timezone.now()
    since = BackgroundJob.objects.filter(name=LAST_REPORT).values_list("succeeded_at", flat=True).first()
    languages = changed_languages(since - OVERLAP, now) if since else []
    try:
        told = [tell(address) for language in languages for address in addresses(language)]
    except OSError as error:  # the hub is away: it is not asked for each feed
        logger.warning("The hub does not answer: %s", error)
        return
    if all(told):
        BackgroundJob.objects.note(LAST_REPORT, succeeded_at=now)


def changed_languages(since, now):
    """The languages with changes after a moment, in the settings' order; approvals for later come at their hour."""
    editions = Revision.objects.filter(edition__gt=0).order_by("-pk").values_list("created_at", "article__language")
    moves = Move.objects.filter(article__revises=None, from_state__in=PUBLIC).order_by("-pk")
    happened = [*editions[:NEWEST], *moves.values_list("at", "article__language")[:NEWEST]]
    changed = {language for moment, language in happened if moment > since}
    live = Article.objects.live(now).filter(listed_at__gt=since)
    codes = [code for code, _ in settings.LANGUAGES]
    return [code for code in codes if code in changed or live.in_language(code).exists()]


def addresses(language):
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    with override(language):
        return [base + reverse(name) for name in FEEDS]


def tell(address):
    """Whether the hub took it. Raises OSError if the hub does not answer."""
    data = urlencode({"hub.mode": "publish", "hub.url": address}).encode()
    try:
        with urlopen(Request(settings.WEBSUB_HUB, data, method="POST"), timeout=TIMEOUT):
            return True
    except HTTPError as error:
        logger.warning("The hub did not take %s: %s", address, error)
        return False
