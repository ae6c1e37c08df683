"""What a visitor sends cannot pretend to be a line of the log."""

import logging
import sys

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.urls import get_resolver, reverse

from articles.mail import links
from newsroom.serving import request_id
from newsroom.serving.log_format import OneLineFormatter
from newsroom.serving.redact import redacted

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _outside_of_requests():
    """Other tests of the process have made some."""
    request_id.end()


def line(message, *args, exc_info=None):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, exc_info)
    return OneLineFormatter("%(levelname)s %(name)s: %(message)s").format(record)


def test_line_breaks_of_a_message_are_escaped():
    assert line("Not Found: %s", "/x\r\nERROR forged") == "WARNING django.request: Not Found: /x\\r\\nERROR forged"


def test_a_traceback_is_indented_to_the_last_line():
    try:
        raise ValueError("one\nERROR forged")
    except ValueError:
        first, *rest = line("Failed", exc_info=sys.exc_info()).splitlines()
    assert first == "WARNING django.request: Failed"
    assert rest
    assert all(part.startswith("    ") for part in rest)


@pytest.mark.parametrize("refusal", [DisallowedHost, PermissionDenied])
def test_what_a_visitor_may_not_do_is_one_line(refusal):
    try:
        raise refusal("evil.example")
    except refusal:
        assert line("Refused: evil.example", exc_info=sys.exc_info()) == "WARNING django.request: Refused: evil.example"


def test_tokens_of_personal_links_are_left_out():
    token = "AHhBytcMS7-WT_hVaSusZVyOog6LYbRdvpGbdN-QyoM"
    told = line("Too Many Requests: %s", f"/press/{token}/media/x, /review/{token}/, /en/press/")
    assert told.endswith(": /press/AHhB…/media/x, /review/AHhB…/, /en/press/")


def test_every_address_with_a_token_is_cut():
    token = links.token(links.PRESS_END, "AbCdEfGhIjKlMnOpQrSt", 12, 345)
    paths = list(with_token(get_resolver().url_patterns, token))
    assert len(paths) > 10
    for path in paths:
        told = redacted(f"Service Unavailable: {path}")
        assert (token[:4] in told, token[4:] in told, token[-9:] in told) == (True, False, False), path


def with_token(patterns, token, namespace=""):
    """An address of each view that takes a token."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from with_token(
                pattern.url_patterns, token, f"{pattern.namespace}:" if pattern.namespace else namespace
            )
        elif "token" in pattern.pattern.converters:
            others = {"pk": 1, "language": "en", "name": "x.jpg", "uidb64": "Mg"}
            given = {name: others.get(name, token) for name in pattern.pattern.converters}
            yield reverse(namespace + pattern.name, kwargs=given)
