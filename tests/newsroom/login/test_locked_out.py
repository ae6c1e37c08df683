"""Guessing passwords is slow, from one address and from many; nobody can lock the owner of an account out.

The page after too many attempts speaks in the desk's look and the reader's language.
"""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from django.utils import timezone

from contacts.visitors.addresses import client_address
from newsroom.login.limits import ADDRESS, COOKIE, LIMITS, NAME
from tests.cast import make_user

from .pages import press

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DOOR, PASSWORD_CHANGE = "/admin/login/", "/admin/password_change/"
RIGHT, WRONG = "a long password", "a wrong password"


def try_password(client, password=WRONG, name="edna", address="192.0.2.1", **headers):
    return client.post(DOOR, {"username": name, "password": password}, headers=headers, REMOTE_ADDR=address)


def guess(client, number, **options):
    """The status of the last of so many wrong passwords."""
    return [try_password(client, **options).status_code for _number in range(number)][-1]


@pytest.fixture
def edna(db):
    return make_user("edna", "editor")


@pytest.fixture
def locked(client, settings, edna):
    guess(client, settings.AXES_FAILURE_LIMIT)


def test_it_says_when_to_try_again(client, locked):
    answer = try_password(client, RIGHT)
    html = answer.content.decode()
    assert answer.status_code == 429
    assert 890 <= int(answer["Retry-After"]) <= 900
    assert "<h1>Too many wrong passwords</h1>" in html
    assert "Try again in 15 minutes." in html
    assert "newsroom/css/admin.css" in html
    assert 'id="user-tools"' not in html


