"""Operators get one mail when something begins to be wrong, and one when it is over."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import OperationalError, connections
from django.utils import timezone

from articles import jobs
from articles.models import Alarm, Article, BackgroundJob
from newsroom.doctor import alarm, configuration, content, run
from tests.cast import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _operators(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(configuration, "run_checks", lambda **options: [])
    settings.MEDIA_ROOT, settings.ALARM_EMAIL = tmp_path, ["ops@example.org", "night@example.org"]
    for job in jobs.registered():
        BackgroundJob.objects.note(job.name, succeeded_at=timezone.now())


@pytest.fixture
def late():
    return make_article(state="in_review", publish_at=timezone.now() - timedelta(hours=1))


def subjects():
    return [message.subject for message in mail.outbox]


def test_one_mail_when_it_begins_and_one_when_it_is_over(late):
    assert [alarm.look(), alarm.look()] == [1, 0]
    (message,) = mail.outbox
    assert message.subject == "[Newsroom] 1 article is due for more than ten minutes and still in review."
    assert message.to == ["ops@example.org", "night@example.org"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert late.headline not in message.body  # it is not public
    assert "What to do: " in message.body
    Article.objects.update(state="approved")
    assert [alarm.look(), alarm.look()] == [1, 0]
    assert subjects()[1:] == ["[Newsroom] Over: 1 article is due for more than ten minutes and still in review."]
    assert not Alarm.objects.exists()


def test_what_comes_later_is_told_by_itself(late):
    alarm.look()
    make_article(state="in_review", publish_at=timezone.now() - timedelta(hours=1))
    assert alarm.look() == 0  # the same alarm
    BackgroundJob.objects.filter(name="mail").update(succeeded_at=timezone.now() - timedelta(hours=2))
    assert alarm.look() == 1
    assert "The job “mail” has not succeeded since" in subjects()[1]


def test_a_dead_worker_is_told_by_cron(capsys):
    BackgroundJob.objects.update(succeeded_at=timezone.now() - timedelta(hours=12))
    for _minute in range(3):
        with pytest.raises(SystemExit):
            call_command("doctor", "--mail")
    assert ["No background job has run since" in subject for subject in subjects()] == [True]
    assert capsys.readouterr().out == ""  # or cron would mail it each time


def test_two_processes_that_look_at_once_tell_it_once(late, monkeypatch):
    send = alarm._send

    def another_looks_meanwhile(begun, over):
        monkeypatch.setattr(alarm, "_send", send)
        assert alarm.look() == 0
        send(begun, over)

    monkeypatch.setattr(alarm, "_send", another_looks_meanwhile)
    assert alarm.look() == 1
    assert len(mail.outbox) == 1


def test_a_mail_that_cannot_be_sent_is_sent_later(late, monkeypatch):
    def refuse(self, messages):
        raise SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        with pytest.raises(SMTPServerDisconnected):
            alarm.look()
    Alarm.objects.update(claimed_until=timezone.now())
    assert alarm.look() == 1
    assert len(mail.outbox) == 1


def test_what_was_over_before_it_was_told_is_forgotten(late):
    Alarm.objects.create(key="mails: to editors", sentence="Mails wait.")
    assert alarm.look() == 1
    assert list(Alarm.objects.values_list("key", flat=True)) == ["due articles: in review past its hour"]


def test_nothing_is_over_because_a_check_failed(late, monkeypatch):
    alarm.look()
    with monkeypatch.context() as patch:
        patch.setattr(content.due_editions, "overdue", lambda: 1 / 0)
        assert alarm.look() == 1
    assert subjects()[1] == "[Newsroom] The check failed: ZeroDivisionError."
    assert alarm.look() == 1
    assert subjects()[2] == "[Newsroom] Over: The check failed: ZeroDivisionError."
    assert Alarm.objects.get().key == "due articles: in review past its hour"


def test_a_database_that_is_away_is_told_once_and_its_return(monkeypatch, tmp_path):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    for _minute in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(type(connections["default"]), "cursor", refuse)
            with pytest.raises(SystemExit):
                call_command("doctor", "--mail")
    assert subjects() == ["[Newsroom] The database does not answer."]
    for _minute in range(2):
        call_command("doctor", "--mail")
    assert subjects()[1:] == ["[Newsroom] Over: The database does not answer."]
    assert list(tmp_path.iterdir()) == []


def test_what_the_desk_repairs_in_time_alarms_nobody():
    make_article(state="in_review", publish_at=timezone.now() - timedelta(minutes=5))
    assert alarm.look() == 0
    assert {check.name for check in run.CHECKS if check.is_alarm} >= {"due articles", "background jobs", "mails"}
