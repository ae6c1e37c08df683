"""Readers with subscriptions, and what the jobs do when they run."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles.alerts import announcements, sending
from articles.models import Delivery, Subscriber, Subscription


def subscribe(email="ann@example.org", query="", language="en", frequency="immediate", **changes):
    subscriber, _ = Subscriber.objects.get_or_create(email=email)
    values = {"confirmed_at": timezone.now() - timedelta(days=1)} | changes
    return Subscription.objects.create(
        subscriber=subscriber, filter=query, language=language, frequency=frequency, **values
    )


def work():
    """One run of each job; returns how many mails were sent."""
    announcements.run()
    return sending.send_due()


def later():
    """As if gaps, claims and the hours until digests had passed."""
    Subscriber.objects.update(claimed_until=None, next_at=None, recent=[])
    Delivery.objects.waiting().update(due_at=timezone.now())


@pytest.fixture(autouse=True)
def _looked_once(db, settings):
    cache.clear()
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    announcements.run()
    announcements.AlertPosition.objects.update(began_at=timezone.now() - timedelta(days=2))
