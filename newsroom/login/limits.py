"""Slows down the guessing of passwords. django-axes counts wrong ones; here stands what it does not know.

It counts them by name and address, by address (one guesser, many names) and by name (many guessers, one name), each
with a limit of its own. A browser in which somebody has logged in before has a signed cookie and is counted alone, so
that nobody else can lock its owner out (OWASP, "Slow down online guessing attacks with device cookies").
"""

import secrets
from datetime import timedelta
from ipaddress import ip_address, ip_network

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from django.conf import settings
from django.core import signing
from django.db.models import Sum
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


def client_address(request):
    """settings.AXES_CLIENT_IP_CALLABLE: whose wrong passwords are counted together; None if it is not known.

    Each proxy appends the address that it was asked from. So with two trusted proxies the last but one is the
    client's, whatever the client has written before it. Of an IPv6 address the first half: a customer has the rest.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    number = settings.TRUSTED_PROXIES
    given = forwarded[-number] if 0 < number <= len(forwarded) else ""
    return _address(given) or _address(request.META.get("REMOTE_ADDR", ""))


def _address(text):
    text = text.strip()
    if text.startswith("["):  # [2001:db8::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:443
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if address.version == 6:
        address = address.ipv4_mapped or ip_network((address, 64), strict=False).network_address
    return str(address)


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
        path=request.path,
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
