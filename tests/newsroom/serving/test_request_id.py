"""Each request has an id: in its answer and in every line of the log about it, errors and slow queries included."""

import json
import logging
import sys

import pytest
from django.db import connection

from newsroom.serving import request_id, slow_queries
from newsroom.serving.log_format import JSONFormatter, OneLineFormatter
from newsroom.serving.redact import redacted

pytestmark = pytest.mark.one_database


@pytest.fixture
def lines(request):
    """What a handler with the format JSON writes, as objects."""
    found = []

    class Keep(logging.Handler):
        def emit(self, record):
            found.append(json.loads(JSONFormatter().format(record)))

    handler = Keep()
    logging.getLogger().addHandler(handler)
    yield found
    logging.getLogger().removeHandler(handler)
    request_id.end()


def test_the_log_says_what_became_of_a_request_and_cuts_the_address(client, db, settings, lines):
    settings.TRUSTED_PROXIES, given = 1, "given-by-the-proxy"
    client.get("/en/nowhere/", HTTP_X_REQUEST_ID=given, HTTP_X_FORWARDED_FOR="203.0.113.77")
    (line,) = (line for line in lines if line["logger"] == "django.request")
    assert line["request_id"] == given
    assert (line["level"], line["message"], line["status"]) == ("WARNING", "Not Found: /en/nowhere/", 404)
    assert (line["method"], line["path"], line["network"]) == ("GET", "/en/nowhere/", "203.0.113.0/24")
    assert line["time"].endswith("Z")
    assert "203.0.113.77" not in json.dumps(line)


def test_an_error_has_the_id_and_its_traceback(client, db, lines, monkeypatch):
    def fail(*args):
        raise ValueError("Walt <walt@example.org> at 203.0.113.77\nERROR forged")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_response", fail)
    client.raise_request_exception = False
    response = client.get("/admin/login/")
    (line,) = (line for line in lines if line["level"] == "ERROR")
    assert (response.status_code, line["request_id"], line["error"]) == (500, response["X-Request-Id"], "ValueError")
    assert "…@example.org> at 203.0.113.0/24\nERROR forged" in line["traceback"]


def test_only_a_trusted_proxy_gives_an_id(client, db, settings):
    given = "proxy-0001.a/b=+:"
    assert client.get("/healthz", HTTP_X_REQUEST_ID=given)["X-Request-Id"] != given
    settings.TRUSTED_PROXIES = 1
    assert client.get("/healthz", HTTP_X_REQUEST_ID=given)["X-Request-Id"] == given
    for odd in ("short", "x" * 129, "with space in it", "forged\r\nline"):
        assert client.get("/healthz", HTTP_X_REQUEST_ID=odd)["X-Request-Id"] != odd


def test_what_caches_give_to_many_has_no_id_nor_has_what_is_not_there(cached):
    assert "X-Request-Id" not in cached.get("/review/a-link-that-never-was/")
    assert "X-Request-Id" not in cached.get("/en/")
    assert "X-Request-Id" in cached.get("/admin/login/")


def test_a_slow_query_is_logged_without_its_values(db, settings, lines, monkeypatch):
    settings.LOG_SLOW_QUERIES = 1
    clock = iter([0, 0.25])
    monkeypatch.setattr(slow_queries.time, "perf_counter", lambda: next(clock))
    request_id.begin({})
    with connection.execute_wrapper(slow_queries.timed), connection.cursor() as cursor:
        cursor.execute("SELECT %s,\n 2", ["secret"])
    (line,) = lines
    assert (line["message"], line["milliseconds"]) == ("A query took 250 ms: SELECT %s, 2", 250)
    assert line["request_id"] == request_id.current() != ""


def test_a_visitor_forges_no_line_in_json():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "Not Found: %s", ('/x\r\n{"level": "ERROR"}',), None
    )
    line = JSONFormatter().format(record)
    assert ("\n" in line, "\r" in line) == (False, False)
    assert json.loads(line)["message"] == 'Not Found: /x\r\n{"level": "ERROR"}'


def test_the_format_for_people_has_the_id_in_its_first_line():
    request_id.begin({})
    try:
        raise ValueError
    except ValueError:
        record = logging.LogRecord("articles", logging.ERROR, "", 0, "Failed", (), sys.exc_info())
    first, *rest = OneLineFormatter("%(message)s").format(record).split("\n")
    assert first == f"Failed [{request_id.current()}]"
    assert all(line.startswith("    ") for line in rest)
    request_id.end()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("from 203.0.113.77:443, 10.20.30.40.", "from 203.0.113.0/24:443, 10.20.30.0/24."),
        ("2001:db8:1:2:3:4:5:6 and 2001:db8::1", "2001:db8:1::/48 and 2001:db8::/48"),
        ("at 12:30:05 of version 1.2.3, 127.0.0.1", "at 12:30:05 of version 1.2.3, 127.0.0.1"),
        ("Key (email)=(o'neill.x@mail.example.org)", "Key (email)=(…@mail.example.org)"),
        ("/en/alerts/manage/AbCdEfGhIjKlMnOp:12/", "/en/alerts/manage/AbCd…/"),
    ],
)
def test_addresses_of_people_are_cut(told, kept):
    assert redacted(told) == kept
