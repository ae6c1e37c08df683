"""Passkeys: a log-in by themselves or the second step, for this site alone, and each question is answered once."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_decode

from newsroom.login import invitations
from newsroom.login.models import Invitation, Passkey
from tests.cast import make_user

from .device import Device
from .pages import log_in, press, sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DOOR, QUESTION, ADD = "/admin/login/passkey/", "/admin/account/passkeys/question/", "/admin/account/passkeys/add/"


def read(answer):
    """The question of the server, with the challenge as bytes."""
    question = answer.json()
    return question | {"challenge": websafe_decode(question["challenge"])}


def add(client, device, **typed):
    return client.post(ADD, {"passkey": device.make(read(client.post(QUESTION))), "name": "Phone", **typed})


def answer(client, device, **more):
    return client.post(DOOR, {"passkey": device.use(read(client.post(DOOR))), **more})


@pytest.fixture
def phone():
    return Device()


@pytest.fixture
def edna(phone):
    edna = make_user("edna", "editor")
    client = Client()
    log_in(client, "edna")
    assert add(client, phone).status_code == 200  # shows the recovery codes
    return edna


def test_a_passkey_is_a_log_in_by_itself(client, edna, phone):
    assert answer(client, phone, next="/admin/contacts/office/").url == "/admin/contacts/office/"
    assert client.get("/admin/").status_code == 200
    assert Passkey.objects.get().used_at


def test_a_passkey_is_the_second_step_after_the_password(client, edna, phone):
    assert log_in(client, "edna").url == "/admin/login/second-step/"
    assert [one["type"] for one in client.post(DOOR).json()["allowCredentials"]] == ["public-key"]
    assert answer(client, phone).url == "/admin/"


def test_the_passkey_of_somebody_else_is_no_second_step(client, edna):
    other, walt = Device(), make_user("walt", "writer")
    browser = Client()
    log_in(browser, "walt")
    add(browser, other)
    log_in(client, "edna")
    assert "does not open this account" in answer(client, other).content.decode()
    assert client.get("/admin/").status_code == 302
    assert walt.passkeys.count() == 1


def refused(client, response):
    assert response.status_code in (200, 302)
    return client.get("/admin/").status_code == 302


def test_another_site_another_key_and_an_old_question_are_refused(client, edna, phone):
    question = read(client.post(DOOR))
    elsewhere = Device("http://evil.example")
    elsewhere.key, elsewhere.id = phone.key, phone.id
    assert refused(client, client.post(DOOR, {"passkey": elsewhere.use(question)}))
    assert refused(client, client.post(DOOR, {"passkey": phone.use(question)}))  # it was answered
    forged = Device()
    forged.id = phone.id
    assert refused(client, answer(client, forged))
    assert refused(client, answer(client, Device()))
    copied = Device()
    copied.key, copied.id = phone.key, phone.id
    answer(Client(), phone)
    assert refused(client, answer(client, copied))  # its counter is behind


def test_a_device_that_asks_its_owner_nothing_is_refused(client, edna, phone):
    phone.flags &= ~4
    assert refused(client, answer(client, phone))


@pytest.mark.parametrize("odd", ["", "{}", "[]", "null", "1", "{", '{"rawId": 1}', '{"rawId": "\\u0000"}', "[" * 5000])
def test_odd_answers_are_refused(client, edna, odd):
    client.post(DOOR)
    assert refused(client, client.post(DOOR, {"passkey": odd}))
    browser = Client()
    log_in(browser, make_user("walt", "writer").username)
    browser.post(QUESTION)
    browser.post(ADD, {"passkey": odd})
    assert Passkey.objects.count() == 1


def test_a_closed_account_stays_closed(client, edna, phone):
    edna.is_active = False
    edna.save()
    assert refused(client, answer(client, phone))


def test_a_passkey_is_removed_by_its_owner_alone(edna, phone, client):
    row = Passkey.objects.get()
    log_in(client, make_user("walt", "writer").username)
    assert client.post(f"/admin/account/passkeys/{row.pk}/remove/").status_code == 404
    owner = Client()
    answer(owner, phone)
    press(owner, owner.get("/admin/account/"), f"/admin/account/passkeys/{row.pk}/remove/")
    assert not edna.passkeys.exists()
    assert not edna.recovery_codes.exists()


def test_the_question_names_the_site_and_known_devices(edna, phone):
    client = Client()
    answer(client, phone)
    question = client.post(QUESTION).json()
    assert question["rp"]["id"] == "testserver"
    assert question["authenticatorSelection"]["userVerification"] == "required"
    assert len(question["excludeCredentials"]) == 1
    assert json.dumps(question)


def test_who_must_have_a_second_factor_may_take_a_passkey(client, settings):
    settings.SECOND_FACTOR = ["editors"]
    make_user("edna", "editor")
    assert log_in(client, "edna").url == "/admin/login/set-up/"
    assert add(client, Device()).status_code == 200
    assert client.get("/admin/").status_code == 200


def test_an_invitation_may_be_accepted_with_a_passkey_and_no_password(client, phone):
    invited = Invitation.objects.create(
        email="nora@example.org", first_name="Nora", role="writer", language="en",
        expires_at=invitations.until(timezone.now()),
    )  # fmt: skip
    link = f"/admin/login/invitation/{invitations.new_token(invited)}/"
    assert f'data-question="{link}passkey/"' in client.get(link).content.decode()
    question = read(client.post(f"{link}passkey/"))
    stranger = Device("http://evil.example")
    assert client.post(f"{link}passkey/", {"passkey": stranger.make(question)}).url == link
    assert not get_user_model().objects.exists()
    taken = make_user("nora@example.org")
    refused = client.post(f"{link}passkey/", {"passkey": phone.make(read(client.post(f"{link}passkey/")))}, follow=True)
    assert [str(message) for message in refused.context["messages"]][-1] == (
        "There is an account of this name already. Ask an administrator."
    )
    taken.delete()
    page = client.post(f"{link}passkey/", {"passkey": phone.make(read(client.post(f"{link}passkey/")))})
    assert page.content.decode().count("<li><code>") == 10
    assert client.get("/admin/").status_code == 200
    nora = get_user_model().objects.get()
    assert (nora.has_usable_password(), nora.passkeys.count()) == (False, 1)
    assert client.post(f"{link}passkey/").status_code == 404
    answer(Client(), phone)
    row = nora.passkeys.get()
    kept = press(client, client.get("/admin/account/"), f"/admin/account/passkeys/{row.pk}/remove/")
    assert "You have no password" in client.get(kept.url).content.decode()
    client.post("/admin/logout/")
    client.post("/admin/login/reset/", {"email": "nora@example.org"})
    assert any("reset" in letter.body for letter in sent())
