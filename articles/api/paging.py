"""The pages of the API's lists: each names the next one by its own last row.

So a page far down costs what the first one does, and what is added or taken away meanwhile repeats and hides nothing.
"""

import re
from datetime import UTC, datetime
from urllib.parse import urlencode

from rest_framework.response import Response

from ..listing.index import EPOCH, MICROSECOND, instant
from .base import PublicAPIView
from .problems import Problem

CURSOR, SIZE = "cursor", "page_size"
DEFAULT_SIZE, LARGEST_SIZE = 20, 100
# An instant in microseconds since 1970 and an id; both bounded, so that they are what databases and Python know.
MOMENT_CURSOR = re.compile(r"(-[0-9]{1,16}|[0-9]{1,17})_([0-9]{1,18})")
CODE_CURSOR = re.compile(r"[-a-zA-Z0-9_]{1,80}")


class ListView(PublicAPIView):
    """A list. `page()` returns (the rows of a page, the cursor of the next page or "", how many in all or None)."""

    cursor_pattern = MOMENT_CURSOR
    default_size = DEFAULT_SIZE

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.parameters = cls.parameters | {CURSOR, SIZE}

    def get(self, request):
        fields = self.fields()
        rows, following, count = self.page(self._cursor(), self._size(), fields)
        here = self.absolute(request.path)
        next_page = f"{here}?{urlencode(request.asked | {CURSOR: following})}" if following else None
        results = self.serialized(rows, fields)
        response = Response({"count": count, "next": next_page, "results": results})
        links = {"next": next_page, "alternate": self.page_address()}
        response["Link"] = ", ".join(
            [
                f'<{url}>; rel="{name}"' + ('; type="text/html"' if name == "alternate" else "")
                for name, url in links.items()
                if url
            ]
        )
        if not response["Link"]:
            del response["Link"]
        return response

    def page(self, cursor, size, fields):
        """(rows after the cursor, the cursor that follows or None, how many there are in all); for subclasses."""
        raise NotImplementedError

    def page_address(self):
        """The absolute address of the page that shows the same to people, or ""."""
        return ""

    def _size(self):
        given = self.request.asked.get(SIZE)
        if given is None:
            return self.default_size
        if not re.fullmatch("[0-9]{1,3}", given) or not 1 <= int(given) <= LARGEST_SIZE:
            raise Problem(
                400, "The page cannot have this size.",
                [{"parameter": SIZE, "detail": f"Give a number from 1 to {LARGEST_SIZE}."}],
            )  # fmt: skip
        return int(given)

    def _cursor(self):
        """The groups of the cursor, or None without one."""
        given = self.request.asked.get(CURSOR)
        if given is None:
            return None
        if not (found := self.cursor_pattern.fullmatch(given)):
            raise Problem(400, "The cursor cannot be read.", [{"parameter": CURSOR, "detail": "Use that of “next”."}])
        return found


def moment_cursor(moment, pk):
    return f"{instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))}_{pk}"


def moment_of(cursor) -> tuple[int, datetime, int]:
    """(microseconds since 1970, the same moment, id)"""
    at = int(cursor[1])
    return at, EPOCH + at * MICROSECOND, int(cursor[2])
