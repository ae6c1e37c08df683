"""A site with its page cache, whose renders are counted."""

import threading
import time
from collections import Counter

from django.conf import settings
from django.test import Client

from newsroom.pagecache import siteversion

MIDDLEWARE = "newsroom.pagecache.middleware.PageCache"


class CountRenders:
    """The middleware just inside of the cache."""

    seen = Counter()
    before = staticmethod(lambda request: None)  # a test may let a render wait here
    _lock = threading.Lock()

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with self._lock:
            type(self).seen[request.path] += 1
        type(self).before(request)
        return self.get_response(request)


def middleware():
    own = [*settings.MIDDLEWARE]
    at = own.index("newsroom.middleware.outermost") + 1
    return [*own[:at], MIDDLEWARE, f"{__name__}.CountRenders", *own[at:]]


class Clock:
    """Both of a machine's clocks, moved together."""

    def __init__(self, wall, monkeypatch):
        self.wall, self.shifted, real = wall, 0, time.monotonic
        monkeypatch.setattr(time, "monotonic", lambda: started + self.shifted)
        started = real()

    def shift(self, seconds):
        self.shifted += seconds
        self.wall.shift(seconds)


class Site:
    """What a reader and a test do to it."""

    def __init__(self):
        self.client = Client()

    def get(self, path, **headers):
        return self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    @property
    def renders(self):
        return sum(CountRenders.seen.values())

    def publish(self):
        """As after a commit: the tests' own transaction never has one."""
        siteversion._bump()
