"""Errors are reported to a Sentry-compatible service, without anything that is personal or not public."""

import io
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import brotli
import pytest
import sentry_sdk
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections

from newsroom.serving import reporting

pytestmark = pytest.mark.one_database


def fail(*args):
    raise ValueError("from walt@example.org")


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "br":
            body = brotli.decompress(body)
        self.server.bodies.append(body.decode())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver(settings):
    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.bodies = []
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        settings.SENTRY_DSN = f"http://key@127.0.0.1:{server.server_port}/1"
        reporting.start(keep_alive=False)
        yield server
        sentry_sdk.get_client().close(timeout=2)
        sentry_sdk.get_global_scope().set_client(None)
        server.shutdown()


def post(path, query, body):
    """As a server asks: sentry-sdk does not see the requests of Django's test client. The answer's headers."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "198.51.100.23",
        "HTTP_COOKIE": "sessionid=a-secret-session",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    told = []
    answer = WSGIHandler()(environ, lambda status, headers, *error: told.append(dict(headers)))
    list(answer)
    return told[0]


def test_an_error_is_reported_without_persons_and_texts(db, receiver, monkeypatch):
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", fail)
    request_started.disconnect(close_old_connections)
    headers = post("/admin/login/", "next=/secret-query/", b"username=walt&password=hidden-word")
    request_started.connect(close_old_connections)
    sentry_sdk.flush(timeout=5)
    events = [body for body in receiver.bodies if '"type":"event"' in body.replace(" ", "")]
    event = json.loads(events[0].splitlines()[2])
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("ValueError", "from …@example.org")
    assert event["request"] == {"method": "POST", "url": "http://testserver/admin/login/"}
    assert event["tags"]["request_id"] == headers["X-Request-Id"]
    for hidden in ("username=", "hidden-word", "secret-session", "secret-query", "198.51.100.23", '"vars"', "SELECT"):
        assert all(hidden not in body for body in receiver.bodies), hidden


def test_without_an_address_nothing_is_reported(settings, monkeypatch):
    settings.SENTRY_DSN = ""
    monkeypatch.setattr(sentry_sdk, "init", lambda **options: 1 / 0)
    reporting.start()
