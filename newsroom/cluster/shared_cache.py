"""Redis as the cache that all processes share (CACHE_URL). While it is away, limits count nothing and nobody waits."""

import logging
import time

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

SECONDS = 1.0  # that one may wait for Redis
PAUSE = 5.0  # seconds in which it is not asked again


class SharedCache(RedisCache):
    """`add` and `incr`, by which `contacts.visitors.limits` and `articles.api.throttle` count, never fail.

    Reading and writing do: the page cache keeps the site version that it knows.
    """

    def __init__(self, server, params):
        once = Retry(NoBackoff(), 0)
        options = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "retry": once}
        super().__init__(server, params | {"OPTIONS": options | params.get("OPTIONS", {})})

    _next_attempt = float("-inf")  # for all threads of a process

    def add(self, *args, **kwargs):
        return self._counted(super().add, True, *args, **kwargs)

    def incr(self, *args, **kwargs):
        """The new number. ValueError if there was none, also while Redis is away."""
        number = self._counted(super().incr, None, *args, **kwargs)
        if number is None:
            raise ValueError("Redis does not answer.")
        return number

    def _counted(self, command, otherwise, *args, **kwargs):
        if time.monotonic() < SharedCache._next_attempt:
            return otherwise
        try:
            return command(*args, **kwargs)
        except RedisError as error:
            SharedCache._next_attempt = time.monotonic() + PAUSE
            logger.warning("Redis does not answer, limits count nothing for %d s: %s", PAUSE, type(error).__name__)
            return otherwise
