"""Every mail to the press is sent exactly once: with a mail server that fails, and workers that are killed."""

import pytest

from articles.mail import failures
from articles.models import Journalist, PressDelivery
from articles.press_lists import figures, planning, sending
from tests.articles.alerts.mailserver import MailServer
from tests.cast import make_article, make_journalist

from .conftest import confirmed, later, left_out, planned, under_embargo, work

pytestmark = pytest.mark.django_db
NUMBER = 5


class Killed(BaseException):
    """The process ends here: nothing of it runs afterwards."""


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield running


@pytest.fixture
def sent(aziz):
    people = [make_journalist(f"{number}@example.org") for number in range(NUMBER)]
    return confirmed(make_article(), *people, by=aziz)


def run_until_all_is_sent():
    for _run in range(30):
        if not PressDelivery.objects.waiting().exists():
            return
        work()
        later()
    raise AssertionError("not all was sent")


def reached(server):
    return sorted(message["To"] for message in server.got)


EVERYBODY = [f"{number}@example.org" for number in range(NUMBER)]


@pytest.mark.parametrize("step", ["_claim", "_mail_of", "_send", "_mark_sent"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_is_killed_in_the_middle(sent, server, monkeypatch, step, when):
    last, work_of_step, calls = 0 if step == "_claim" else 2, getattr(sending.Run, step), iter(range(1000))

    def killed(*arguments):
        number = next(calls)
        if number == last and when == "before":
            raise Killed
        result = work_of_step(*arguments)
        if number == last:
            raise Killed
        return result

    monkeypatch.setattr(sending.Run, step, killed)
    monkeypatch.setattr(sending.Run, "_release", lambda run: None)  # a killed process tidies nothing
    with pytest.raises(Killed):
        work()
    monkeypatch.undo()
    work()  # another worker, while the claim holds
    later()
    run_until_all_is_sent()
    is_cut_after_data = (step, when) in {("_send", "after"), ("_mark_sent", "before")}
    assert sorted(set(reached(server))) == EVERYBODY
    assert len(server.got) == NUMBER + is_cut_after_data
    assert len({message["Message-ID"] for message in server.got}) == NUMBER  # a copy can be known


def test_both_copies_of_a_mail_have_the_same_pass(aziz, server, monkeypatch):
    confirmed(under_embargo(), make_journalist(), kind="embargo", by=aziz)
    with monkeypatch.context() as patch:
        patch.setattr(sending.Run, "_mark_sent", lambda *arguments: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            work()
    later()
    assert work() == 1
    texts = [message.get_body(("plain",)).get_content() for message in server.got]
    assert len(texts) == 2
    assert texts[0].partition("/press/")[2][:43] == texts[1].partition("/press/")[2][:43]


def test_without_a_mail_server_a_sending_is_confirmed_at_once_and_sent_later(aziz, server, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    confirmed(make_article(), make_journalist(), by=aziz)
    assert work() == 0
    settings.EMAIL_PORT = port
    later()
    assert work() == 1


def test_an_address_that_is_refused_three_times_is_left_out_and_counted(aziz, server):
    row = confirmed(make_article(), make_journalist("nobody@example.org"), make_journalist(), by=aziz)
    server.answers = lambda recipient: "550 No such person" if recipient.startswith("nobody") else ""
    for _attempt in range(failures.MOST_REFUSALS):
        work()
        later()
    assert left_out() == {"refused"}
    found = figures.of([row])[row.pk]
    assert (found.total, found.sent, found.waiting, found.failed, found.left_out) == (2, 1, 0, 1, 0)
    plan = planning.plan(planned(make_article(), *Journalist.objects.all(), by=aziz), aziz)
    assert [one.email for one in plan.left_out["refused"]] == ["nobody@example.org"]
