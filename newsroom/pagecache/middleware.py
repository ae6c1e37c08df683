import threading

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.urls import reverse

from newsroom.siteversion import watch

from .keys import asked
from .store import Shelf
from .stored_page import Page, may_be_stored
from .wsgi import NOTE

PATIENCE = 3  # seconds that a request waits for another one that renders the same page


class PageCache:
    def __init__(self, get_response):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf(settings.PAGE_CACHE)
        self.flights = Flights()
        self.skipped = (settings.STATIC_URL, settings.MEDIA_URL, reverse("admin:index"))

    def __call__(self, request):
        what = asked(request, self.skipped)
        if what is None:
            return self.get_response(request)
        watch.refresh()
        page = self.shelf.get(what.key)
        if page is not None and page.is_current(watch.version):
            if not page.is_shared:
                return self._for_one(request)
            # Not for other spellings of the same question: there is no end of those.
            if NOTE in request.META and not what.language and request.META.get("QUERY_STRING", "") == what.query:
                request.META[NOTE](self.shelf, what.key)
            return page.answer(request.META)
        if watch.version is None:  # the database has never answered
            return self._for_one(request)
        return self._fresh(request, what, page)

    def _fresh(self, request, what, previous):
        """One renders the page; the others have the previous copy, or else wait a little."""
        landed = self.flights.join(what.key)
        if landed is None:
            try:
                return self._lead(request, what)
            finally:
                self.flights.land(what.key)
        if previous is not None and previous.may_stand_in():
            return previous.answer_once(request.META)
        landed.wait(PATIENCE)
        page = self.shelf.get(what.key)
        if page is not None and page.is_shared and page.is_current(watch.version):
            return page.answer(request.META)
        return self._for_one(request)

    def _lead(self, request, what):
        # Another one may have landed since we looked.
        previous = self.shelf.get(what.key)
        if previous is not None and previous.is_shared and previous.is_current(watch.version):
            return previous.answer(request.META)
        return self._render(request, what, previous)

    def _render(self, request, what, previous):
        # Read before the page is: what is published meanwhile makes it an old one.
        version, until = watch.version, watch.next_change
        method = request.method
        what.apply(request)
        response = self.get_response(request)
        # A server that drops the body of a HEAD asks the environment.
        request.META["REQUEST_METHOD"] = request.method = method
        if response.status_code >= 500:
            rescued = previous is not None and previous.helps_in_trouble(version)
            return previous.answer_once(request.META) if rescued else _unshared(response)
        if not may_be_stored(response, what):
            self.shelf.put(what.key, Page(version, until))
            return _unshared(response)
        page = Page(version, until, response, what.language)
        self.shelf.put(what.key, page)
        return page.answer(request.META)

    def _for_one(self, request):
        return _unshared(self.get_response(request))


def _unshared(response):
    """Without a word from us, caches in front would keep an error for as long as they like."""
    if response.status_code >= 400:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


class Flights:
    """Who renders which page just now."""

    def __init__(self):
        self._lock = threading.Lock()
        self._under_way = {}

    def join(self, key):
        """None for the one who has to render; an event to wait for, for the others."""
        with self._lock:
            if key in self._under_way:
                return self._under_way[key]
            self._under_way[key] = threading.Event()
            return None

    def land(self, key):
        with self._lock:
            self._under_way.pop(key).set()
