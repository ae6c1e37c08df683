"""A record of the log as one line of JSON. The server's own process uses it, too, which must not import the site."""

import json
import logging
from datetime import UTC, datetime


class JSONLines(logging.Formatter):
    """time (RFC 3339), level, logger, message, thread and process, and what `more` adds to them."""

    def format(self, record):
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        found = {
            "time": at.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "thread": record.threadName,
            "process": record.process,
        }
        return json.dumps(found | self.more(record), ensure_ascii=False)

    def more(self, record):
        """{name: value}; a name that is there already is replaced."""
        return {"traceback": self.formatException(record.exc_info)} if record.exc_info else {}
