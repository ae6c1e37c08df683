"""The time by which articles become public: the machine's clock, but never earlier than a moment already seen.

What readers have seen must not vanish because a clock was wrong, or becomes wrong. `now` therefore stands still at the
latest moment that this process has seen, until the clock of the machine has passed it; nothing that is scheduled is
published meanwhile. The job of `articles.publishing.due_editions` switches this on in its process, and stores the
moment for processes that start later. What only notes when something was done takes `timezone.now()`.
"""

from datetime import timedelta

from django.utils import timezone

LONGEST = timedelta(days=1)  # a clock that was further ahead than that is followed when it is set back
OTHER_MACHINES = timedelta(seconds=5)  # by which their clocks may be ahead
_seen = None


def now():
    """The present; while the clock is behind what this process has seen, the latest moment of that."""
    global _seen
    present = timezone.now()
    if _seen is None:  # nobody remembers anything here, as in a command
        return present
    if timedelta(0) < _seen - present <= LONGEST:
        return _seen
    _seen = present
    return present


def remember(stored=None):
    """From now on this process remembers; it begins with the moment `stored` by a former one. Returns `now()`."""
    global _seen
    if _seen is None:
        present = timezone.now()
        _seen = stored if stored and stored - present > OTHER_MACHINES else present
    return now()


def forget():
    """Follow the clock of the machine until `remember` is called."""
    global _seen
    _seen = None
