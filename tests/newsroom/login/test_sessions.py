"""“Your open sessions”: where somebody is logged in, and how they end it. A log-in has a new id, a log-out ends it."""

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from newsroom.login.models import OpenSession
from newsroom.login.sessions import device
from tests.cast import make_user

from .pages import log_in, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PAGE, END = "/admin/account/", "/admin/account/sessions/end/"


@pytest.fixture
def edna():
    return make_user("edna", "editor")


@pytest.fixture
def two(edna):
    """Two browsers of Edna."""
    browsers = Client(headers={"user-agent": FIREFOX}, REMOTE_ADDR="198.51.100.77"), Client()
    for browser in browsers:
        log_in(browser, "edna")
    return browsers


def test_a_session_shows_its_device_its_network_and_no_address(two):
    html = two[1].get(PAGE).content.decode()
    assert "Firefox, Windows" in html
    assert "198.51.100.0/24" in html
    assert "198.51.100.77" not in html
    assert html.count("this session") == 1


def test_a_session_that_was_forced_or_is_older_is_noted_when_it_is_used(client, edna):
    client.force_login(edna)
    client.get("/admin/")
    assert edna.open_sessions.get().session_key == client.session.session_key


def test_a_page_is_shown_while_the_database_cannot_be_written(client, edna, monkeypatch):
    def locked(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(OpenSession.objects, "update_or_create", locked)
    client.force_login(edna)
    assert client.get("/admin/").status_code == 200


def test_one_session_is_ended(two, edna):
    press(two[1], two[1].get(PAGE), END, session=str(edna.open_sessions.get(network="198.51.100.0/24").pk))
    assert two[0].get("/admin/").status_code == 302
    assert two[1].get("/admin/").status_code == 200


def test_all_other_sessions_are_ended(two, edna):
    press(two[0], two[0].get(PAGE), END)
    assert two[1].get("/admin/").status_code == 302
    assert [row.network for row in edna.open_sessions.all()] == ["198.51.100.0/24"]


def test_nobody_ends_the_sessions_of_others(two, edna, client):
    log_in(client, make_user("walt", "writer").username)
    for row in edna.open_sessions.all():
        client.post(END, {"session": row.pk})
    client.post(END, {"session": "9" * 99})
    client.post(END)
    assert [browser.get("/admin/").status_code for browser in two] == [200, 200]


def test_a_new_password_ends_all_other_sessions_and_is_told(two, edna):
    change = two[0].get("/admin/password_change/")
    new = {"old_password": "a long password", "new_password1": "river and rain", "new_password2": "river and rain"}
    assert press(two[0], change, "", **new).status_code == 302
    assert two[0].get("/admin/").status_code == 200
    assert two[1].get("/admin/").status_code == 302
    assert [row.session_key for row in edna.open_sessions.all()] == [two[0].session.session_key]
    assert sent()[0].subject.endswith("Your account was changed")


def test_a_password_from_an_administrator_ends_all_sessions(two, edna, client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    new = {"usable_password": "true", "password1": "river and rain", "password2": "river and rain"}
    assert client.post(f"/admin/auth/user/{edna.pk}/password/", new).status_code == 302
    assert [browser.get("/admin/").status_code for browser in two] == [302, 302]
    assert edna.open_sessions.count() == 0


def test_a_log_in_has_a_new_id_and_a_log_out_ends_it(client, edna):
    client.post("/admin/login/passkey/")  # a session that somebody may have planted
    before = client.session.session_key
    log_in(client, "edna")
    key = client.session.session_key
    assert key != before
    press(client, client.get("/admin/"), "/admin/logout/")
    assert not Session.objects.filter(session_key__in=[before, key]).exists()
    assert edna.open_sessions.count() == 0


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_the_device_is_read_from_the_user_agent(agent, shown):
    assert device(agent) == shown
