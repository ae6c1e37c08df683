"""A save that fails does not lose what was typed: after the log-in, or on the page of the failure, it is there again."""

import html
import re

import pytest
from axes.models import AccessAttempt
from django.core import signing
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from newsroom.login import kept_posts
from tests.cast import make_article, make_contact, make_office, make_user
from tests.forms import errors, filled, read
from tests.newsroom import filled_tables

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DOOR = reverse("admin:login")
OWN = {"origin": "http://testserver"}
NOTICE = "Nothing was saved yet"


@pytest.fixture
def desk(db):
    """A browser that sends what browsers do, and checks tokens as production does."""
    client = Client(enforce_csrf_checks=True, headers=OWN)
    client.force_login(make_user("edna", "editor"))
    return client


@pytest.fixture
def contact(db):
    contact = make_contact()
    contact.phones.create(display="+41 22 555 01 50")
    return contact


def at(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row, **changes):
    return filled(client.get(at(row)), **changes)


def kept_in(answer):
    return html.unescape(re.search('name="_kept" value="([^"]+)"', answer.content.decode())[1])


def log_in(client, answer, password="a long password", **data):
    token = client.cookies["csrftoken"].value
    credentials = {"username": "edna", "password": password, "csrfmiddlewaretoken": token}
    action = html.unescape(
        re.search('<form action="([^"]+)" method="post" id="login-form">', answer.content.decode())[1]
    )
    return client.post(action, credentials | {"_kept": kept_in(answer)} | data)


TYPED = {
    "email": "new@example.org",
    "translations-0-job_title": 'Head of "press" & media',
    "phones-0-display": "+41 22 555 01 99",
    "phones-1-display": "+41 22 555 01 77",
}


def holds_all(page):
    sent = read(page).sent()
    return {name: sent[name] for name in TYPED} == TYPED


def test_after_a_session_that_ended_the_form_comes_back_and_one_click_saves(desk, contact):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    before = filled_tables.stored()
    door = desk.post(at(contact), form)
    assert (door.status_code, door["Cache-Control"].count("no-store")) == (200, 1)
    assert "what you typed is kept" in door.content.decode()
    again = log_in(desk, door)
    after = filled_tables.stored()
    assert {table for table in after if after[table] != before[table]} <= {
        "django_session",
        "auth_user",
        "axes_accesslog",
        "newsroom_opensession",
    }
    assert again.status_code == 200
    assert "no-store" in again["Cache-Control"]
    assert NOTICE in errors(again)["__all__"][0]
    assert holds_all(again)
    assert f'action="{at(contact)}"' in again.content.decode()
    assert desk.post(at(contact), filled(again)).status_code == 302
    assert [phone.display for phone in contact.phones.order_by("order")] == ["+41 22 555 01 99", "+41 22 555 01 77"]
    assert contact.translations.get().job_title == 'Head of "press" & media'


def test_a_wrong_password_keeps_the_words(desk, contact):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    door = desk.post(at(contact), form)
    wrong = log_in(desk, door, password="wrong")
    assert wrong.status_code == 200
    assert holds_all(log_in(desk, wrong))


def test_who_is_locked_out_has_the_words_for_the_next_attempt(desk, contact, settings):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    door = desk.post(at(contact), form)
    for _number in range(settings.AXES_FAILURE_LIMIT):
        locked = log_in(desk, door, password="wrong")
    assert locked.status_code == 429
    AccessAttempt.objects.all().delete()
    sent = {"_kept": kept_in(locked), "csrfmiddlewaretoken": desk.cookies["csrftoken"].value}
    door = desk.post(DOOR, sent)
    assert door.status_code == 200
    assert holds_all(log_in(desk, door))


def test_after_a_log_in_in_another_tab_the_form_comes_back(desk, contact):
    form = opened(desk, contact, **TYPED)
    desk.cookies["csrftoken"] = "x" * 32  # as a log-in rotates it
    before = filled_tables.stored()
    again = desk.post(at(contact), form)
    assert again.status_code == 403
    assert "no-store" in again["Cache-Control"]
    assert filled_tables.stored() == before
    assert NOTICE in errors(again)["__all__"][0]
    assert holds_all(again)
    assert desk.post(at(contact), filled(again)).status_code == 302
    contact.refresh_from_db()
    assert contact.email == "new@example.org"


def test_logged_out_and_with_another_token(desk, contact):
    form = opened(desk, contact, **TYPED)
    desk.cookies.clear()
    desk.cookies["csrftoken"] = "x" * 32
    door = desk.post(at(contact), form)
    assert door.status_code == 403
    assert holds_all(log_in(desk, door))


def test_a_new_article_with_its_text_comes_back(desk):
    add = reverse("admin:articles_article_add")
    text = "<p>A <strong>long</strong> text &amp; more</p>"
    form = filled(desk.get(add), headline="Rain", body=text)
    del desk.cookies["sessionid"]
    again = log_in(desk, desk.post(add, form))
    assert (read(again).sent()["headline"], read(again).sent()["body"]) == ("Rain", text)
    assert desk.post(add, filled(again)).status_code == 302


