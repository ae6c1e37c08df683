"""Decides what an alert says of each article, from what was already sent to this subscriber."""

from collections import defaultdict
from dataclasses import dataclass, field

from ..models import Announcement, Delivery
from .stories import item_of, item_of_taken

Kind, LeftOut = Announcement.Kind, Delivery.LeftOut
TAKEN = (Kind.WITHDRAWN, Kind.REMOVED)


@dataclass
class Sent:
    """What was sent to a reader of one article: the editions of its text, and the last kind."""

    editions: set = field(default_factory=set)
    kind: str = ""

    @property
    def has_text(self):
        return bool(self.editions)


def sent_before(subscribers, articles):
    """{(subscriber, article): Sent}"""
    rows = Delivery.objects.filter(
        subscriber__in=subscribers, announcement__article__in=articles, sent_at__isnull=False
    ).order_by("sent_at", "pk")
    found = defaultdict(Sent)
    names = ("subscriber", "announcement__article", "announcement__kind", "edition")
    for subscriber, article, kind, edition in rows.values_list(*names):
        sent = found[subscriber, article]
        sent.kind = kind
        if edition:
            sent.editions.add(edition)
    return found


def items(deliveries, sent, stories):
    """([(Item, its deliveries)], {reason: deliveries that are left out}) of one reader's deliveries in one language.

    sent: {article: Sent}. Of each article there is one Item at most, for what it is at this moment.
    """
    by_article = defaultdict(list)
    for delivery in deliveries:
        by_article[delivery.announcement.article_id].append(delivery)
    live = stories.live(list(by_article))
    taken = {kind: _taken(kind, by_article, live, stories) for kind in TAKEN}
    found, left_out = [], defaultdict(list)
    for article, own in by_article.items():
        before = sent.get(article, Sent())
        if article in live:
            item = _of_live(live[article], own, before)
        else:
            item = next(
                (_of_taken(taken[kind][article], kind, before) for kind in TAKEN if article in taken[kind]), None
            )
        if item:
            found.append((item, own))
        else:
            left_out[LeftOut.NOTHING_NEW if article in live else LeftOut.NOT_PUBLIC] += own
    return found, left_out


def _taken(kind, by_article, live, stories):
    ids = [
        article
        for article, own in by_article.items()
        if article not in live and any(one.announcement.kind in TAKEN for one in own)
    ]
    return stories.taken(kind, ids) if ids else {}


def _of_live(story, deliveries, before):
    """New to a reader who has no text of it; else what has changed since the text that they have."""
    numbers = defaultdict(list)
    for one in deliveries:
        numbers[one.announcement.kind].append(one.announcement.number)
    if not before.has_text:
        chosen = numbers.keys() & {Kind.PUBLISHED, Kind.CHANGED, Kind.RETURNED}
        return item_of(story, Kind.PUBLISHED) if chosen else None
    newest = max(before.editions)
    for kind in (Kind.CORRECTED, Kind.CHANGED):
        if new := sorted(number for number in numbers[kind] if number > newest):
            return item_of(story, kind, new)
    if Kind.RETURNED in numbers and before.kind in TAKEN:
        return item_of(story, Kind.RETURNED)
    return None


def _of_taken(article, kind, before):
    """For subscribers who got its text and no mail yet that it was taken away."""
    return item_of_taken(article, kind) if before.has_text and before.kind not in TAKEN else None
