"""The unsubscribe page of mails to the press. GET changes nothing; the button does."""

from django.conf import settings
from django.db import transaction
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..mail import links
from ..models import Journalist, PressDelivery
from ..pages.private.views import private_view
from . import journalists


@private_view
def end(request, token):
    """For people, and for the button of mail programs (RFC 8058), which post without a cookie."""
    link = links.read(links.PRESS_END, token)
    journalist = Journalist.objects.filter(key=link.key).first() if link else None
    if request.method == "POST" and journalist:
        _end(journalist, link.ids)
    has_ended = journalist is None or journalist.consent_on is None
    context = {"lost": True, "switch": {}, "has_ended": has_ended, "is_known": link is not None}
    return render(request, "articles/press_lists/end.html", context, status=200 if link else 404)


@transaction.atomic
def _end(journalist, ids):
    with override(settings.LANGUAGE_CODE):
        source = _("by the link in a mail")
    if journalists.end_consent(journalist, None, source):
        PressDelivery.objects.filter(journalist=journalist, pk__in=ids).update(ended_at=timezone.now())
