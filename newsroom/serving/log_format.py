"""The format of log lines: one line for each record, tracebacks indented, so that no visitor can forge a line."""

import copy
import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation

# Requests that were refused because of what the visitor sent: logged without a traceback.
REFUSED = (BadRequest, PermissionDenied, SuspiciousOperation)


class OneLineFormatter(logging.Formatter):
    def format(self, record):
        if record.exc_info and isinstance(record.exc_info[1], REFUSED):
            record = copy.copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)

    def formatMessage(self, record):
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\r", "\\r").replace("\n", "\n    ")
