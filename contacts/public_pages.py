"""How the apps and the page cache work together without importing one another; full addresses of public pages.

An app marks its public views and their query parameters, calls `changed()` or `names_changed()` when public content
changes, and registers when pages will change by the clock. A cache registers what to do on a change.
"""

from contextvars import ContextVar

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

_listeners = []
_listeners_to_names = []
_schedules = []
_overdue_counts = []
_may_store = ContextVar("may_store", default=True)


def absolute(request, path):
    """The full address: of NEWSROOM_BASE_URL, else of the requested host, which ALLOWED_HOSTS has checked."""
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    return base + path if base else request.build_absolute_uri(path)


def public_view(*parameters):
    """Decorator of a public view: names the query parameters that it reads; the page cache drops all others.

    The view answers GET and HEAD only. It is exempt from the CSRF check, so that a POST gets 405 and not 403.
    """

    def mark(view):
        view = csrf_exempt(require_safe(view))
        view.parameters = frozenset(parameters)
        return view

    return mark


def changed():
    """Tell the site that public content has changed. Call it where the change is made, in its transaction."""
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
    """Say that a page is being made now: for whoever asks later whether it may be stored."""
    _may_store.set(True)


def do_not_store():
    """Say that the page that is being made shows something that will soon be different: nobody stores it."""
    _may_store.set(False)


def may_store():
    """Whether the page that was made may be stored."""
    return _may_store.get()


def next_change(now):
    """The next time after `now` at which pages change by the clock alone, or None."""
    return min(filter(None, (schedule(now) for schedule in _schedules)), default=None)


def register_schedule(schedule):
    """Register a function that takes a time and returns the next time at which pages change by the clock, or None."""
    _schedules.append(schedule)


def register_overdue_count(count):
    """Register a function that returns how many changes by the clock are minutes late."""
    _overdue_counts.append(count)


def overdue():
    """How many changes by the clock are minutes late, for /readyz."""
    return sum(count() for count in _overdue_counts)
