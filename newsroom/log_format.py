"""Log lines that nobody outside can forge: one record is one line, and what follows it is indented."""

import copy
import logging

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation

# What a visitor did. The line says all of it; where in the code it was refused helps nobody.
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
