"""Counts opened URLs in the memory of a process, by the site that led there. It knows nothing of the reader.

Around everything else, because most pages are answered from the page cache before Django: 0.002 ms a request.
"""

import re
from functools import lru_cache
from threading import Lock

from django.conf import settings

MOST = 20_000  # different addresses and sites that are remembered until they are stored; more are not counted
# What says of itself that it is a program: search engines, monitors, previews of links, libraries.
PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|monitor|preview|fetch|scan|headless|lighthouse|facebookexternal|whatsapp|feed|check|"
    r"^(?:curl|wget|python|java|go-http|okhttp|libwww|ruby|perl|axios|node)",
    re.IGNORECASE,
)


class Counts:
    """{(path, query, referring site): number} since the last `take`."""

    def __init__(self):
        self._lock = Lock()
        self._numbers = {}

    def add(self, key, number=1):
        with self._lock:
            if key in self._numbers or len(self._numbers) < MOST:
                self._numbers[key] = self._numbers.get(key, 0) + number

    def take(self):
        with self._lock:
            taken, self._numbers = self._numbers, {}
        return taken


counts = Counts()


class CountReaders:
    """A WSGI application around another one."""

    def __init__(self, application):
        self.application = application
        self.skipped = (settings.STATIC_URL, "/admin/", "/api/", "/healthz", "/readyz", "/metrics")

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"].startswith(self.skipped):
            return self.application(environ, start_response)

        def count_and_start(status, headers, exc_info=None):
            if status[:3] in ("200", "304") or (status[:3] == "206" and _is_first_part(environ)):
                _count(environ)
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        return self.application(environ, count_and_start)


def _count(environ):
    if "HTTP_SEC_PURPOSE" in environ or is_program(environ.get("HTTP_USER_AGENT", "")):
        return
    site = referring_site(environ.get("HTTP_REFERER", ""))
    own = environ.get("HTTP_HOST", "").partition(":")[0].lower()
    counts.add((environ["PATH_INFO"], environ.get("QUERY_STRING", ""), "" if site == own else site))


def _is_first_part(environ):
    """Whether the answer to a request for a range begins the file: a film is asked for in many pieces."""
    return environ.get("HTTP_RANGE", "").startswith("bytes=0-")


@lru_cache(maxsize=2048)
def is_program(user_agent):
    """Whether the sender says that it is none of a reader's browsers."""
    return not user_agent or PROGRAM.search(user_agent) is not None


@lru_cache(maxsize=2048)
def referring_site(referrer):
    """The host of the page that led here, without "www.", in small letters, or ""; nothing of its path."""
    scheme, _, rest = referrer.partition("://")
    if scheme not in ("http", "https"):
        return ""
    host = re.split(r"[/?#:]", rest.rpartition("@")[2] if "@" in rest.partition("/")[0] else rest, maxsplit=1)[0]
    host = host.lower().removeprefix("www.")
    return host if re.fullmatch(r"[a-z0-9.-]{1,100}", host) else ""
