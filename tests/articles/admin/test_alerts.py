"""The admin of e-mail alerts: subscriptions with their numbers, and the log; nothing secret, nothing to change."""

import pytest
from django.utils import timezone

from articles.models import Subscriber
from tests.cast import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def subscription(chief):
    subscriber = Subscriber.objects.create(email="ann@example.org")
    return subscriber.subscriptions.create(language="en", frequency="daily", confirmed_at=timezone.now())


def add_delivery(subscription, **changes):
    announcement = make_article().announcements.create(kind="published")
    values = {"subscription": subscription, "announcement": announcement, "due_at": timezone.now()} | changes
    return subscription.subscriber.deliveries.create(**values)


def test_subscriptions_are_found_by_address_and_counted(client, subscription):
    other = Subscriber.objects.create(email="joe@example.org")
    other.subscriptions.create(language="fr")
    page = client.get("/admin/articles/subscription/").content.decode()
    assert "daily (1)" in page
    assert "at once (1)" in page
    assert subscription.subscriber.key not in page
    page = client.get("/admin/articles/subscription/?q=ann@").content.decode()
    assert "ann@example.org" in page
    assert "joe@example.org" not in page
    page = client.get(f"/admin/articles/subscription/{subscription.pk}/change/").content.decode()
    assert subscription.subscriber.key not in page


def test_deleting_the_last_subscription_deletes_the_address(client, subscription):
    client.post(f"/admin/articles/subscription/{subscription.pk}/delete/", {"post": "yes"})
    assert not Subscriber.objects.exists()


def test_the_log_says_what_was_sent_and_what_not(client, subscription):
    add_delivery(subscription, sent_at=timezone.now(), edition=1)
    add_delivery(subscription, left_out="not public")
    waiting = add_delivery(subscription)
    page = client.get("/admin/articles/delivery/?sent=left_out").content.decode()
    assert "not public any more" in page
    page = client.get("/admin/articles/delivery/?sent=waiting").content.decode()
    assert waiting.announcement.article.headline in page


@pytest.mark.parametrize("name", ["subscription", "delivery"])
def test_lists_need_the_same_number_of_queries_for_ten_rows_and_for_twenty(
    client, subscription, name, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill():
        for _number in range(10):
            add_delivery(subscription)
            reader = Subscriber.objects.create(email=f"reader-{Subscriber.objects.count()}@example.org")
            reader.subscriptions.create(language="en")

    fill()
    client.get(f"/admin/articles/{name}/")
    with CaptureQueriesContext(
        connection,
    ) as ten:
        client.get(f"/admin/articles/{name}/")
    fill()
    with django_assert_num_queries(len(ten)):
        client.get(f"/admin/articles/{name}/")
