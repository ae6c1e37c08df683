"""Messages arrive at least once, however often an endpoint fails, and go to public addresses only."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.media import fetch
from articles.models import Webhook, WebhookMessage
from articles.webhooks import sending

from .conftest import make_webhook, published
from .receiver import Receiver

pytestmark = pytest.mark.django_db


def test_a_failure_is_tried_again_with_growing_gaps_and_the_same_id(receiver, webhook, chief, clock):
    receiver.answers = [500] * 20
    published(chief)
    gaps, last = [], None
    for _ in range(len(sending.GAPS) + 1):
        sending.send_due()
        message = WebhookMessage.objects.get()
        assert sending.send_due() == 0, "not before its time"
        if message.state == "waiting":
            gap = message.next_at - timezone.now()
            assert last is None or gap > last
            gaps.append(gap)
            last = gap
            clock.shift(gap.total_seconds() + 1)
            Webhook.objects.update(failing_since=None)  # here it is about the message alone
    assert message.state == "given_up"
    assert sum(gaps, timedelta()) > timedelta(hours=24)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    assert message.log.count() == len(sending.GAPS) + 1 == len(receiver.got)
    sending.try_again(message)
    receiver.answers = []
    assert sending.send_due() == 1


def test_a_worker_that_dies_loses_no_message(receiver, webhook, chief, clock, monkeypatch):
    published(chief)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_delivered", lambda message: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            sending.send_due()
    assert sending.send_due() == 0, "it is still claimed"
    clock.shift(sending.CLAIM.total_seconds() + 1)
    assert sending.send_due() == 1
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    assert len(receiver.got) == 2


def test_two_workers_do_not_send_the_same(receiver, webhook, chief):
    published(chief)
    message = WebhookMessage.objects.get()
    assert [sending._claim(message) for _ in range(2)] == [True, False]


def test_one_that_fails_keeps_no_other_waiting(receiver, webhook, chief):
    with Receiver() as other:
        make_webhook(other)
        receiver.answers = [500] * 9
        for _ in range(3):
            published(chief)
        sending.send_due()
        assert len(other.got) == 3
        assert len(receiver.got) == 1


def test_nor_do_all_its_messages(receiver, webhook, chief, monkeypatch):
    """The oldest are those of an endpoint that fails, as many as a run sends."""
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    receiver.answers = [500] * 9
    for _ in range(3):
        published(chief)
    with Receiver() as other:
        make_webhook(other)
        published(chief)
        assert sending.send_due() == 1
        assert len(receiver.got) == 1


def test_after_days_of_failure_it_is_switched_off_and_its_owner_told(receiver, chief, clock):
    webhook = make_webhook(receiver, owner=chief)
    receiver.answers = [500] * 99
    published(chief)
    sending.send_due()
    clock.shift(3 * 24 * 3600 + 60)
    sending.send_due()
    webhook.refresh_from_db()
    assert (webhook.is_active, webhook.disabled_at is None) == (False, False)
    assert [one.to for one in mail.outbox] == [[chief.email]]
    published(chief)
    assert webhook.messages.count() == 1
    sending.switch_on(webhook)
    published(chief)
    assert webhook.messages.count() == 2, "what was missed while it was off is not told"


def test_an_address_that_is_gone_is_switched_off_at_once(receiver, webhook, chief):
    receiver.answers = [410]
    published(chief)
    sending.send_due()
    webhook.refresh_from_db()
    assert not webhook.is_active


def test_a_redirect_is_not_followed(receiver, webhook, chief):
    receiver.answers, receiver.location = [302], receiver.address
    published(chief)
    sending.send_due()
    assert len(receiver.got) == 1
    assert WebhookMessage.objects.get().log.get().status == 302


@pytest.mark.parametrize(
    "address",
    ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "https://169.254.169.254/", "https://[::1]/"],
)
def test_the_own_network_is_never_asked(receiver, chief, settings, address):
    settings.WEBHOOKS_ALLOW_PRIVATE = False
    make_webhook(receiver)
    Webhook.objects.update(address=address)
    published(chief)
    sending.send_due()
    assert "public internet" in WebhookMessage.objects.get().log.get().answer


def test_only_https_is_sent_to(settings):
    settings.DEBUG = False
    with pytest.raises(ValidationError, match="https"):
        Webhook(name="A", address="http://example.org/").full_clean()
    with pytest.raises(ValidationError, match="password"):
        Webhook(name="A", address="https://a:b@example.org/").full_clean()
    assert sending._allowed() == {"ports": (443,)}
    with pytest.raises(fetch.FetchError, match="port 80"):
        fetch.post("http://example.org/", b"", {}, **sending._allowed())


def test_a_slow_or_endless_answer_is_cut_off(receiver, webhook, chief, monkeypatch):
    monkeypatch.setattr(fetch, "SECONDS", 0.2)
    monkeypatch.setattr(receiver.server.RequestHandlerClass, "do_POST", lambda handler: time.sleep(0.6))
    published(chief)
    sending.send_due()
    assert "took longer" in WebhookMessage.objects.get().log.get().answer


def test_nothing_is_sent_without_a_secret(receiver, webhook, chief):
    Webhook.objects.update(secret="")
    published(chief)
    assert sending.send_due() == 0
    assert receiver.got == []
