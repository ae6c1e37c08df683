"""Sends what is due to subscribers: the job of the worker that sends alerts (`articles.mail.queues`).

Each one gets a mail for each language with all that is due. Whether an article is public is asked anew for each mail.
"""

from collections import defaultdict

from django.utils import timezone

from ..mail import failures, queues
from ..models import Delivery, Subscriber, Subscription
from ..models.outgoing.queues import is_free
from . import contents, mails
from .stories import Stories

LOOK_EVERY = 10  # seconds
LONGEST = 3 * 3600  # seconds that mails to all subscribers may take
IN_ONE_MAIL = 50  # deliveries
COUNT_UP_TO = 1000


def send_due():
    """Send what is due; the number of mails."""
    return Run().send_all()


def late_numbers():
    """{what is late: how many} for /readyz: what should have been sent an hour ago."""
    late = Delivery.objects.due(timezone.now() - failures.LONGEST_GAP).values("pk")[:COUNT_UP_TO]
    return {"articles to subscribers that wait for an hour": late.count()}


class Run(queues.Run):
    addresses, rows, owner = Subscriber, Delivery, "subscriber"

    def __init__(self):
        super().__init__()
        self.stories = Stories()

    def due(self, now, most):
        """First those who wait for a mail about a subscription of their own."""
        wanted = Subscription.objects.filter(is_free(now, "subscriber__"), mail_wanted_at__isnull=False)
        ids = list(wanted.order_by("mail_wanted_at").values_list("subscriber", flat=True)[:most])
        return ids + super().due(now, most - len(ids))

    def read(self, claimed):
        return Queue(claimed)

    def switched_off(self, owner):
        Subscription.objects.filter(subscriber=owner).update(mail_wanted_at=None)

    def mails(self, owner, batch):
        for subscription in batch.wanted[owner.pk]:
            if Subscription.objects.filter(pk=subscription.pk, mail_wanted_at__isnull=False).exists():
                yield mails.about_subscription(subscription), _mail_not_wanted(subscription)
        for deliveries in batch.by_language(owner):
            if mail := self._mail_of(owner, deliveries, batch.sent_to(owner)):
                yield mail

    def _mail_of(self, subscriber, deliveries, sent):
        """As in `mails`; None if nothing of this is to be mailed any more."""
        kept = set(
            Delivery.objects.waiting().filter(pk__in=[one.pk for one in deliveries]).values_list("pk", flat=True)
        )
        found, left_out = contents.items([one for one in deliveries if one.pk in kept], sent, self.stories)
        for reason, own in left_out.items():
            Delivery.objects.filter(pk__in=[one.pk for one in own]).update(left_out=reason)
        if not found:
            return None
        sent = [one for _item, own in found for one in own]
        subscriptions = list({one.subscription_id: one.subscription for one in sent}.values())
        ids = [one.pk for one in sent]
        mail = mails.of_items(subscriber, subscriptions, [item for item, _own in found], ids)
        return mail, _deliveries_sent([(item.edition, [one.pk for one in own]) for item, own in found])


class Queue:
    """What waits for some claimed subscribers, and what was sent to them before, read for all of them at once."""

    def __init__(self, subscribers):
        ids = [one.pk for one in subscribers]
        self.wanted, self._due = defaultdict(list), defaultdict(lambda: defaultdict(list))
        rows = Subscription.objects.filter(subscriber__in=ids, mail_wanted_at__isnull=False)
        for subscription in rows.select_related("subscriber").order_by("pk"):
            self.wanted[subscription.subscriber_id].append(subscription)
        due = Delivery.objects.due(timezone.now()).filter(subscriber__in=ids)
        articles = set()
        for one in due.select_related("announcement", "subscription").order_by("pk").iterator(1000):
            own = self._due[one.subscriber_id][one.subscription.language]
            if len(own) < IN_ONE_MAIL:
                own.append(one)
                articles.add(one.announcement.article_id)
        self._sent = defaultdict(dict)
        for (subscriber, article), sent in contents.sent_before(ids, articles).items():
            self._sent[subscriber][article] = sent

    def by_language(self, subscriber):
        return list(self._due[subscriber.pk].values())

    def sent_to(self, subscriber):
        return self._sent[subscriber.pk]


def _mail_not_wanted(subscription):
    def mark(now):
        Subscription.objects.filter(pk=subscription.pk, mail_wanted_at=subscription.mail_wanted_at).update(
            mail_wanted_at=None
        )

    return mark


def _deliveries_sent(editions):
    """editions: [(the edition whose text was sent, ids of deliveries)]"""

    def mark(now):
        for edition, ids in editions:
            Delivery.objects.filter(pk__in=ids).update(sent_at=now, edition=edition)

    return mark
