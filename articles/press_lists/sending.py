"""Sends mails to the press: a job of the worker (`articles.mail.queues`).

Before each mail it is asked anew whether the journalist still consents, and what may be sent at this moment: a public
text, or a pass that opens. Nothing else ever goes into a mail.
"""

from collections import defaultdict

from django.utils import timezone

from contacts import clock

from ..alerts.stories import Stories, item_of, item_of_taken
from ..mail import failures, queues
from ..models import Journalist, PressDelivery, Sending
from ..personal_links import passes
from . import mails
from .confirming import token_for
from .mails import Content

LOOK_EVERY = 10  # seconds
COUNT_UP_TO = 1000
Kind, LeftOut = Sending.Kind, PressDelivery.LeftOut


def send_due():
    """Send what is due; the number of mails."""
    return Run().send_all()


def late_numbers():
    """{what is late: how many} for /readyz: what should have been sent an hour ago."""
    late = PressDelivery.objects.due(timezone.now() - failures.LONGEST_GAP).values("pk")[:COUNT_UP_TO]
    return {"mails to the press that wait for an hour": late.count()}


class Run(queues.Run):
    addresses, rows, owner = Journalist, PressDelivery, "journalist"

    def __init__(self):
        super().__init__()
        self.stories = Stories()

    def read(self, claimed):
        """{id of a journalist: their deliveries that are due}"""
        due = PressDelivery.objects.due(timezone.now()).filter(journalist__in=[one.pk for one in claimed])
        found = defaultdict(list)
        for one in due.select_related("sending", "journalist", "given").order_by("pk"):
            found[one.journalist_id].append(one)
        return found

    def mails(self, owner, batch):
        for delivery in batch[owner.pk]:
            if mail := self._mail_of(delivery):
                yield mail

    def _mail_of(self, delivery):
        """(the mail, what marks it as sent); None if it is not to be sent, or not yet."""
        row = PressDelivery.objects.waiting().filter(pk=delivery.pk)
        if not row.exists():
            return None
        consents = Journalist.objects.filter(pk=delivery.journalist_id, consent_on__isnull=False, is_active=True)
        content, reason = self._content(delivery) if consents.exists() else (None, LeftOut.NO_CONSENT)
        if reason:
            row.update(left_out=reason)
        if content is None:
            return None
        return mails.of_delivery(delivery, content), _sent(delivery.pk, content.edition)

    def _content(self, delivery):
        """(Content or None, why it is left out): both empty if a pass opens later than was planned."""
        kind, base = delivery.kind, delivery.article_id
        if kind in (Kind.WITHDRAWN, Kind.REMOVED):
            taken = self.stories.taken(kind, [base]).get(base)
            return (Content(0, item_of_taken(taken, kind)), "") if taken else (None, LeftOut.NOTHING_NEW)
        story = self.stories.live([base]).get(base)
        if kind == Kind.RETURNED:
            return (Content(story.edition, item_of(story, kind)), "") if story else (None, LeftOut.NOT_PUBLIC)
        if kind == Kind.EMBARGO and (story is None or story.edition < delivery.number):
            return _of_pass(delivery)
        if story is None:
            return None, LeftOut.NOT_PUBLIC
        if _has_text(delivery, story.edition):
            return None, LeftOut.NOTHING_NEW
        numbers = [delivery.number] if kind == Kind.CORRECTED else []
        return Content(story.edition, item_of(story, kind if numbers else "published", numbers)), ""


def _of_pass(delivery):
    token, now = token_for(delivery.sending_id, delivery.journalist), clock.now()
    given = passes.find(token)
    if given is None or given.pk != delivery.given_id:
        return None, LeftOut.REVOKED
    for article in passes.versions(given):
        if delivery.article_id in (article.pk, article.revises_id):
            if passes.is_under_embargo(article, now):
                return mails.of_pass(article, token, delivery.number), ""
            opens = passes.opens_at(article)
            if opens is not None and now < opens < article.publish_at:
                PressDelivery.objects.filter(pk=delivery.pk).update(due_at=opens)
                return None, ""
    return None, LeftOut.NOT_PUBLIC


def _has_text(delivery, edition):
    """Whether the journalist was sent this text by another mail; one with a pass had no text."""
    others = PressDelivery.objects.filter(journalist=delivery.journalist_id, article=delivery.article_id)
    others = others.filter(sent_at__isnull=False, edition__gte=edition)
    return others.exclude(kind=Kind.EMBARGO).exclude(pk=delivery.pk).exists()


def _sent(pk, edition):
    def mark(now):
        PressDelivery.objects.filter(pk=pk).update(sent_at=now, edition=edition)

    return mark
