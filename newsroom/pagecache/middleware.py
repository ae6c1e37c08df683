"""The middleware of the page cache: which requests are answered with stored pages, and who renders the others."""

import threading

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.urls import reverse

from contacts import public_pages
from newsroom.cluster import replica
from newsroom.pagecache.siteversion import watch

from .keys import is_for_all, page_request
from .store import PageStore
from .stored_page import StoredPage, may_be_stored
from .wsgi import REMEMBER

LONGEST_WAIT = 3  # seconds for another request that renders the same page


class PageCache:
    def __init__(self, get_response):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = PageStore(settings.PAGE_CACHE)
        self.rendering = Rendering()
        personal = (reverse(name, args=["x"]).removesuffix("x/") for name in ("review", "press"))
        self.skipped = (settings.STATIC_URL, settings.MEDIA_URL, reverse("admin:index"), *personal)

    def __call__(self, request):
        wanted = page_request(request, self.skipped)
        if wanted is None:
            return _unshared(self.get_response(request))
        request.page_cache = "hit"  # for /metrics, unless it has to be rendered
        watch.refresh()
        page = self.store.get(wanted.key)
        if page is not None and page.is_current(watch.version):
            if not page.is_shared:
                return self._unshared_answer(request)
            # Not for other spellings of the same address: there is no end of those.
            is_plain = not wanted.language and request.META.get("QUERY_STRING", "") == wanted.query
            if is_plain and REMEMBER in request.META:
                request.META[REMEMBER](self.store, wanted.key)
            return page.answer(request.META)
        if watch.version is None:  # the database has never answered
            return self._unshared_answer(request)
        return self._fresh(request, wanted, page)

    def _fresh(self, request, wanted, previous):
        """One request renders the page; the others get the previous copy, or else wait a little."""
        rendered = self.rendering.begin(wanted.key)
        if rendered is None:
            try:
                return self._render_first(request, wanted)
            finally:
                self.rendering.end(wanted.key)
        if previous is not None and previous.is_recent():
            return previous.unshared_answer(request.META)
        rendered.wait(LONGEST_WAIT)
        page = self.store.get(wanted.key)
        if page is not None and page.is_shared and page.is_current(watch.version):
            return page.answer(request.META)
        return self._unshared_answer(request)

    def _render_first(self, request, wanted):
        # Another request may have rendered it since we looked.
        previous = self.store.get(wanted.key)
        if previous is not None and previous.is_shared and previous.is_current(watch.version):
            return previous.answer(request.META)
        return self._render(request, wanted, previous)

    def _render(self, request, wanted, previous):
        # Read before the page is rendered: what is published meanwhile makes it out of date.
        version, until = watch.version, watch.next_change
        method = request.method
        wanted.apply(request)
        response = self._answer(request, version)
        # A server that drops the body of an answer to HEAD looks into the environment.
        request.META["REQUEST_METHOD"] = request.method = method
        if response.status_code >= 500:
            replaceable = previous is not None and previous.may_replace_an_error(version)
            return previous.unshared_answer(request.META) if replaceable else _unshared(response)
        if not public_pages.may_store():
            return response
        if not may_be_stored(response, wanted):
            self.store.put(wanted.key, StoredPage(wanted.key, version, until))
            return _unshared(response)
        page = StoredPage(wanted.key, version, until, response, previous)
        self.store.put(wanted.key, page)
        return page.answer(request.META)

    def _unshared_answer(self, request):
        return _unshared(self._answer(request))

    def _answer(self, request, version=None):
        """A page for all is read from a replica that has all of this site version, others from the primary."""
        request.page_cache = "miss"
        public_pages.begin_page()
        with replica.read_for(version if is_for_all(request) else None) as is_read:
            response = self.get_response(request)
        if is_read and response.status_code >= 500:
            again = self._answer(request)
            if again.status_code < 500:
                replica.leave_alone(f"{request.path} was answered with {response.status_code}")
            return again
        if not public_pages.may_store():
            response["Cache-Control"] = "no-store"
        return response


def _unshared(response):
    """Without this header, caches in front may keep an answer for as long as they like."""
    response.headers.setdefault("Cache-Control", "no-store" if response.status_code >= 400 else "no-cache")
    return response


class Rendering:
    """The pages that are being rendered just now, so that each is rendered by one request only."""

    def __init__(self):
        self._lock = threading.Lock()
        self._events = {}

    def begin(self, key):
        """None for the request that has to render the page; for the others an event to wait for."""
        with self._lock:
            if key in self._events:
                return self._events[key]
            self._events[key] = threading.Event()
            return None

    def end(self, key):
        with self._lock:
            self._events.pop(key).set()
