"""Slows down the guessing of passwords and codes: settings of django-axes, known browsers, wrong codes.

django-axes counts wrong passwords by name and IP address, by IP address (one guesser, many names) and by name (many
guessers, one name), each with a limit of its own. A browser in which somebody has logged in before has a signed cookie
and is counted alone, so that nobody else can lock its owner out (OWASP, "Slow down online guessing attacks with device
cookies").
"""

import secrets
from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core import signing
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

PAIR, ADDRESS, NAME = ("username", "ip_address"), ("ip_address",), ("username",)
LIMITS = {PAIR: settings.AXES_FAILURE_LIMIT, ADDRESS: 50, NAME: 50}  # wrong passwords in AXES_COOLOFF_TIME
KNOWN_BROWSER_LIMITS = {NAME: settings.AXES_FAILURE_LIMIT}

COOKIE = "known_browser"
COOKIE_AGE = timedelta(days=365)
MOST_NAMES = 5  # in one cookie


class Handler(AxesDatabaseHandler):
    """settings.AXES_HANDLER"""

    def get_failures(self, request, credentials=None):
        """The fullest limit, as if it were AXES_FAILURE_LIMIT: axes knows only one limit for all."""
        failures = (
            settings.AXES_FAILURE_LIMIT * (attempts.aggregate(n=Sum("failures_since_start"))["n"] or 0) // limit
            for attempts, limit in self._limited(request, credentials)
        )
        return max(failures)

    def reset_user_attempts(self, request, credentials=None):
        """After a log-in, forget the wrong passwords of the first limit only.

        Otherwise a guesser with one account of his own could log in now and then, and guess without end.
        """
        return self.filter_user_attempts(request, credentials)[0].delete()[0]

    def wait(self, request, credentials=None):
        """The time until another attempt is allowed."""
        freed = (_freed(attempts, limit) for attempts, limit in self._limited(request, credentials))
        last = max(filter(None, freed), default=None)
        return max(last + get_cool_off(request) - timezone.now(), timedelta()) if last else timedelta()

    def _limited(self, request, credentials):
        """[(the attempts that count for a limit, the limit)]"""
        limits = _limits(request, credentials)
        return list(zip(self.get_user_attempts(request, credentials), limits.values(), strict=True))


def _freed(attempts, limit):
    """The time of the attempt that must be forgotten before there are fewer than `limit`; None if there are fewer."""
    failures = 0
    for moment, number in attempts.order_by("-attempt_time").values_list("attempt_time", "failures_since_start"):
        failures += number
        if failures >= limit:
            return moment
    return None


def refusal(request, user):
    """The response to a code or a password of this user while guessing is refused, else None."""
    from newsroom.views import locked_out

    credentials = {"username": user.get_username()}
    is_allowed = AxesProxyHandler.is_allowed(request, credentials)
    return None if is_allowed else locked_out(request, credentials=credentials)


def count_wrong(request, user):
    """Count a wrong code as a wrong password: django-axes listens to the signal."""
    user_login_failed.send(sender=__name__, credentials={"username": user.get_username()}, request=request)


def lockout_parameters(request, credentials):
    """settings.AXES_LOCKOUT_PARAMETERS"""
    return list(_limits(request, credentials))


def _limits(request, credentials):
    return KNOWN_BROWSER_LIMITS if known_browser(request, _name(request, credentials)) else LIMITS


def counted_name(request, credentials):
    """settings.AXES_USERNAME_CALLABLE: the name that was typed, for a known browser of this person with its number."""
    name = _name(request, credentials)
    browser = known_browser(request, name)
    return f"{name} ({COOKIE} {browser})" if browser else name


def _name(request, credentials):
    return (credentials or request.POST).get("username")


def known_browser(request, name):
    """The number of this browser if this person has logged in with it before, else nothing."""
    browser, names = _cookie(request)
    return browser if name and name in names else ""


def remember_browser(request, response):
    """Set the cookie, after a log-in."""
    browser, names = _cookie(request)
    name = request.user.get_username()
    names = [name, *(other for other in names if other != name)][:MOST_NAMES]
    response.set_cookie(
        COOKIE,
        signing.dumps([browser or secrets.token_hex(8), names], salt=COOKIE),
        max_age=COOKIE_AGE,
        path=reverse("admin:login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _cookie(request):
    """(the browser's number, the names that have logged in with it)"""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_AGE)
    except signing.BadSignature:
        return "", []


def client_for_the_log(name, address, *others):
    """settings.AXES_CLIENT_STR_CALLABLE: no name, which may be a password typed in the wrong field."""
    return f"somebody at {address}"
