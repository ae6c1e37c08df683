"""What the apps tell the site about their public pages; the site listens without knowing what they hold.

An app says which parameters a view reads, that something public has changed, and when pages will
change by themselves. Whoever keeps copies of pages registers what to do about it.
"""

from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

_listeners = []
_listeners_to_names = []
_schedules = []
_overdue_counts = []


def public_view(*parameters):
    """A public view, marked with the query parameters that it reads; its page is the same for all others.

    It answers to GET and HEAD only. So there is nothing to forge, and a POST hears just that (405), not
    that it lacks a token (403).
    """

    def mark(view):
        view = csrf_exempt(require_safe(view))
        view.parameters = frozenset(parameters)
        return view

    return mark


def changed():
    """Say that what the public sees has changed. Call it where the change is made, in its transaction."""
    for listener in _listeners:
        listener()


def names_changed():
    """The same where names of regions, countries, offices or topics may have changed, or what lies under what."""
    for listener in _listeners_to_names:
        listener()
    changed()


def on_change(listener):
    _listeners.append(listener)


def on_name_change(listener):
    _listeners_to_names.append(listener)


def next_change(now):
    """The next moment after `now` at which pages change without anybody's doing, or None."""
    return min(filter(None, (schedule(now) for schedule in _schedules)), default=None)


def on_schedule(schedule):
    """Register a function that is given a moment and gives the next one at which pages change, or None."""
    _schedules.append(schedule)


def on_overdue(count):
    """Register a function that counts what should have changed by itself some minutes ago and has not."""
    _overdue_counts.append(count)


def overdue():
    """How much is late: for whoever watches the site."""
    return sum(count() for count in _overdue_counts)
