"""SECOND_FACTOR: who must have a second factor sets it up at the log-in, and reaches nothing else before."""

import time

import pytest
from django.test import Client

from newsroom.login.factors import totp
from newsroom.login.models import AuthenticatorApp
from newsroom.login.requirement import is_asked_of
from tests.cast import create_image, make_contact, make_office, make_user
from tests.files import picture

from .pages import log_in, press
from .test_kept_posts import kept_in

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SET_UP, APP = "/admin/login/set-up/", "/admin/account/app/"


@pytest.fixture
def aziz(settings):
    settings.SECOND_FACTOR = ["administrators", "approvers"]
    return make_user("aziz", "approver")


def set_up(client):
    press(client, client.get(SET_UP), APP)
    page = client.get(APP)
    return press(client, page, APP, code=totp.code_at(client.session["app_secret"], time.time()))


@pytest.mark.parametrize(
    ("asked", "role", "is_superuser", "must"),
    [
        ([], "approver", True, False),
        (["administrators"], None, True, True),
        (["administrators"], "approver", False, False),
        (["approvers"], "approver", False, True),
        (["writers", "editors"], "translator", False, False),
        (["everybody"], None, False, True),
    ],
)
def test_the_setting_names_roles(settings, asked, role, is_superuser, must):
    settings.SECOND_FACTOR = asked
    user = make_user("ann", role, is_superuser=is_superuser, office=make_office() if role else None)
    assert is_asked_of(user) is must


def test_they_set_it_up_after_the_log_in_and_then_the_desk_opens(client, aziz):
    assert log_in(client, "aziz").url == SET_UP
    assert client.get("/admin/").status_code == 302
    codes = set_up(client)
    assert 'href="/admin/"' in codes.content.decode()
    assert client.get("/admin/").status_code == 200
    assert log_in(Client(), "aziz").url == "/admin/login/second-step/"


def test_words_that_were_kept_come_back_after_the_set_up(aziz):
    contact = make_contact()
    change = f"/admin/contacts/contact/{contact.pk}/change/"
    client = Client(headers={"origin": "http://testserver"})
    door = client.post(change, {"email": "new@example.org", "_opened": ""})
    sent = {"username": "aziz", "password": "a long password", "_kept": kept_in(door)}
    page = press(client, client.post(f"/admin/login/?next={change}", sent), APP)
    codes = press(client, page, APP, code=totp.code_at(client.session["app_secret"], time.time()))
    again = press(client, codes, "/admin/login/")
    assert "Nothing was saved yet" in again.content.decode()
    assert 'value="new@example.org"' in again.content.decode()


def test_others_log_in_as_before(client, aziz):
    make_user("walt", "writer")
    assert log_in(client, "walt").url == "/admin/"


def test_a_session_from_before_opens_nothing_either(client, aziz, settings):
    image = create_image(picture(), "A. Otieno")
    client.force_login(aziz)
    assert client.get("/admin/").status_code == 302
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert client.get("/admin/login/").url == SET_UP
    set_up(client)
    assert client.get(f"/media/{image.file.name}").status_code == 200


def test_who_has_one_gets_past_it_by_no_page_that_sets_one_up(client, aziz):
    AuthenticatorApp.objects.create(user=aziz, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    log_in(client, "aziz")
    for address in (SET_UP, APP, "/admin/account/passkeys/question/", "/admin/account/passkeys/add/"):
        assert client.post(address).url == "/admin/login/second-step/"


def test_the_last_second_factor_stays(client, aziz):
    log_in(client, "aziz")
    set_up(client)
    page = press(client, client.get("/admin/account/"), "/admin/account/app/remove/")
    assert "You must have a second factor" in client.get(page.url).content.decode()
    assert AuthenticatorApp.objects.exists()


def test_the_administrator_may_not_be_asked_by_a_wrong_word(monkeypatch):
    from newsroom import env

    monkeypatch.setenv("SECOND_FACTOR", "administrators, boss")
    with pytest.raises(env.ImproperlyConfigured, match="boss is none of administrators, approvers"):
        env.some_of("SECOND_FACTOR", env.SECOND_FACTOR)
