"""Every mail is sent exactly once: with a mail server that fails, workers killed at every step, and several at a time."""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from articles import jobs
from articles.mail import sending
from articles.models import BackgroundJob, Notice, Recipient
from tests.cast import make_article, make_user

pytestmark = pytest.mark.django_db

NUMBER = 9


class Killed(BaseException):
    """The process ends here: nothing of it runs afterwards."""


@pytest.fixture
def people():
    article = make_article(state="draft")
    for number in range(NUMBER):
        user = make_user(f"reader-{number}", "writer")
        Notice.objects.create(recipient=Recipient.objects.create(user=user), article=article, kind="assigned")


def everybody():
    return sorted(f"reader-{number}@example.org" for number in range(NUMBER))


def reached():
    return sorted(message.to[0] for message in mail.outbox)


def later():
    """As if the gaps and claims had ended."""
    long_ago = timezone.now() - timedelta(seconds=1)
    Recipient.objects.exclude(claimed_until=None).update(claimed_until=long_ago)
    Recipient.objects.exclude(next_at=None).update(next_at=long_ago)


def run_until_all_is_sent():
    for _run in range(60):
        if not sending.waiting().exists():
            return
        sending.send_due()
        later()
    raise AssertionError("not all was sent")


@pytest.mark.parametrize(
    "error", [SMTPServerDisconnected("x"), SMTPDataError(451, b"x"), SMTPRecipientsRefused({}), ConnectionRefusedError()]
)  # fmt: skip
def test_a_mail_server_that_fails_one_time_in_three(people, monkeypatch, error):
    send, tries = EmailBackend.send_messages, iter(range(1000))

    def sometimes(self, messages):
        if next(tries) % 3 == 1:
            raise error
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", sometimes)
    run_until_all_is_sent()
    assert reached() == everybody()


@pytest.mark.parametrize("step", ["_claim", "_prepare", "send", "_mark_sent"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_is_killed_at_a_step(people, monkeypatch, step, when):
    place = (EmailBackend, "send_messages") if step == "send" else (sending, step)
    work, calls = getattr(*place), iter(range(1000))

    def killed(*arguments):
        number = next(calls)
        if number == 4 and when == "before":
            raise Killed
        result = work(*arguments)
        if number == 4:
            raise Killed
        return result

    monkeypatch.setattr(*place, killed)
    with pytest.raises(Killed):
        sending.send_due()
    sending.send_due()  # another worker, while the claim holds
    later()
    run_until_all_is_sent()
    is_cut_after_data = (step, when) in {("send", "after"), ("_mark_sent", "before")}
    assert sorted(set(reached())) == everybody()
    assert len(reached()) == NUMBER + is_cut_after_data
    if is_cut_after_data:  # the copy can be known
        names = [message.extra_headers["Message-ID"] for message in mail.outbox]
        assert len(set(names)) == NUMBER


def test_two_workers_at_a_time_share_the_work(people, monkeypatch):
    send = EmailBackend.send_messages
    inner = []

    def with_another(self, messages):
        if not inner:
            inner.append(True)
            sending.send_due()
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", with_another)
    run_until_all_is_sent()
    assert reached() == everybody()


def test_a_failure_after_the_mail_was_taken_is_none(people, monkeypatch):
    def broken(self):
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "close", broken, raising=False)
    assert sending.send_due() == NUMBER
    assert not sending.waiting().exists()


def test_the_gaps_grow_for_more_than_a_day_and_nothing_is_lost(people, monkeypatch, caplog):
    Recipient.objects.exclude(user__username="reader-0").delete()
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *arguments: (_ for _ in ()).throw(ConnectionRefusedError())
    )
    gaps = []
    while sum(gaps, timedelta()) < timedelta(days=1):
        before = timezone.now()
        assert sending.send_due() == 0
        own = Recipient.objects.get()
        gaps.append(own.next_at - before)
        later()
    minutes = [round(gap.total_seconds() / 60) for gap in gaps]
    assert minutes[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert sending.waiting().count() == 1
    monkeypatch.undo()
    assert sending.send_due() == 1


def test_what_nobody_could_deliver_for_days_is_given_up(people, monkeypatch):
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *arguments: (_ for _ in ()).throw(SMTPRecipientsRefused({}))
    )
    Notice.objects.update(created_at=timezone.now() - timedelta(days=4))
    sending.send_due()
    assert set(Notice.objects.values_list("left_out", flat=True)) == {"not deliverable"}


def test_one_mail_that_cannot_be_written_keeps_no_other(people, monkeypatch):
    write = sending.digest.message

    def broken(recipient, notices):
        if recipient.user.username == "reader-0":
            raise ValueError
        return write(recipient, notices)

    monkeypatch.setattr(sending.digest, "message", broken)
    assert sending.send_due() == NUMBER - 1


def test_the_worker_runs_each_job_once_and_one_that_fails_stops_no_other(people, monkeypatch, caplog):
    ran = []
    monkeypatch.setattr(jobs, "_jobs", {})
    jobs.register("broken", lambda: ran.append("broken") or 1 / 0, 60)
    jobs.register("for all", lambda: ran.append("for all"), 3600, for_all=True)
    jobs.register("mail", sending.send_due, 20)
    jobs.run_once()
    jobs.run_once()  # the one for all is not due again
    assert ran == ["broken", "for all", "broken"]
    assert reached() == everybody()
    assert "broken" in caplog.text
    BackgroundJob.objects.update(next_at=timezone.now())
    jobs.run_once()
    assert ran[3:] == ["broken", "for all"]
