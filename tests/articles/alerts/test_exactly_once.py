"""Every article is mailed exactly once: with a mail server that fails, workers killed at every step, several at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.alerts import announcements, sending
from articles.mail import failures, queues
from articles.models import Delivery, Subscriber
from tests.cast import make_article

from .conftest import later, subscribe, work
from .mailserver import MailServer

pytestmark = pytest.mark.django_db(transaction=False)

NUMBER = 9


class Killed(BaseException):
    """The process ends here: nothing of it runs afterwards."""


@pytest.fixture
def people():
    for number in range(NUMBER):
        subscribe(f"reader-{number}@example.org")
    make_article(headline="The news")


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running


def everybody():
    return sorted(f"reader-{number}@example.org" for number in range(NUMBER))


def reached(server):
    return sorted(message["To"] for message in server.got)


def run_until_all_is_sent():
    announcements.run()
    for _run in range(60):
        if not Delivery.objects.waiting().exists():
            return
        sending.send_due()
        later()
    raise AssertionError("not all was sent")


@pytest.mark.parametrize("answer", ["451 Later", "421 Busy", "cut"])
def test_a_mail_server_that_fails_one_time_in_three(people, server, answer):
    tries = iter(range(1000))
    server.answers = lambda recipient: answer if next(tries) % 3 == 1 else ""
    run_until_all_is_sent()
    assert reached(server) == everybody()


@pytest.mark.parametrize("step", ["_claim", "_mail_of", "_send", "_mark_sent", "address"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_is_killed_at_a_step(people, server, monkeypatch, step, when):
    place, last = (
        announcements.deliveries if step == "address" else sending.Run,
        0 if step in ("_claim", "address") else 4,
    )
    work_of_step, calls = getattr(place, step), iter(range(1000))

    def killed(*arguments):
        number = next(calls)
        if number == last and when == "before":
            raise Killed
        result = work_of_step(*arguments)
        if number == last:
            raise Killed
        return result

    monkeypatch.setattr(place, step, killed)
    monkeypatch.setattr(sending.Run, "_release", lambda run: None)  # a killed process tidies nothing
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    work()  # another worker, while the claim holds
    later()
    run_until_all_is_sent()
    is_cut_after_data = (step, when) in {("_send", "after"), ("_mark_sent", "before")}
    assert sorted(set(reached(server))) == everybody()
    assert len(server.got) == NUMBER + is_cut_after_data
    assert len({message["Message-ID"] for message in server.got}) == NUMBER  # a copy can be known


def test_two_workers_at_a_time_share_the_work(people, server, monkeypatch):
    send, inner = sending.Run._send, []
    monkeypatch.setattr(queues, "AT_ONCE", 4)

    def with_another(self, mail):
        if not inner:
            inner.append(True)
            sending.send_due()
        return send(self, mail)

    monkeypatch.setattr(sending.Run, "_send", with_another)
    run_until_all_is_sent()
    assert reached(server) == everybody()


def test_no_mail_begins_so_late_that_its_claim_ends_before_it(server, clock, monkeypatch):
    """A mail server that answers each time at the last moment; each mail may take 100 seconds."""
    for language in ("en", "fr", "es", "ar", "ru"):
        subscribe("reader@example.org", language=language)
        make_article(language=language)
    announcements.run()
    send, left = sending.Run._send, []

    def slowly(run, mail):
        left.append((Subscriber.objects.get().claimed_until - timezone.now()).total_seconds())
        send(run, mail)
        clock.shift(90)

    monkeypatch.setattr(sending.Run, "_send", slowly)
    assert sending.send_due() == 5
    assert min(left) >= 100


def test_the_gaps_grow_for_more_than_a_day_and_nothing_is_lost(server):
    subscribe("reader@example.org")
    make_article()
    announcements.run()
    server.answers = lambda recipient: "451 Later"
    gaps = []
    while sum(gaps, timedelta()) < timedelta(days=1):
        before = timezone.now()
        assert sending.send_due() == 0
        gaps.append(Subscriber.objects.get().next_at - before)
        later()
    assert [round(gap.total_seconds() / 60) for gap in gaps][:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert Delivery.objects.waiting().count() == 1
    server.answers = lambda recipient: ""
    assert sending.send_due() == 1


def test_what_a_killed_worker_had_claimed_is_sent_by_another_after_three_minutes(people, server, monkeypatch, clock):
    announcements.run()

    def killed(*arguments):
        raise Killed

    with monkeypatch.context() as patched:
        for step in ("_send_to", "_release"):
            patched.setattr(sending.Run, step, killed)
        with pytest.raises(Killed):
            sending.send_due()
    assert sending.send_due() == 0
    clock.shift(181)
    assert sending.send_due() == NUMBER
    assert reached(server) == everybody()


def test_a_server_that_does_not_answer_is_left_alone_until_the_next_run(people, settings, server):
    announcements.run()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert sending.send_due() == 0
    assert Subscriber.objects.filter(attempts__gt=0).count() == queues.MOST_FAILURES
    assert not Subscriber.objects.exclude(claimed_until=None).exists()
    settings.EMAIL_PORT = port
    assert sending.send_due() == NUMBER - queues.MOST_FAILURES


def test_what_nobody_could_deliver_for_days_is_given_up(people, server):
    announcements.run()
    server.answers = lambda recipient: "451 Later"
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=4))
    sending.send_due()
    assert set(Delivery.objects.values_list("left_out", flat=True)) == {"not deliverable"}


def test_an_address_that_is_refused_for_good_is_switched_off(server):
    subscribe("nobody@example.org")
    subscribe("ann@example.org")
    make_article()
    server.answers = lambda recipient: "550 No such person" if recipient.startswith("nobody") else ""
    for number in range(failures.MOST_REFUSALS):
        assert work() == (number == 0)
        later()
    refused = Subscriber.objects.get(email="nobody@example.org")
    assert refused.switched_off_at
    assert refused.deliveries.get().left_out == "refused"
    make_article()
    assert work() == 1
    assert refused.deliveries.count() == 1


def test_one_mail_that_cannot_be_written_keeps_no_other(people, server, monkeypatch):
    write = sending.mails.of_items

    def broken(subscriber, *arguments):
        if subscriber.email.startswith("reader-0"):
            raise ValueError
        return write(subscriber, *arguments)

    monkeypatch.setattr(sending.mails, "of_items", broken)
    assert work() == NUMBER - 1
