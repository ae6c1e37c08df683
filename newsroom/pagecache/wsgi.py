"""In front of Django: gives again what the middleware has given, before Django makes a request of it.

What a request asks for is decided in the middleware only. It leaves a note of that here, by all that the
decision has looked at; a request that is the same in all of it asks for the same page.
"""

from functools import partial

from django.conf import settings

from newsroom.siteversion import watch

NOTE = "newsroom.pagecache.note"
MOST_NOTES = 4096


class Door:
    def __init__(self, application):
        self.application = application
        self._notes = {}
        self._read = (
            *("PATH_INFO", "QUERY_STRING", "SCRIPT_NAME", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "wsgi.url_scheme"),
            *(settings.SECURE_PROXY_SSL_HEADER or ())[:1],
            *(["HTTP_X_FORWARDED_HOST"] if settings.USE_X_FORWARDED_HOST else []),
        )

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in environ:
            return self.application(environ, start_response)
        looked_at = tuple(map(environ.get, self._read))
        page = self._page(looked_at)
        if page is None:
            environ[NOTE] = partial(self._note, looked_at)
            return self.application(environ, start_response)
        status, lines, body = page.lines(environ)
        start_response(status, lines)
        return [body]

    def _page(self, looked_at):
        """The page, while it is current; to look at the version again is left to a request of Django's."""
        shelf, key = self._notes.get(looked_at, (None, None))
        if shelf is None or watch.is_old():
            return None
        page = shelf.get(key)
        return page if page is not None and page.is_shared and page.is_current(watch.version) else None

    def _note(self, looked_at, shelf, key):
        if len(self._notes) >= MOST_NOTES:
            self._notes.clear()
        self._notes[looked_at] = shelf, key
