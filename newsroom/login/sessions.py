"""Where a user is logged in: noted every few minutes, shown to them alone, and ended by them.

Of the IP address only the network is kept. A session that was never noted, or was ended, is not shown.
"""

from contextlib import suppress
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import OperationalError, transaction
from django.utils import timezone

from articles.personal_links.tokens import digest
from contacts.visitors.addresses import network

from .models import OpenSession

EVERY = 5 * 60  # seconds
BROWSER_LENGTH = OpenSession._meta.get_field("browser").max_length

# The first name that stands in a User-Agent counts: most of them claim to be several browsers.
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def device(user_agent):
    """The browser and system of a session, such as "Firefox, Windows"; empty if neither is known."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))


def note(request, anew=False):
    """Store where the session is open and when it was used; every few minutes, or `anew` when its id has changed.

    While another holds SQLite's write lock, such as an import, the page is shown all the same.
    """
    key = request.session.session_key
    if key is None or not (cache.add(f"newsroom:noted:{digest(key)}", 1, EVERY) or anew):
        return
    browser = request.headers.get("user-agent", "").replace("\0", "")[:BROWSER_LENGTH]
    values = {"user": request.user, "browser": browser, "network": network(request), "seen_at": timezone.now()}
    with suppress(OperationalError):
        OpenSession.objects.update_or_create(session_key=key, defaults=values)


def _store():
    return import_module(settings.SESSION_ENGINE).SessionStore


def stored(row):
    """The session of a row of OpenSession."""
    return _store()(row.session_key)


def shown(user):
    """The sessions of the user that are open, the last used first."""
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    rows = OpenSession.objects.filter(user=user, seen_at__gt=since)
    return [row for row in rows if _store()().exists(row.session_key)]


def end(rows):
    """End these sessions (a queryset of OpenSession)."""
    with transaction.atomic():
        for key in rows.values_list("session_key", flat=True):
            _store()(key).delete()
        rows.delete()


def end_all(user, but=None):
    """End all sessions of the user, but for the one with that key."""
    end(OpenSession.objects.filter(user=user).exclude(session_key=but))


def forget(session_key):
    """After the log-out: the session is gone already."""
    OpenSession.objects.filter(session_key=session_key).delete()


def clean():
    """Forget what has ended by its age."""
    now = timezone.now()
    OpenSession.objects.filter(seen_at__lt=now - timedelta(seconds=settings.SESSION_COOKIE_AGE)).delete()
    Session.objects.filter(expire_date__lt=now).delete()
