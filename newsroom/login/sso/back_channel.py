"""Receives log-outs from the identity provider (OpenID Connect Back-Channel Logout 1.0).

Their sessions here end that the provider has opened. Nobody's browser asks: the signature of the token is the proof.
"""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from contacts.visitors.limits import is_too_often

from .. import sessions
from ..models import OpenSession
from . import provider

logger = logging.getLogger(__name__)

MOST = 300  # tokens of one client in a minute: for one with an unknown key, the provider is asked for its keys


@csrf_exempt
def log_out(request, site):
    if not provider.name():
        raise Http404
    if is_too_often(request, "log-out by the provider", MOST, 60):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    try:
        number = end(*provider.logged_out(request.POST.get("logout_token", "")))
    except provider.Failed as error:
        logger.warning("Log-out by the provider: %s", error)
        return JsonResponse({"error": "invalid_request"}, status=400)
    logger.info("Log-out by the provider: %s sessions ended.", number)
    return HttpResponse()


def end(person, at_provider, when):
    """End the person's sessions, or only that which is open at the provider; how many. Later ones stay."""
    began = datetime.fromtimestamp(when, UTC) + timedelta(seconds=provider.LEEWAY)
    joined = OpenSession.objects.filter(user__outside_accounts__issuer=settings.OIDC_ISSUER, began_at__lte=began)
    meant = [row.pk for row in joined.distinct() if _is_meant(sessions.stored(row), person, at_provider)]
    sessions.end(OpenSession.objects.filter(pk__in=meant))
    return len(meant)


def _is_meant(session, person, at_provider):
    opened_by = session.get(provider.USED)
    if not opened_by:
        return False
    if at_provider and opened_by["sid"]:
        return opened_by["sid"] == at_provider and person in ("", opened_by["sub"])
    return opened_by["sub"] == person
