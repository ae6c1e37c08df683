"""What a session stores about the log-in: who owes the second factor, and when users last proved who they are.

After the first proof alone, a password or a single sign-on, `request.user` stays anonymous.
"""

import time

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from . import sessions

WAITING = "log_in_waits"  # the user who has given the first proof, when, and the URL to go to afterwards
SECOND = "second_factor"  # whether the session was opened with a second factor
PROVED = "proved_at"  # seconds since 1970
LASTS = 15 * 60  # seconds: the first proof, and a proof for changes of the own account
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_page(request, wanted):
    """The URL if it is one of this site, else that of the desk."""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse(settings.LOGIN_REDIRECT_URL)


def wait(request, user, page):
    """Note that the user owes the second factor. Whoever was logged in before is not any more."""
    request.session.flush()
    proof = user.get_session_auth_hash()  # a new password ends the log-in that waits
    request.session[WAITING] = {"user": user.pk, "proof": proof, "at": time.time(), "page": page}
    request.user = AnonymousUser()


def waiting(request):
    """The user who has given the first proof in this browser and owes the second one, else None."""
    if request.user.is_authenticated:
        return None
    if owing := getattr(request, "owing", None):  # logged in before a second factor was asked of them
        return owing
    noted = request.session.get(WAITING)
    if not noted or noted["at"] < time.time() - LASTS:
        return None
    user = get_user_model().objects.filter(pk=noted["user"], is_active=True, is_staff=True).first()
    return user if user and constant_time_compare(noted["proof"], user.get_session_auth_hash()) else None


def wanted_page(request):
    """Where the user who waits wants to go."""
    return request.session.get(WAITING, {}).get("page") or reverse(settings.LOGIN_REDIRECT_URL)


def enter(request, user, second):
    """Open the session of the user; `second`: they gave a second factor."""
    login(request, user, backend=BACKEND)
    request.session.pop(WAITING, None)
    prove(request, second)
    sessions.note(request, anew=True)


def prove(request, second):
    request.session[PROVED] = time.time()
    if second:
        request.session[SECOND] = True


def is_recent(request):
    """Whether the person proved within minutes who they are: a session alone changes no password, app or passkey."""
    return request.session.get(PROVED, 0) > time.time() - LASTS
