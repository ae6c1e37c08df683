"""Log lines that nobody outside can forge: one record is one line, and what follows it is indented."""

import logging


class OneLine(logging.Formatter):
    def formatMessage(self, record):
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, exc_info):
        return "    " + super().formatException(exc_info).replace("\r", "\\r").replace("\n", "\n    ")
