"""Passkeys (W3C WebAuthn, level 2): what the browser is asked, and whether its answer is right.

A passkey is always asked to verify its owner, by a finger or a PIN. So it is two factors, and a log-in by itself. It
works for the host name of the request alone.
"""

import json

from django.db import IntegrityError, transaction
from django.utils import timezone
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from contacts.languages import organisation_name

from ..models import Passkey

ASKED = "passkey"  # in the session: the challenge that was sent last
MOST = 10  # of one person
_REQUIRED = UserVerificationRequirement.REQUIRED


class Refused(Exception):
    """The answer of the browser is none to what it was asked, or its passkey is not known."""


def _server(request):
    host = request.get_host()
    name = host if host.count(":") != 1 else host.partition(":")[0]
    origin = f"{request.scheme}://{host}"
    return Fido2Server(PublicKeyCredentialRpEntity(name=organisation_name(), id=name), verify_origin=origin.__eq__)


def ask_for_new(request, user, handle=""):
    """What a browser is asked that shall make a passkey, as JSON has it.

    `handle`: what the device calls an account that is not stored yet.
    """
    name, handle = user.get_username(), (handle or str(user.pk)).encode()
    who = PublicKeyCredentialUserEntity(id=handle, name=name, display_name=user.get_full_name() or name)
    options, request.session[ASKED] = _server(request).register_begin(
        who,
        [_stored(passkey) for passkey in Passkey.objects.filter(user_id=user.pk)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_REQUIRED,
    )
    return dict(options)["publicKey"]


def add(request, user, answer, name):
    """Store the passkey that the browser has made. Raises Refused."""
    made = _checked(request, "register_complete", answer).credential_data
    values = {"credential_id": websafe_encode(made.credential_id), "credential": websafe_encode(made)}
    try:
        with transaction.atomic():
            return Passkey.objects.create(user=user, name=name, **values)
    except IntegrityError:
        raise Refused("known already") from None


def ask(request, user=None):
    """What a browser is asked that shall log in, with any passkey that it has, or with one of this user."""
    stored = None if user is None else [_stored(passkey) for passkey in Passkey.objects.filter(user=user)]
    options, request.session[ASKED] = _server(request).authenticate_begin(stored, _REQUIRED)
    return dict(options)["publicKey"]


def used(request, answer):
    """The Passkey with which the browser has answered. Raises Refused."""
    try:
        given = AuthenticationResponse.from_dict(json.loads(answer))
        passkey = Passkey.objects.select_related("user").get(credential_id=websafe_encode(given.raw_id))
        counter = given.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, Passkey.DoesNotExist) as error:
        raise Refused(str(error)) from error
    _checked(request, "authenticate_complete", answer, [_stored(passkey)])
    # A counter that does not grow is a copy of the device's key (WebAuthn, 6.1.1). Many devices always say 0.
    fresh = Passkey.objects.filter(pk=passkey.pk, **({"uses__lt": counter} if counter or passkey.uses else {}))
    if not fresh.update(uses=counter, used_at=timezone.now()):
        raise Refused("the counter did not grow")
    return passkey


def _checked(request, method, answer, *stored):
    """What the library reads from a right answer. Each challenge is good for one answer."""
    state = request.session.pop(ASKED, None)
    if state is None:
        raise Refused("nothing was asked")
    try:
        return getattr(_server(request), method)(state, *stored, json.loads(answer))
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError, RecursionError) as error:
        raise Refused(str(error)) from error


def _stored(passkey):
    return AttestedCredentialData(websafe_decode(passkey.credential))
