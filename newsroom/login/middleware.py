"""Treats a request as anonymous until the account has given its second factor."""

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from . import requirement
from .steps import SECOND


def user_of(request):
    """Django's user of the session; while it owes a second factor anonymous, and it is `request.owing`."""
    if not hasattr(request, "_user_of_session"):
        user = get_user(request)
        if user.is_authenticated and not request.session.get(SECOND) and requirement.is_asked_of(user):
            request.owing, user = user, AnonymousUser()
        request._user_of_session = user
    return request._user_of_session


class UserOfSession(AuthenticationMiddleware):
    def process_request(self, request):
        request.user = SimpleLazyObject(lambda: user_of(request))
        request.auser = sync_to_async(lambda: user_of(request))
