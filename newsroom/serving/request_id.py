"""Gives each request an id, for logs, error reports and the header `X-Request-Id` of the admin and of errors.

That of a proxy is taken over if the proxy is trusted (TRUSTED_PROXIES); anybody else could choose one that misleads.
"""

import random
import re
from contextvars import ContextVar

from django.conf import settings
from django.core.signals import request_finished

HEADER = "X-Request-Id"
_allowed = re.compile(r"[A-Za-z0-9_.:=+/-]{8,128}")
_current = ContextVar("request_id", default="")


def of(environ):
    """The id for the request with this WSGI environment."""
    given = environ.get("HTTP_X_REQUEST_ID") if settings.TRUSTED_PROXIES else None
    if given and _allowed.fullmatch(given):
        return given
    return f"{random.getrandbits(64):016x}"  # no secret: it only has to differ


def begin(environ):
    """Give the request that this thread answers an id, and return it."""
    found = of(environ)
    _current.set(found)
    return found


def end(**kwargs):
    """Handler of `request_finished`: Django logs the status of an answer after all middleware."""
    _current.set("")


request_finished.connect(end, dispatch_uid="newsroom.serving.request_id")


def current():
    """The id of the request that is being answered; "" outside of requests."""
    return _current.get()
