"""The production server: refuses in one line, shares what is published, answers what it has begun."""

import http.client
import signal
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

from newsroom.management.commands import serve
from tests.cast import make_ready_article, make_user
from tests.newsroom.servers import serving, wait_for


@pytest.fixture
def sound(db, settings, tmp_path, monkeypatch):
    """A site that may start; what would be started is noted instead."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.DEBUG, settings.SECRET_KEY = False, "Kq3Zt9vX1bN7mL5pR8sW2yD4fG6hJ0cAeUiOoPkTnBrVxMzQlSdYw"
    settings.STATIC_ROOT = settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["news.example.org"]
    settings.SILENCED_SYSTEM_CHECKS = ["async.E001"]  # the browser tests of the same run set what it warns of
    started = []
    monkeypatch.setattr("os.execv", lambda program, arguments: started.append(arguments))
    return started


def refusal():
    with pytest.raises(CommandError) as refused:
        call_command("serve")
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_sound_site_starts_with_bounded_connections(sound, capsys):
    call_command("serve", port=8080, workers=3, threads=2)
    (arguments,) = sound
    assert {"--workers=3", "--threads=2", "--port=8080"} <= set(arguments)
    assert "At most 6 database connections" in capsys.readouterr().out


def test_development_is_refused(sound, settings):
    settings.DEBUG = True
    assert "SECRET_KEY" in refusal()


def test_missing_static_files_are_refused(sound, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "empty"
    assert "collectstatic" in refusal()


def test_pending_migrations_are_refused(sound, monkeypatch):
    monkeypatch.setattr(serve, "pending_migrations", lambda: 2)
    assert refusal() == "2 migrations are pending: run manage.py migrate."


def test_a_database_that_is_away_is_refused(sound, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(serve, "pending_migrations", refuse)
    assert "database does not answer" in refusal()


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, response.headers, body


def shown_within(seconds, port, words):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if words in ask(port, "/en/")[2]:
            return True
        time.sleep(0.02)
    return False


def test_what_one_process_publishes_the_other_shows_soon(transactional_db):
    article = make_ready_article(headline="Out now")
    article.state = "in_review"
    article.save()
    client = Client()
    client.force_login(make_user("aziz", "approver"))
    token = "t" * 32
    signed_in = {
        "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
        "X-CSRFToken": token,
        "Content-Length": "0",
    }
    with serving() as (one, _), serving() as (other, _):
        for port in (one, other):
            wait_for(port)
            for _ in range(3):  # rendered, from the cache, and then before Django
                status, headers, page = ask(port, "/en/")
                assert (status, headers["Cache-Control"][:6]) == (200, "public")
                assert b"Out now" not in page
        status, _, _ = ask(one, f"/admin/articles/article/{article.pk}/move/publish/", "POST", **signed_in)
        assert status == 302
        assert b"Out now" in ask(one, "/en/")[2]
        assert shown_within(20, other, b"Out now")
        kept = ask(other, "/en/")
        assert ask(other, "/en/", **{"If-None-Match": kept[1]["ETag"]})[0] == 304
        assert ask(other, "/en/", "HEAD")[1]["Content-Length"] == str(len(kept[2]))
        assert ask(other, "/en/", Host="evil.example")[0] == 400


def test_a_request_that_is_under_way_is_answered_before_the_server_stops():
    with serving("tests.newsroom.slow:application") as (port, process):
        wait_for(port)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/")
        answer = connection.getresponse()
        process.send_signal(signal.SIGTERM)
        assert (answer.status, answer.read()) == (200, b"begun, done")
        connection.close()
        assert process.wait(60) == 0
