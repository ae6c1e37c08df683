"""`manage.py doctor` asks each server that the site needs, and says which does not answer, why, and what to do."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest
from django.db import OperationalError, ProgrammingError, connection, connections

from newsroom import env
from newsroom.doctor import configuration, database, run
from tests.postgres import free_port

pytestmark = pytest.mark.django_db


def found(name):
    """The findings of this check, as run with all."""
    (check,) = (check for check in run.CHECKS if check.name == name)
    return [(finding.what, finding.sentence, finding.remedy) for finding in run.run([check])[0].findings]


@contextmanager
def server(*lines):
    """A port on which each connection gets these lines, one after each that it sends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer():
            client, _address = listening.accept()
            with client:
                for line in lines:
                    client.sendall(line)
                    client.recv(1000)

        threading.Thread(target=answer, daemon=True).start()
        yield listening.getsockname()[1]


def use_mail(settings, url):
    for name, value in env.email(url).items():
        setattr(settings, name, value)


def test_a_mail_server_that_is_away_or_refuses_the_password(settings):
    use_mail(settings, f"smtp://127.0.0.1:{free_port()}")
    ((what, sentence, _remedy),) = found("mail server")
    assert (what, "does not answer (Connection refused): mails wait." in sentence) == ("away", True)
    with server(b"220 ready\r\n", b"250-here\r\n250 AUTH PLAIN\r\n", b"535 no\r\n", b"535 no\r\n") as port:
        use_mail(settings, f"smtp://user:wrong@127.0.0.1:{port}")
        ((_what, sentence, remedy),) = found("mail server")
    assert "answers 535" in sentence
    assert "password" in remedy


def test_a_mail_server_that_answers(settings):
    with server(b"220 ready\r\n", b"250 here\r\n", b"221 bye\r\n") as port:
        use_mail(settings, f"smtp://127.0.0.1:{port}")
        assert found("mail server") == []


def test_a_cache_in_front_that_is_away_or_refuses(settings, monkeypatch):
    monkeypatch.setenv("PURGE_URL", f"varnish://127.0.0.1:{free_port()}")
    settings.PURGE = env.caches_in_front("PURGE_URL")
    assert "Connection refused" in found("caches in front")[0][1]
    with server(b"", b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n") as port:
        monkeypatch.setenv("PURGE_URL", f"varnish://127.0.0.1:{port}")
        settings.PURGE = env.caches_in_front("PURGE_URL")
        assert "it answers 403" in found("caches in front")[0][1]


def test_an_object_storage_that_is_away(settings, monkeypatch):
    def refuse():
        raise OSError(5, "the object storage does not answer")

    settings.MEDIA_STORAGE = {"bucket_name": "news"}
    monkeypatch.setattr("newsroom.doctor.storage.default_storage", SimpleNamespace(look=refuse))
    ((what, sentence, _remedy),) = found("media files")
    assert (what, sentence) == (
        "away",
        "Pictures and files cannot be stored or shown: the object storage does not answer.",
    )


def test_the_reason_why_a_database_does_not_answer_is_told(monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError('connection failed: FATAL:  password authentication failed for user "news"\nmore')

    monkeypatch.setattr(type(connections["default"]), "cursor", refuse)
    sentence = 'The database does not answer: FATAL:  password authentication failed for user "news".'
    assert found("database")[0][1] == sentence


def test_a_database_that_can_only_be_read():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        assert found("database")[0][0] == "read only"
    else:
        assert found("database") == []


def test_without_migrations_only_these_are_told_and_not_each_table_that_lacks(monkeypatch):
    def refuse():
        raise ProgrammingError("no such table")

    monkeypatch.setattr(database, "pending_migrations", lambda: 3)
    checks = [run.Check("migrations", database.migrations), run.Check("mails", refuse)]
    migrations, mails = run.run(checks)
    assert (migrations.is_wrong, mails.is_wrong, mails.is_known) == (True, False, False)
    monkeypatch.setattr(database, "pending_migrations", lambda: 0)
    assert run.run(checks)[1].is_wrong


class Refusing(BaseHTTPRequestHandler):
    """Answers every request with `server.status`; a redirect leads to itself."""

    def do_GET(self):
        self.send_response(self.server.status)
        self.send_header("Location", f"http://{self.headers['Host']}{self.path}")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (301, "X-Forwarded-Proto"),
        (400, "ALLOWED_HOSTS"),
        (502, "manage.py serve"),
        (503, "manage.py serve"),
        (500, "certificate"),
    ],
)
def test_a_base_url_that_answers_with_an_error_has_the_remedy_of_that_error(settings, status, remedy):
    with HTTPServer(("127.0.0.1", 0), Refusing) as site:
        site.status = status
        settings.NEWSROOM_BASE_URL = f"http://127.0.0.1:{site.server_port}"
        threading.Thread(target=site.serve_forever, args=[0.01], daemon=True).start()
        (finding,) = configuration.base_url_leads_here()
        site.shutdown()
    assert finding.what == "away"
    assert remedy in finding.remedy
