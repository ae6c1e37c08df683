"""After too many wrong passwords the door says so, in the desk's look and the reader's language."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.cast import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
DOOR = "/admin/login/"


def try_password(client, password="a wrong password", **headers):
    return client.post(DOOR, {"username": "edna", "password": password}, headers=headers)


@pytest.fixture
def locked(client, settings):
    make_user("edna", "editor")
    for _number in range(settings.AXES_FAILURE_LIMIT):
        try_password(client)


def test_it_says_when_to_try_again(client, locked):
    answer = try_password(client, "a long password")
    html = answer.content.decode()
    assert answer.status_code == 429
    assert "<h1>Too many wrong passwords</h1>" in html
    assert "Try again in 15\xa0minutes." in html
    assert "newsroom/css/admin.css" in html
    assert 'id="user-tools"' not in html


def test_it_speaks_the_readers_language(client, locked):
    html = try_password(client, **{"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "محاولات كثيرة" in html


def test_a_wait_of_unknown_length_is_not_told(client, settings, locked):
    settings.AXES_COOLOFF_TIME = None
    html = try_password(client).content.decode()
    assert "Too many wrong passwords" in html
    assert "Try again in" not in html


def test_every_further_try_makes_the_wait_begin_anew(client, locked):
    start = timezone.now()
    for minutes, status in ((10, 429), (20, 429), (36, 302)):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert try_password(client, "a long password").status_code == status
