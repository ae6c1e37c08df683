"""How the apps and the page cache work together without importing one another; full URLs of public pages.

An app marks its public views and their query parameters, calls `changed()` or `names_changed()` when public content
changes, and registers when pages will change without any save. A cache registers what to do on a change.
"""

import time
from contextvars import ContextVar
from functools import wraps

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

_listeners = []
_listeners_to_names = []
_schedules = []
_overdue_counts = []
_late_numbers = []
_may_store = ContextVar("may_store", default=True)
_began = ContextVar("began", default=float("inf"))


def absolute(request, path):
    """The full address: of NEWSROOM_BASE_URL, else of the requested host, which ALLOWED_HOSTS has checked."""
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    return base + path if base else request.build_absolute_uri(path)


def public_view(*parameters):
    """Decorator of a public view: names the query parameters that it reads; the page cache drops all others.

    The view answers GET and HEAD only. It is exempt from the CSRF check, so that a POST gets 405 and not 403.
    A class of views, such as those of `articles.api`, has `parameters` itself; with `refuses_other_parameters` the
    page cache gives it the requests that have others, and with `same_in_all_languages` it stores one answer for all.
    """

    def mark(view):
        view = csrf_exempt(require_safe(view))
        view.parameters = frozenset(parameters)
        return view

    return mark


def public_form(view):
    """Decorator of a public page with a form, which answers POST, too, without a cookie.

    Exempt from the CSRF check, which needs one: such a form does nothing in anybody's name. No cache keeps the answer.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex"
        return response

    answer.parameters = frozenset()
    answer.is_form = True
    return answer


def size_of_post(request):
    """The size of a post in bytes, as its header says, before it is read."""
    given = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isascii() and given.isdecimal() else 0


def changed():
    """Report that public content has changed. Call it where the change is made, in its transaction."""
    for listener in _listeners:
        listener()


def names_changed():
    """As `changed()`, when names of regions, countries, offices or topics, or their hierarchy, may have changed."""
    for listener in _listeners_to_names:
        listener()
    changed()


def on_change(listener):
    """Register a function without arguments, to be called by `changed()`."""
    _listeners.append(listener)


def on_name_change(listener):
    """Register a function without arguments, to be called by `names_changed()`."""
    _listeners_to_names.append(listener)


def begin_page():
    """Say that a page is being made now: for whoever asks later whether it may be stored, or when it began."""
    _may_store.set(True)
    _began.set(time.monotonic())


def page_began():
    """When the page that is being made began, by the monotonic clock; infinity outside of requests."""
    return _began.get()


def do_not_store():
    """Say that the page that is being made shows something that will soon be different: nobody stores it."""
    _may_store.set(False)


def may_store():
    """Whether the page that was made may be stored."""
    return _may_store.get()


def next_change(now):
    """The next time after `now` at which pages change without any save, or None."""
    return min(filter(None, (schedule(now) for schedule in _schedules)), default=None)


def register_schedule(schedule):
    """Register a function that takes a time and gives the next one at which pages change without any save, or None."""
    _schedules.append(schedule)


def register_overdue_count(count):
    """Register a function that returns how many scheduled changes are minutes late."""
    _overdue_counts.append(count)


def overdue():
    """How many scheduled changes are minutes late, for /readyz."""
    return sum(count() for count in _overdue_counts)


def register_late_numbers(numbers):
    """Register a function that returns {what is late: how many}, for /readyz; the words are English."""
    _late_numbers.append(numbers)


def late_numbers():
    """{what is late: how many}, without what is not."""
    return {what: number for numbers in _late_numbers for what, number in numbers().items() if number}