def test_it_speaks_the_readers_language(client, locked):
    html = try_password(client, **{"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "محاولات كثيرة" in html


def test_further_attempts_do_not_make_the_wait_longer(client, locked):
    start = timezone.now()
    for minutes, status in ((5, 429), (10, 429), (14, 429), (15.1, 302)):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            answer = try_password(client, RIGHT)
            assert answer.status_code == status
            if status == 429:
                assert abs(int(answer["Retry-After"]) - (15 - minutes) * 60) <= 5


def test_the_owner_logs_in_from_elsewhere_while_a_guesser_is_locked_out(client, locked):
    assert try_password(Client(), RIGHT, address="198.51.100.7").status_code == 302


def test_the_owners_own_browser_is_never_locked_out_by_others(client, edna):
    assert try_password(client, RIGHT).status_code == 302
    client.post("/admin/logout/")
    for number in range(2 * LIMITS[NAME]):  # a guesser behind the same address, and then many of them
        try_password(Client(), address="192.0.2.1" if number % 2 else f"198.51.100.{number}")
    assert try_password(Client(), RIGHT, address="203.0.113.5").status_code == 429
    assert try_password(client, RIGHT).status_code == 302


def test_a_known_browser_is_not_locked_out_by_the_wrong_names_of_its_address(client, edna):
    """Behind one address there may be a whole office."""
    assert try_password(client, RIGHT).status_code == 302
    client.post("/admin/logout/")
    for number in range(LIMITS[ADDRESS] + 1):
        try_password(Client(), name=f"name{number}")
    assert try_password(Client(), RIGHT).status_code == 429
    assert try_password(client, RIGHT).status_code == 302


def test_two_colleagues_may_share_a_browser(client, edna):
    make_user("walt", "writer")
    for name in ("edna", "walt"):
        assert try_password(client, RIGHT, name).status_code == 302
        client.post("/admin/logout/")
    guess(Client(), 10, name="edna")
    assert try_password(client, RIGHT, "edna").status_code == 302


def test_guessing_with_the_owners_browser_is_slow_too(client, edna, settings):
    try_password(client, RIGHT)
    client.post("/admin/logout/")
    assert guess(client, settings.AXES_FAILURE_LIMIT + 1) == 429
    assert try_password(client, RIGHT).status_code == 429
    assert try_password(Client(), RIGHT).status_code == 302


def test_a_forged_cookie_helps_nobody(client, locked):
    for cookie in ("", "x", "WyJ4IixbImVkbmEiXV0:1:forged", "[]", "\x00", "ä" * 5000):
        client.cookies[COOKIE] = cookie
        assert try_password(client, RIGHT).status_code == 429, cookie[:30]


def test_the_cookie_of_one_account_does_not_help_against_another(client, locked):
    make_user("mallory", "writer")
    assert try_password(client, RIGHT, "mallory", "198.51.100.9").status_code == 302
    client.post("/admin/logout/")
    assert try_password(client, RIGHT, "edna").status_code == 429


def test_the_cookie_is_for_the_log_in_page_alone_and_no_script_reads_it(client, edna, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = try_password(client, RIGHT).cookies[COOKIE]
    assert (cookie["path"], cookie["samesite"]) == (DOOR, "Lax")
    assert cookie["secure"]
    assert cookie["httponly"]
    assert COOKIE not in try_password(client, WRONG).cookies
    assert COOKIE not in client.get(DOOR).cookies


def test_one_address_cannot_try_one_password_on_many_names(client, edna):
    statuses = [try_password(client, name=f"name{number}").status_code for number in range(LIMITS[ADDRESS] + 1)]
    assert statuses[-1] == 429
    assert statuses.count(200) == LIMITS[ADDRESS] - 1
    assert try_password(client, RIGHT).status_code == 429
    assert try_password(client, RIGHT, address="198.51.100.7").status_code == 302


def test_an_account_of_his_own_does_not_help_who_tries_many_names(client, edna):
    make_user("mallory", "writer")
    for number in range(LIMITS[ADDRESS] + 1):
        try_password(Client(), name=f"name{number}")
        if number % 10 == 5:
            try_password(Client(), RIGHT, "mallory")
    assert try_password(Client(), name="edna").status_code == 429


def test_many_addresses_cannot_guess_the_password_of_one_name(edna):
    statuses = [try_password(Client(), address=f"198.51.100.{n}").status_code for n in range(LIMITS[NAME] + 1)]
    assert (statuses.count(200), statuses[-1]) == (LIMITS[NAME] - 1, 429)
    assert try_password(Client(), RIGHT, address="203.0.113.5").status_code == 429


def test_another_browser_name_is_not_another_guesser(client, edna, settings):
    for number in range(settings.AXES_FAILURE_LIMIT):
        try_password(client, **{"user-agent": f"browser {number}"})
    assert try_password(client, RIGHT).status_code == 429


def test_a_name_that_does_not_exist_is_answered_in_the_same_way(client, edna, settings):
    def answers(name):
        found = [try_password(Client(), name=name, address="192.0.2.77") for _number in range(12)]
        return [(answer.status_code, sorted(answer.headers)) for answer in found]

    known = answers("edna")
    AccessAttempt.objects.all().delete()
    assert answers("nobody") == known


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "counted"),
    [
        (0, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "1.1.1.1, 2.2.2.2,203.0.113.9 ", "10.0.0.1", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.2", "10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "203.0.113.9:4711", "10.0.0.1", "203.0.113.9"),
        (1, "[2001:db8:1:2:3:4:5:6]:4711", "10.0.0.1", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff:ffff:ffff:ffff", "10.0.0.1", "2001:db8:1:2::"),
        (1, "::ffff:203.0.113.9", "10.0.0.1", "203.0.113.9"),
        (1, "fe80::1%eth0", "10.0.0.1", "fe80::"),
        (1, "unknown", "10.0.0.1", "10.0.0.1"),
        (1, "1" * 9000, "::1", "::"),
        (0, "", "", None),
    ],
)
def test_the_address_is_the_one_that_the_trusted_proxies_saw(settings, proxies, forwarded, peer, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().post(DOOR, headers={"x-forwarded-for": forwarded}, REMOTE_ADDR=peer)
    assert client_address(request) == counted


def test_behind_a_proxy_a_guesser_locks_out_no_other_address(client, edna, settings):
    settings.TRUSTED_PROXIES = 1
    assert guess(client, 11, **{"x-forwarded-for": "198.51.100.7"}) == 429
    assert guess(client, 1, **{"x-forwarded-for": "9.9.9.9, 198.51.100.7"}) == 429
    assert try_password(client, RIGHT, **{"x-forwarded-for": "198.51.100.7, 203.0.113.9"}).status_code == 302


def test_neighbours_in_one_network_of_ipv6_are_one_guesser(client, edna):
    statuses = [try_password(client, address=f"2001:db8::{number:x}").status_code for number in range(1, 12)]
    assert statuses[-1] == 429


def change_password(client, old):
    page = client.get(PASSWORD_CHANGE)
    return press(client, page, "", old_password=old, new_password1="river and rain", new_password2="river and rain")


def test_the_old_password_is_guessed_no_faster_on_the_page_for_a_new_one(client, settings, edna):
    """By somebody who found the session open; what is no guess counts nothing."""
    client.force_login(edna)
    for _number in range(2 * settings.AXES_FAILURE_LIMIT):
        assert press(client, client.get(PASSWORD_CHANGE), "", old_password="", new_password1="x").status_code == 200
    wrong = [change_password(client, WRONG).status_code for _number in range(settings.AXES_FAILURE_LIMIT)]
    assert wrong == [*[200] * (settings.AXES_FAILURE_LIMIT - 1), 429]
    assert change_password(client, RIGHT).status_code == 429
    edna.refresh_from_db()
    assert edna.check_password(RIGHT)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        client.force_login(edna)
        assert change_password(client, RIGHT).status_code == 302
