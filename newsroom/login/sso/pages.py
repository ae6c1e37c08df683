"""The views of single sign-on: they send people to the identity provider and receive its answer."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import mails, steps
from ..pages.access_decorators import page, to
from ..pages.by_mail import INVITED
from ..pages.log_in import arrive, first_proof
from . import accounts, provider

logger = logging.getLogger(__name__)


def go(request, site):
    """To the provider. A link, because the Content-Security-Policy lets no form lead to another site."""
    if not provider.name():
        raise Http404
    return _go(request, steps.safe_page(request, request.GET.get("next", "")))


def _go(request, wanted):
    try:
        return HttpResponseRedirect(provider.start(request, wanted))
    except provider.Failed as error:
        return _failed(request, error)


def connect(request, site):
    """Before the own account is connected: a page with the link to the provider."""
    if not provider.name():
        raise Http404
    try:
        address = provider.start(request, reverse("admin:security"), connects=True)
    except provider.Failed as error:
        return _failed(request, error)
    return page(
        request, site, "sso_connect", _("Connect the single sign-on"), address=address, provider=provider.name()
    )


def back(request, site):
    """From the provider: the account that it opens, or a sentence on the log-in page."""
    if not provider.name():
        raise Http404
    try:
        claims, asked = provider.finish(request)
        if asked["connects"]:
            return _connected(request, site, claims)
        user = accounts.user_of(claims, request.session.get(INVITED))
    except provider.Failed as error:
        return _failed(request, error)
    except accounts.Unknown:
        told = _("Nobody has invited you yet, or you have an account already: log in to it, then connect it there.")
        messages.error(request, told)
        return to("login")
    if not (user.is_active and user.is_staff):
        messages.error(request, _("Your account is closed. Ask an administrator."))
        return to("login")
    if settings.OIDC_SECOND_FACTOR:
        response = arrive(request, user, asked["page"], second=True)
    else:
        response = first_proof(request, site, user, asked["page"])
    request.session[provider.USED] = {"sub": claims["sub"], "sid": claims.get("sid")}
    return response


def _connected(request, site, claims):
    if not site.has_permission(request):
        return to("login")
    try:
        accounts.connect(request.user, claims)
    except accounts.Unknown:
        messages.error(request, _("This single sign-on belongs to another account already."))
    else:
        mails.tell(request.user, "outside")
        messages.success(request, _("The single sign-on is connected: you can log in with it."))
    return to("security")


def _failed(request, error):
    logger.warning("Single sign-on: %s", error)
    messages.error(request, _("The single sign-on did not work. Try again, or log in with your password."))
    return to("security" if request.user.is_authenticated else "login")
