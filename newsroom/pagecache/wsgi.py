"""Answers from the page cache before Django makes a request of it: 0.003 ms instead of 0.05 ms by the middleware.

Only the middleware decides which page a request is for. It remembers its decision here, under everything in the
WSGI environment that it depends on; the next request that is the same in all of this is for the same page.
"""

from functools import partial

from django.conf import settings

from newsroom.metrics import counters
from newsroom.pagecache.siteversion import watch

REMEMBER = "newsroom.pagecache.remember"  # in the environment: the function that the middleware calls
MOST_REMEMBERED = 2048
UNKNOWN = None, None, 0


class PageCacheApplication:
    """A WSGI application around Django's."""

    def __init__(self, application):
        self.application = application
        self._pages = {}  # {values of the environment: (store, key, where it is counted)}
        self._counters = counters.counters()
        self._names = (
            *("PATH_INFO", "QUERY_STRING", "SCRIPT_NAME", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme"),
            *(settings.SECURE_PROXY_SSL_HEADER or ())[:1],
            *(["HTTP_X_FORWARDED_HOST"] if settings.USE_X_FORWARDED_HOST else []),
        )

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return self.application(environ, start_response)
        values = tuple(map(environ.get, self._names))
        page, place = self._page(values)
        if page is None:
            environ[REMEMBER] = partial(self._remember, values)
            return self.application(environ, start_response)
        status, headers, body = page.wsgi_answer(environ)
        if self._counters:
            self._counters.add(place, status)
        start_response(status, headers)
        return [body]

    def _page(self, values):
        """(the stored page while it is current, where it is counted). The site version is read by requests that Django
        handles alone.
        """
        store, key, place = self._pages.get(values, UNKNOWN)
        if store is None or watch.is_old():
            return None, 0
        page = store.get(key)
        is_current = page is not None and page.is_shared and page.is_current(watch.version)
        return page if is_current else None, place

    def _remember(self, values, store, key):
        if len(self._pages) >= MOST_REMEMBERED:
            self._pages.clear()
        place = self._counters.place(values[0], "hit") if self._counters else 0
        self._pages[values] = store, key, place
