"""A new password by mail: the same answer for every address, limits, and no way around the second factor."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Recipient
from newsroom.login import mails
from newsroom.login.models import AccountMail, AuthenticatorApp
from tests.cast import make_user

from .pages import link_in, log_in, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGE = "/admin/login/reset/"
NEW = {"new_password1": "river and rain", "new_password2": "river and rain"}


@pytest.fixture
def edna():
    return make_user("edna", "editor")


def ask(client, email="edna@example.org"):
    return press(client, client.get(PAGE), PAGE, email=email)


def choose(client):
    """The answer to the new password, from the link of the mail."""
    page = client.get(link_in(sent()[0]), follow=True)
    return press(client, page, "", **NEW)


def test_the_link_of_the_mail_opens_a_new_password(client, edna):
    assert 'href="/admin/login/reset/"' in client.get("/admin/login/").content.decode()
    ask(client)
    assert choose(client).url == "/admin/login/"
    assert log_in(client, "edna", "river and rain").url == "/admin/"
    assert [letter.to for letter in sent()] == [["edna@example.org"]]  # the password was changed


def test_known_and_unknown_addresses_get_the_same_answer(client, edna, django_assert_num_queries):
    answers = []
    for email in ("edna@example.org", "nobody@example.org"):
        with django_assert_num_queries(2):
            answer = client.post(PAGE, {"email": email})
        answers.append((answer.status_code, answer.url, sorted(answer.headers)))
    assert answers[0] == answers[1]
    assert [letter.to for letter in sent()] == [["edna@example.org"]]


def test_the_mail_is_in_the_language_of_the_person_and_its_link_in_the_settings(client, edna, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    Recipient.objects.create(user=edna, language="ar")
    client.post(PAGE, {"email": "edna@example.org"}, headers={"host": "testserver"})
    letter = sent()[0]
    assert letter.extra_headers["Content-Language"] == "ar"
    assert "https://news.example.org/admin/login/reset/" in letter.body
    assert 'dir="rtl"' in letter.alternatives[0].content


def test_an_address_gets_five_links_in_an_hour(client, edna):
    for _number in range(7):
        assert ask(client).status_code == 302
    assert AccountMail.objects.count() == 5


def test_one_client_may_ask_ten_times_in_an_hour(client):
    statuses = [ask(client, f"a{number}@example.org").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]


def test_a_link_works_once_and_not_for_who_has_no_password(client, edna):
    ask(client)
    letter = sent()[0]
    page = client.get(link_in(letter), follow=True)
    press(client, page, "", **NEW)
    assert "This link was used already" in Client().get(link_in(letter), follow=True).content.decode()
    edna.set_unusable_password()
    edna.save()
    sent()
    ask(client)
    assert sent() == []


def test_other_sessions_end_and_a_second_factor_is_still_asked_for(client, edna):
    AuthenticatorApp.objects.create(user=edna, secret="A" * 32)
    other = Client()
    other.force_login(edna)
    other.get("/admin/")
    ask(client)
    choose(client)
    assert other.get("/admin/").status_code == 302
    assert edna.open_sessions.count() == 0
    assert log_in(client, "edna", "river and rain").url == "/admin/login/second-step/"
    assert client.get("/admin/").status_code == 302


def test_a_mail_that_cannot_be_sent_waits(client, edna, settings, caplog):
    settings.EMAIL_BACKEND = "tests.newsroom.login.pages.NoServer"
    ask(client)
    assert sent() == []
    mail = AccountMail.objects.get()
    assert (mail.sent_at, mail.attempts) == (None, 1)
    assert "edna" not in caplog.text


def test_with_a_slow_mail_server_nobody_gets_a_mail_twice(edna, clock, monkeypatch):
    """While a mail is sent, no other worker may take it, however long those before it took."""
    for _number in range(3):
        mails.reset("edna@example.org")
    taken = []

    def slowly(connection, messages):
        clock.shift(mails.CLAIM.total_seconds() - 1)
        taken.append(AccountMail.objects.filter(sent_at=None, next_at__lte=timezone.now()).count())

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", slowly)
    mails.send_due()
    assert taken == [2, 1, 0]  # those that wait
