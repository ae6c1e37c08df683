"""Webhooks in the admin: a secret is shown once, a test is sent, the log tells, a message is tried again."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Webhook, WebhookMessage
from articles.webhooks import sending, signing
from tests.articles.webhooks.receiver import Receiver, is_signed
from tests.cast import make_user
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADMIN = "/admin/articles/webhook/"


@pytest.fixture
def chief(client):
    user = make_user("chief", "approver")
    client.force_login(user)
    return user


def add(client, **changes):
    sent = filled(client.get(f"{ADMIN}add/")) | {"name": "Partner", "address": "https://partner.example.org/"}
    return client.post(f"{ADMIN}add/", sent | changes)


def test_a_new_webhook_gets_its_secret_in_a_second_step_and_shows_it_once(client, chief):
    response = add(client, languages=["fr", "ar"])
    webhook = Webhook.objects.get()
    assert response["Location"] == f"{ADMIN}{webhook.pk}/log/"
    assert (webhook.owner, webhook.languages, webhook.secret) == (chief, ["fr", "ar"], "")
    shown = client.post(f"{ADMIN}{webhook.pk}/secret/")
    [secret] = set(re.findall(r"whsec_[A-Za-z0-9+/=]+", shown.content.decode()))
    webhook.refresh_from_db()
    assert webhook.secret == secret
    assert "no-store" in shown["Cache-Control"]
    for path in ("log/", "change/", "history/"):
        assert secret not in client.get(f"{ADMIN}{webhook.pk}/{path}").content.decode()
    assert secret not in client.get(ADMIN).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": "http://partner.example.org/"}, "address"),
        ({"address": "https://me:pass@partner.example.org/"}, "address"),
        ({"address": "nonsense"}, "address"),
        ({"events": []}, "events"),
        ({"events": ["article.read"]}, "events"),
        ({"languages": ["xx"]}, "languages"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(client, chief, settings, changes, field):
    settings.DEBUG = False
    response = add(client, **changes)
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert not Webhook.objects.exists()


def test_a_test_and_a_second_attempt_arrive(client, chief, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with Receiver() as receiver:
        webhook = Webhook.objects.create(name="Partner", address=receiver.address)
        client.post(f"{ADMIN}{webhook.pk}/test/")
        assert not WebhookMessage.objects.exists(), "it has no secret yet"
        secret = signing.renew(webhook)
        client.post(f"{ADMIN}{webhook.pk}/test/")
        receiver.answers = [500]
        assert sending.send_due() == 0
        assert "500" in client.get(f"{ADMIN}{webhook.pk}/log/").content.decode()
        client.post(f"{ADMIN}{webhook.pk}/messages/{WebhookMessage.objects.get().pk}/again/")
        assert sending.send_due() == 1
        assert [one["type"] for one in receiver.bodies] == ["webhook.test"] * 2
        assert all(is_signed(secret, headers, body) for headers, body in receiver.got)


def test_a_message_of_another_webhook_is_not_found(client, chief):
    one, other = (Webhook.objects.create(name=name, address="https://example.org/") for name in "ab")
    message = other.messages.create(event="webhook.test", at=timezone.now())
    assert client.post(f"{ADMIN}{one.pk}/messages/{message.pk}/again/").status_code == 404


def test_what_is_switched_on_again_is_told_nothing_old(client, chief):
    webhook = Webhook.objects.create(name="A", address="https://example.org/", is_active=False)
    before = webhook.seen_until
    sent = filled(client.get(f"{ADMIN}{webhook.pk}/change/"))
    client.post(f"{ADMIN}{webhook.pk}/change/", sent | {"is_active": "on"})
    webhook.refresh_from_db()
    assert webhook.is_active
    assert webhook.seen_until > before


def test_ten_and_twenty_messages_need_the_same_number_of_queries(client, chief):
    webhook, counts = Webhook.objects.create(name="A", address="https://example.org/"), []
    for _ in range(2):
        for _ in range(10):
            message = webhook.messages.create(event="webhook.test", at=timezone.now())
            message.log.create(status=500)
        client.get(f"{ADMIN}{webhook.pk}/log/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{ADMIN}{webhook.pk}/log/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
