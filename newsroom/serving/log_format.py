"""The two formats of the log (LOG_FORMAT): lines for people, and JSON for programs that collect logs.

One record is one line, or a line and its indented traceback, so that no visitor can forge a line. Neither holds what
`redact` leaves out.
"""

import copy
import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import HttpRequest

from . import request_id
from .json_lines import JSONLines

# Requests that were refused because of what the visitor sent: logged without a traceback.
REFUSED = (BadRequest, PermissionDenied, SuspiciousOperation)


def _without_refusal(record):
    if record.exc_info and isinstance(record.exc_info[1], REFUSED):
        record = copy.copy(record)
        record.exc_info = record.exc_text = None
    return record


class OneLineFormatter(logging.Formatter):
    def format(self, record):
        from .redact import redacted  # needs Django's settings, which set up the log

        line = redacted(super().format(_without_refusal(record)))
        found = request_id.current()
        if not found:
            return line
        first, *rest = line.split("\n")
        return "\n".join([f"{first} [{found}]", *rest])

    def formatMessage(self, record):
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\r", "\\r").replace("\n", "\n    ")


class JSONFormatter(JSONLines):
    """With the request's id and, of records about a request, its method, path, status and the client's network."""

    def format(self, record):
        return super().format(_without_refusal(record))

    def more(self, record):
        from .redact import redacted

        found = {"message": redacted(record.getMessage())}
        if known := request_id.current():
            found["request_id"] = known
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            found |= _about(request)
        for key, name in (("status", "status_code"), ("milliseconds", "milliseconds")):
            if value := getattr(record, name, None):
                found[key] = value
        if record.exc_info:
            found["error"] = type(record.exc_info[1]).__name__
            found["traceback"] = redacted(self.formatException(record.exc_info))
        return found


def _about(request):
    from contacts.visitors.addresses import network

    from .redact import redacted

    return {"method": request.method, "path": redacted(request.path), "network": network(request)}
