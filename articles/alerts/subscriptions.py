"""Signing up, confirming and ending subscriptions. Nothing here waits for a mail server: the worker sends the mails."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .. import jobs
from ..models import Delivery, Subscriber, Subscription
from . import deliveries

JOB = "alerts: mails"
CLEANING, CLEAN_EVERY = "alerts: old data", 6 * 60 * 60  # seconds
UNCONFIRMED_FOR = timedelta(days=7)
DELIVERIES_FOR = timedelta(days=365)  # later corrections are not mailed
MOST_UNCONFIRMED, MOST = 5, 50  # subscriptions of one e-mail address
AT_ONCE = 1000  # rows


@transaction.atomic
def subscribe(email, language, query, frequency):
    """Ask an e-mail address to confirm a subscription; if it has it already, send it the link to manage it.

    Whoever asks learns nothing of this, and changes nothing that was confirmed.
    """
    subscriber, _made = Subscriber.objects.get_or_create(email=email.lower())
    row = subscriber.subscriptions.filter(language=language, filter=query).first()
    if row is None:
        unconfirmed = subscriber.subscriptions.filter(confirmed_at=None).count()
        if unconfirmed >= MOST_UNCONFIRMED or subscriber.subscriptions.count() >= MOST:
            return
        row, _made = subscriber.subscriptions.get_or_create(language=language, filter=query)
    if row.confirmed_at is None:
        Subscription.objects.filter(pk=row.pk, confirmed_at=None).update(frequency=frequency)
    Subscription.objects.filter(pk=row.pk).update(mail_wanted_at=timezone.now())
    Subscriber.objects.filter(pk=subscriber.pk).update(switched_off_at=None)
    transaction.on_commit(lambda: jobs.wake(JOB))


def confirm(subscription):
    """It counts from now on. Confirming twice changes nothing."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=timezone.now())


def set_frequency(subscription, frequency):
    """What waits for a digest is sent when the new frequency wants it."""
    Subscription.objects.filter(pk=subscription.pk).update(frequency=frequency)
    news = Delivery.objects.waiting().filter(announcement__kind__in=deliveries.TO_ALL_WHO_CHOOSE_IT)
    news.filter(subscription=subscription).update(due_at=deliveries.due_at(frequency, timezone.now()))


def set_filter(subscription, query):
    """False if the reader has a subscription of this filter already: then nothing changes."""
    others = Subscription.objects.filter(
        subscriber=subscription.subscriber_id, language=subscription.language, filter=query
    )
    if others.exclude(pk=subscription.pk).exists():
        return False
    Subscription.objects.filter(pk=subscription.pk).update(filter=query)
    return True


@transaction.atomic
def end(subscriber, ids):
    """Delete these subscriptions with all that was to be sent for them; with the last one, all data of the reader."""
    subscriber.subscriptions.filter(pk__in=ids).delete()
    if not subscriber.subscriptions.exists():
        erase(subscriber)


def erase(subscriber):
    """Delete the e-mail address, its subscriptions and the log of what was sent to it."""
    Subscriber.objects.filter(pk=subscriber.pk).delete()


def clean():
    """The job: forgets who did not confirm, e-mail addresses without subscriptions, and what was sent long ago."""
    now = timezone.now()
    Subscription.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED_FOR).delete()
    Subscriber.objects.filter(subscriptions=None, created_at__lt=now - UNCONFIRMED_FOR).delete()
    while old := list(Delivery.objects.filter(due_at__lt=now - DELIVERIES_FOR).values_list("pk", flat=True)[:AT_ONCE]):
        Delivery.objects.filter(pk__in=old).delete()
