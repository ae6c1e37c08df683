"""What a visitor sends cannot pretend to be a line of the log."""

import logging
import sys

import pytest
from django.core.exceptions import DisallowedHost, PermissionDenied

from newsroom.serving.log_format import OneLineFormatter

pytestmark = pytest.mark.one_database


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