def test_the_reason_of_a_step_comes_back(desk):
    desk.force_login(make_user("aziz", "approver"))
    article = make_article()
    page = reverse("admin:articles_article_move", args=[article.pk, "withdraw"])
    version = desk.get(page).context["original"].version
    answer = desk.post(page, {"reason": "A wrong figure", "version": version})
    article.refresh_from_db()
    assert (answer.status_code, article.state) == (403, "approved")
    assert "A wrong figure</textarea>" in answer.content.decode()
    assert NOTICE in answer.content.decode()


def test_the_form_that_comes_back_has_the_lock(desk, contact):
    form = opened(desk, contact, **TYPED)
    contact.phones.create(display="+41 22 555 01 11", order=5)
    desk.cookies["csrftoken"] = "x" * 32
    again = desk.post(at(contact), form)
    told = errors(again)
    assert any(NOTICE in text for text in told["__all__"])
    assert "Added: " in told["phones"][0]
    assert desk.post(at(contact), filled(again)).status_code == 302
    assert contact.phones.count() == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "", "referer": "http://["},
        OWN | {"sec-fetch-site": "cross-site"},
    ],
)
def test_what_another_site_posts_is_not_shown(desk, contact, headers):
    answer = desk.post(at(contact), {"email": "evil@example.org"}, headers=headers)
    assert answer.status_code == 403
    assert b"evil@example.org" not in answer.content
    assert b"_kept" not in answer.content
    assert "This page has expired" in answer.content.decode()


def test_a_post_without_origin_and_referer_is_not_shown(contact):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("edna", "editor"))
    assert b"evil@example.org" not in client.post(at(contact), {"email": "evil@example.org"}).content


def test_kept_posts_cannot_be_forged_and_expire(desk, contact, monkeypatch):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    door = desk.post(at(contact), form)
    forged = signing.dumps({"path": at(contact), "query": "", "words": {}, "has_files": False}, salt="another")
    assert log_in(desk, door, _kept=forged).status_code == 302
    del desk.cookies["sessionid"]
    monkeypatch.setattr(kept_posts, "MOST_SECONDS", -1)
    assert log_in(desk, door).status_code == 302


def test_passwords_are_not_kept(desk):
    desk.force_login(make_user("ada", is_staff=True, is_superuser=True))
    add = reverse("admin:auth_user_add")
    form = filled(desk.get(add), username="new", password1="very secret words", password2="very secret words")
    del desk.cookies["sessionid"]
    kept = kept_posts.loads(kept_in(desk.post(add, form)))
    assert kept["words"]["username"] == ["new"]
    assert "very secret words" not in str(kept)
    change = reverse("admin:password_change")
    assert b"_kept" not in desk.post(change, {"old_password": "very secret words"}).content


def test_somebody_else_who_logs_in_does_not_get_past_the_rights(desk, contact):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    door = desk.post(at(contact), form)
    make_user("walt", "writer", office=make_office("nairobi", "Nairobi"))
    again = log_in(desk, door, username="walt")
    assert again.status_code == 403
    assert "Head of &quot;press&quot; &amp; media" in again.content.decode()  # to be copied
    contact.refresh_from_db()
    assert contact.email == "media@example.org"


def test_words_are_kept_up_to_a_limit(desk, contact, settings):
    form = opened(desk, contact, **TYPED)
    del desk.cookies["sessionid"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = kept_posts.ROOM_FOR_OTHER_FIELDS + 10
    answer = desk.post(at(contact), form)
    assert answer.status_code == 302
    assert answer["Location"].startswith(DOOR)


def test_the_way_on_is_shown_for_other_posts(desk):
    answer = desk.post(reverse("admin:logout"), headers={"referer": "http://testserver/admin/contacts/contact/?p=1"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'href="/admin/contacts/contact/"' in page
    assert 'href="/admin/"' in page
    answer = desk.post("/i18n/setlang/", {"language": "ar"}, headers={"accept-language": "ar"})
    assert answer.status_code == 403
    assert 'dir="rtl"' in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "status", "sentence"), [("08006", 503, "cannot reach"), ("53100", 507, "disk of the database is full")]
)
def test_without_the_database_the_page_keeps_the_words(desk, contact, monkeypatch, state, status, sentence):
    form = opened(desk, contact, **TYPED)
    cause = type("Cause", (Exception,), {"sqlstate": state})()

    def fail(*args):
        raise OperationalError from cause

    desk.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    answer = desk.post(at(contact), form)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    monkeypatch.undo()
    page = read(answer)
    assert desk.post(at(contact), page.sent()).status_code == 302
    contact.refresh_from_db()
    assert (contact.email, contact.phones.count()) == ("new@example.org", 2)


def test_an_outage_shows_no_words_of_another_site(desk, contact, monkeypatch):
    def fail(*args):
        raise OperationalError

    desk.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", fail)
    answer = desk.post(at(contact), {"email": "evil@example.org"}, headers={"origin": "https://evil.example"})
    assert b"evil@example.org" not in answer.content


def test_a_form_that_is_too_large_says_so(desk, contact, settings):
    form = opened(desk, contact, **TYPED)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 200
    body = "&".join(f"{name}=x" for name in form) + "&email=" + "x" * 300
    answer = desk.post(at(contact), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "A form may hold 200\xa0bytes of text. Nothing was saved." in answer.content.decode()
