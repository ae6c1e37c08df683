"""How often one client may ask the API, by its IP address, and the headers that say so.

Only answers that are made anew count: what the page cache has costs next to nothing, and is the same for everybody.
So the header `RateLimit`, which is about one client, is no part of a stored page: `newsroom.middleware.outermost` adds
it to the answer to the request that was counted. (draft-ietf-httpapi-ratelimit-headers)
"""

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

from contacts.visitors.addresses import client_address

WINDOW = 60  # seconds


def policy():
    """The header RateLimit-Policy."""
    return f'"uncached";q={settings.API_PER_MINUTE};w={WINDOW}'


class PerAddress(BaseThrottle):
    """A number of requests in each minute of the clock. Each process counts by itself, unless CACHE_URL names Redis."""

    def allow_request(self, request, view):
        limit = settings.API_PER_MINUTE
        if not limit:
            return True
        now = time.time()
        window, passed = divmod(now, WINDOW)
        self._left = max(1, int(WINDOW - passed))
        key = f"newsroom:api:{client_address(request) or ''}:{int(window)}"
        cache.add(key, 0, timeout=2 * WINDOW)
        try:
            number = cache.incr(key)
        except ValueError:  # it was dropped meanwhile
            number = 1
        remaining = max(0, limit - number)
        request._request.rate_limit = f'"uncached";r={remaining};t={self._left}'
        return number <= limit

    def wait(self):
        return self._left
