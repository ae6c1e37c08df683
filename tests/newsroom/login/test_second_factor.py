"""After the password comes the second factor: a code of the app or a recovery code, each once, guessed slowly."""

import time
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from newsroom.login.factors import recovery, totp
from newsroom.login.models import AuthenticatorApp
from tests.cast import make_contact, make_user
from tests.forms import errors, filled, read

from .pages import log_in, press, sent
from .test_kept_posts import kept_in

pytestmark = pytest.mark.django_db
STEP, SECRET = "/admin/login/second-step/", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def edna():
    edna = make_user("edna", "editor")
    AuthenticatorApp.objects.create(user=edna, secret=SECRET)
    return edna


def code(seconds=0):
    return totp.code_at(SECRET, time.time() + seconds)


def give(client, text):
    return press(client, client.get(STEP), STEP, code=text)


def test_the_password_alone_opens_nothing(client, edna):
    assert log_in(client, "edna").url == STEP
    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/login/").url == STEP
    assert edna.open_sessions.count() == 0


def test_the_code_of_the_app_opens_the_session_under_a_new_id(client, edna):
    client.get("/admin/login/")
    assert (
        client.post(
            "/admin/login/?next=/admin/contacts/office/", {"username": "edna", "password": "a long password"}
        ).url
        == STEP
    )
    before = client.session.session_key
    answer = give(client, f"{code()[:3]} {code()[3:]}")
    assert answer.url == "/admin/contacts/office/"
    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "wrong", ["", "000000", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "aaaa-aaaa-aaaa-aaaa", "\0", "x" * 9000]
)
def test_a_wrong_code_opens_nothing(client, edna, wrong):
    with time_machine.travel(1_800_000_000, tick=False):
        log_in(client, "edna")
        answer = client.post(STEP, {"code": wrong})
    assert (answer.status_code, "This code is wrong" in answer.content.decode()) == (200, True)
    assert client.get("/admin/").status_code == 302


def test_the_clocks_may_differ_by_half_a_minute_and_no_code_works_twice(edna):
    with time_machine.travel(1_800_000_000, tick=False):
        assert not totp.accepts(edna, code(-61))
        assert totp.accepts(edna, code(-30))
        assert not totp.accepts(edna, code(-30))
        assert totp.accepts(edna, code(30))
        assert not totp.accepts(edna, code(0))


def test_a_recovery_code_works_once_and_is_told(client, edna):
    codes = recovery.renew(edna)
    log_in(client, "edna")
    assert give(client, codes[3].upper().replace("-", " ")).url == "/admin/"
    assert "recovery code" in sent()[0].body
    other = Client()
    log_in(other, "edna")
    assert give(other, codes[3]).status_code == 200
    assert recovery.left(edna) == 9


def test_guessing_codes_is_slow_and_does_not_lock_the_owner_out(edna):
    guesser = Client()
    log_in(guesser, "edna")
    answers = [
        guesser.post(STEP, {"code": "000000"}).status_code for _number in range(django_settings.AXES_FAILURE_LIMIT)
    ]
    assert answers[-1] == 429
    assert guesser.post(STEP, {"code": code()}).status_code == 429
    owner = Client(REMOTE_ADDR="198.51.100.7")
    log_in(owner, "edna")
    assert give(owner, code()).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert log_in(guesser, "edna").url == STEP


def test_the_first_proof_is_valid_for_a_quarter_of_an_hour(client, edna):
    log_in(client, "edna")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.post(STEP, {"code": code()}).url == "/admin/login/"


def test_a_new_password_ends_a_log_in_that_waits(client, edna):
    log_in(client, "edna")
    edna.set_password("river and rain")
    edna.save()
    assert client.post(STEP, {"code": code()}).url == "/admin/login/"


def test_somebody_else_may_log_in_instead(client, edna):
    log_in(client, "edna")
    press(client, client.get(STEP), STEP, again="1")
    assert "username" in client.get("/admin/login/").content.decode()


def test_words_that_were_kept_come_back_after_the_second_step(edna):
    client = Client(headers={"origin": "http://testserver"})
    client.force_login(edna)
    contact = make_contact()
    change = f"/admin/contacts/contact/{contact.pk}/change/"
    form = filled(client.get(change), email="new@example.org")
    client.logout()
    door = client.post(change, form)
    sent_again = {"username": "edna", "password": "a long password", "_kept": kept_in(door)}
    step = client.post(f"/admin/login/?next={change}", sent_again)
    step = press(client, step, STEP, code="000000")
    again = press(client, step, STEP, code=code())
    assert read(again).sent()["email"] == "new@example.org"
    assert "Nothing was saved yet" in errors(again)["__all__"][0]


def test_the_app_is_set_up_by_a_right_code_and_recovery_codes_are_shown_once(client):
    walt = make_user("walt", "writer")
    log_in(client, "walt")
    page = client.get("/admin/account/app/")
    secret = client.session["app_secret"]
    assert "data:image/svg+xml" in page.content.decode()
    assert "not that of the app" in press(client, page, "/admin/account/app/", code="000000").content.decode()
    done = press(client, page, "/admin/account/app/", code=totp.code_at(secret, time.time()))
    assert done.content.decode().count("<li><code>") == 10
    assert "no-store" in done["Cache-Control"]
    assert [letter.to for letter in sent()] == [["walt@example.org"]]
    assert log_in(Client(), "walt").url == STEP
    assert recovery.left(walt) == 10


def test_who_removes_the_app_needs_no_code_any_more(client, edna):
    log_in(client, "edna")
    give(client, code())
    page = client.get("/admin/account/")
    assert press(client, page, "/admin/account/app/remove/").url == "/admin/account/"
    assert log_in(Client(), "edna").url == "/admin/"
    assert recovery.left(edna) == 0


def test_an_old_session_changes_nothing_before_it_shows_who_it_is(client, edna):
    client.force_login(edna)
    asked = press(client, client.get("/admin/account/"), "/admin/account/app/remove/")
    assert asked.url == "/admin/login/it-is-me/?next=%2Fadmin%2Faccount%2F"
    page = client.get(asked.url)
    assert "This is wrong" in press(client, page, "/admin/login/it-is-me/", password="wrong").content.decode()
    assert press(client, page, "/admin/login/it-is-me/", password="a long password").url == "/admin/account/"
    press(client, client.get("/admin/account/"), "/admin/account/app/remove/")
    assert not AuthenticatorApp.objects.exists()


def test_an_administrator_helps_who_has_lost_everything(client, edna):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    address = f"/admin/auth/user/{edna.pk}/second-factor/"
    assert address in client.get(f"/admin/auth/user/{edna.pk}/change/").content.decode()
    assert press(client, client.get(address), "").status_code == 302
    assert "administrator" in sent()[0].body
    assert log_in(Client(), "edna").url == "/admin/"


def test_the_only_administrator_has_a_command(client, edna):
    call_command("remove_second_factor", "edna", stdout=StringIO())
    assert log_in(client, "edna").url == "/admin/"
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("remove_second_factor", "nobody")


# RFC 6238, appendix B: the last six of the eight digits for SHA-1.
RFC = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("moment", "shown"), RFC)
def test_codes_are_those_of_the_standard(moment, shown):
    assert totp.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", moment) == shown
