"""Signing up for mails, confirming, changing and ending: by forms without a cookie, and by links that end."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.utils import timezone

from articles.alerts import announcements, sending, subscriptions
from articles.mail import links
from articles.models import Announcement, Delivery, Subscriber, Subscription
from tests.cast import make_article, make_region, make_topic

from .conftest import later, subscribe, work

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def post(client, email="ann@example.org", **changes):
    values = {"email": email, "frequency": "daily", "region": "", "q": "", "website": ""} | changes
    return client.post("/en/alerts/", values)


def address_in(message, page):
    return re.search(rf"https://news\.example\.org(/\w+/alerts/{page}/\S+)", message.body).group(1)


def test_from_the_list_to_the_first_mail(client):
    make_region()
    make_topic()
    page = client.get("/en/alerts/?region=europe&topic=diaspora&year=2026")
    assert page.status_code == 200
    content = page.content.decode()
    assert '<option value="europe" selected>' in content
    assert "The dates of the list are left out" in content
    assert not page.cookies
    answer = post(client, region="europe", topic="diaspora", q="dams")
    assert (answer.status_code, answer["Location"]) == (302, "/en/alerts/asked/")
    assert not answer.cookies
    row = Subscription.objects.get()
    assert (row.filter, row.frequency, row.language) == ("region=europe&topic=diaspora&q=dams", "daily", "en")
    assert work() == 1
    address = address_in(mail.outbox[0], "confirm")
    assert client.get(address).status_code == 200  # by a person, or a program that looks at mails
    assert Subscription.objects.get().confirmed_at is None
    answer = client.post(address)
    assert "<h1>Subscription confirmed</h1>" in answer.content.decode()
    assert Subscription.objects.get().confirmed_at
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_the_link_of_a_list_leads_to_its_subscription(client):
    make_region()
    make_article(regions=[make_region()])
    assert 'href="/en/alerts/?region=europe"' in client.get("/en/news/?region=europe").content.decode()
    assert 'href="/en/alerts/?region=europe"' in client.get("/en/regions/europe/").content.decode()
    page = client.get("/en/alerts/?region=europe").content.decode()
    assert '<link rel="canonical" href="https://news.example.org/en/alerts/">' in page
    assert client.get("/en/alerts/?region=nowhere").status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer(client):
    subscribe("known@example.org", frequency="weekly")
    answers = [post(client, f"{name}@example.org") for name in ("known", "unknown")]
    assert answers[0].content == answers[1].content
    assert answers[0].headers == answers[1].headers
    assert Subscription.objects.get(subscriber__email="known@example.org").frequency == "weekly"
    assert work() == 2
    by_address = {message.to[0]: message for message in mail.outbox}
    assert "/alerts/manage/" in by_address["known@example.org"].body
    assert "/alerts/confirm/" in by_address["unknown@example.org"].body


def test_signing_up_does_not_wait_for_the_mail_server(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens
    began = time.monotonic()
    assert post(client).status_code == 302
    assert time.monotonic() - began < 1
    assert sending.send_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    later()
    assert sending.send_due() == 1


@pytest.mark.parametrize(
    "changes",
    [{"email": "nobody"}, {"email": ""}, {"frequency": "hourly"}, {"region": "nowhere"}, {"website": "x"}, {"q": "x" * 300}],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field(client, changes):
    answer = post(client, **changes)
    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()
    assert not Subscriber.objects.exists()


def test_no_network_signs_up_more_than_twenty_times_an_hour(client):
    answers = [post(client, f"reader-{number}@example.org").status_code for number in range(21)]
    assert answers == [302] * 20 + [429]


def test_forms_of_other_sites_are_refused(client):
    answer = client.post("/en/alerts/", {"email": "a@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_no_address_gets_more_than_five_mails_an_hour(client, monkeypatch):
    monkeypatch.setattr(subscriptions, "MOST_UNCONFIRMED", 100)
    for number in range(8):
        post(client, q=f"words-{number}")
    for _run in range(3):
        sending.send_due()
    assert len(mail.outbox) == 5
    Subscriber.objects.update(next_at=timezone.now())
    assert sending.send_due() == 0  # an hour has not passed
    later()
    assert sending.send_due() == 3


def test_nobody_is_asked_for_more_than_five_lists_at_a_time(client):
    for number in range(8):
        assert post(client, q=f"words-{number}").status_code == 302
    assert Subscription.objects.count() == subscriptions.MOST_UNCONFIRMED


def link_for(purpose, *rows):
    subscriber = rows[0].subscriber if rows else Subscriber.objects.get()
    token = links.token(purpose, subscriber.key, *(row.pk for row in rows))
    return f"/en/alerts/{purpose}/{token}/"


@pytest.mark.parametrize("purpose", ["confirm", "manage", "end"])
def test_links_end_and_cannot_be_made_or_used_for_something_else(client, monkeypatch, purpose):
    row = subscribe()
    address = link_for(purpose, row)
    assert client.get(address).status_code == 200
    assert client.get(address[:-3] + "x/").status_code == 404
    for other in {"confirm", "manage", "end"} - {purpose}:
        assert client.get(address.replace(purpose, other)).status_code == 404
    now = time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + links.VALID[purpose].total_seconds() + 60)
    answer = client.post(address, {"erase": "1"})
    assert answer.status_code == 404
    assert Subscription.objects.exists()
    assert Subscriber.objects.get().key not in "".join(str(one) for one in Subscriber.objects.values_list("email"))


def test_a_used_link_does_nothing_again(client):
    subscribe("other@example.org")
    row = subscribe(confirmed_at=None)
    confirm, end, manage = (link_for(purpose, row) for purpose in ("confirm", "end", "manage"))
    client.post(confirm)
    first = Subscription.objects.get(pk=row.pk).confirmed_at
    assert "confirmed" in client.post(confirm).content.decode()
    assert Subscription.objects.get(pk=row.pk).confirmed_at == first
    client.post(end)
    assert client.post(confirm).status_code == 404
    again = subscribe(confirmed_at=None)  # the same person signs up again: former links are not those of the new one
    assert (again.pk, again.subscriber.key) != (row.pk, row.subscriber.key)
    assert [client.post(address, {"erase": "1"}).status_code for address in (confirm, manage)] == [404, 404]
    client.post(end)
    assert Subscription.objects.get(pk=again.pk).confirmed_at is None
    assert Subscription.objects.count() == 2


def test_a_signature_has_256_bits_and_the_database_none_of_it():
    row = subscribe()
    token = links.token(links.MANAGE, row.subscriber.key, row.pk)
    assert len(signing.b64_decode(token.rpartition(":")[2].encode())) == 32
    stored = [*Subscriber.objects.values_list(), *Subscription.objects.values_list()]
    assert not any(part in str(stored) for part in token.split(":")[1:])


def test_the_button_of_mail_programs_ends_a_subscription_without_a_cookie(client):
    subscribe(query="q=x")
    row = subscribe()
    make_article()
    work()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://news.example.org")
    client.get(address)  # a program that looks at mails
    assert Subscription.objects.count() == 2
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert list(Subscription.objects.values_list("filter", flat=True)) == ["q=x"]
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert row.pk


def test_the_last_subscription_takes_all_data_with_it(client):
    row = subscribe()
    make_article()
    work()
    client.post(link_for("end", row))
    assert not Subscriber.objects.exists()
    assert not Delivery.objects.exists()


def test_who_ended_a_subscription_gets_nothing_that_waited(client):
    row = subscribe(frequency="daily")
    subscribe(query="q=x")
    make_article()
    work()
    client.post(link_for("end", row))
    later()
    assert work() == 0


def test_what_waits_is_sent_when_the_new_frequency_wants_it():
    tuesday = datetime(2026, 3, 3, 12, tzinfo=UTC)
    with time_machine.travel(tuesday, tick=False):
        row = subscribe(frequency="weekly")
        announcements.AlertPosition.objects.update(began_at=tuesday - timedelta(days=1), seen_until=tuesday)
        make_article(publish_at=tuesday)
        work()
        waiting = Delivery.objects.waiting()
        days = [waiting.get().due_at.day]
        for frequency in ("daily", "weekly", "immediate"):
            subscriptions.set_frequency(row, frequency)
            days.append(waiting.get().due_at.day)
        assert days == [9, 4, 9, 3]
        subscriptions.set_frequency(row, "weekly")
        Announcement.objects.update(kind=Announcement.Kind.CORRECTED)
        Delivery.objects.update(due_at=tuesday)
        subscriptions.set_frequency(row, "daily")
        assert waiting.get().due_at == tuesday  # what was wrong is told at once


def test_managing(client):
    make_region()
    row, other = subscribe(frequency="weekly"), subscribe(query="q=x")
    make_article()
    work()
    address = link_for("manage")
    page = client.get(address).content.decode()
    assert "ann@example.org" in page
    assert "All news" in page
    change = f"{address}{row.pk}/"
    assert '<option value="weekly" selected>' in client.get(change).content.decode()
    assert client.post(change, {"frequency": "immediate", "q": "x"}).status_code == 400  # there is one
    assert client.post(change, {"frequency": "immediate", "region": "europe", "q": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.filter, row.frequency) == ("region=europe", "immediate")
    assert sending.send_due() == 1  # what waited for the weekly mail
    client.post(address, {"end": str(other.pk)})
    assert Subscription.objects.get() == row
    assert client.post(address, {"end": "9" * 40}).status_code == 302
    assert "deleted" in client.post(address, {"erase": "1"}).content.decode()
    assert not Subscriber.objects.exists()
    assert client.get(address).status_code == 404


def test_nobody_changes_the_subscription_of_somebody_else(client):
    subscribe()
    address = link_for("manage")
    other = subscribe("other@example.org")
    assert client.get(f"{address}{other.pk}/").status_code == 404
    client.post(address, {"end": str(other.pk)})
    assert Subscription.objects.filter(pk=other.pk).exists()


def test_who_does_not_confirm_is_forgotten_after_a_week():
    subscribe("old@example.org", confirmed_at=None, created_at=timezone.now() - timedelta(days=8))
    Subscriber.objects.update(created_at=timezone.now() - timedelta(days=8))
    subscribe("new@example.org", confirmed_at=None)
    subscribe("confirmed@example.org", created_at=timezone.now() - timedelta(days=80))
    subscriptions.clean()
    assert set(Subscriber.objects.values_list("email", flat=True)) == {"new@example.org", "confirmed@example.org"}


def test_caches_keep_the_form_of_each_list_and_nothing_that_a_link_opens(cached, client):
    make_topic()
    for _twice in range(2):
        assert "selected>Diaspora" in client.get("/en/alerts/?topic=diaspora").content.decode()
        assert "selected>Diaspora" not in client.get("/en/alerts/").content.decode()
    row = subscribe()
    address = link_for("manage")
    assert "ann@example.org" in client.get(address).content.decode()
    subscriptions.end(row.subscriber, [row.pk])
    answer = client.get(address)
    assert answer.status_code == 404
    assert "ann@example.org" not in answer.content.decode()
