"""One-time codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 6 digits and 30 seconds, as all apps know it."""

import base64
import binascii
import os
import time

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from ..models import AuthenticatorApp

SECONDS, DIGITS = 30, 6
SECRET_BYTES = 20
STEPS = (0, -1, 1)  # a clock may be half a minute wrong


def new_secret():
    return base64.b32encode(os.urandom(SECRET_BYTES)).decode()


def _totp(secret):
    return TOTP(base64.b32decode(secret), DIGITS, SHA1(), SECONDS)


def code_at(secret, moment):
    """The code that an app shows at that time (seconds since 1970)."""
    return _totp(secret).generate(int(moment)).decode()


def step_of(secret, code, now=None):
    """The number of the half minute whose code this is: the present one or a neighbour; None for a wrong code."""
    code = "".join(code.split())
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        return None
    present = int((time.time() if now is None else now) // SECONDS)
    for step in (present + number for number in STEPS):
        try:
            _totp(secret).verify(code.encode(), step * SECONDS)
        except InvalidToken:
            continue
        return step
    return None


def set_up(user, secret, code):
    """Store the app if the code is right; whether it was."""
    try:
        step = step_of(secret, code)
    except (binascii.Error, ValueError):
        return False
    if step is None:
        return False
    with transaction.atomic():
        AuthenticatorApp.objects.filter(user=user).delete()
        AuthenticatorApp.objects.create(user=user, secret=secret, last_step=step)
    return True


def accepts(user, code):
    """Whether the code is right and was not used before."""
    own = AuthenticatorApp.objects.filter(user=user).first()
    step = step_of(own.secret, code) if own else None
    if step is None:
        return False
    return bool(AuthenticatorApp.objects.filter(pk=own.pk, last_step__lt=step).update(last_step=step))


def address(secret, name, issuer):
    """The URL `otpauth://…` that a QR code holds for the app."""
    return _totp(secret).get_provisioning_uri(name, issuer)


def qr_code(text):
    """The QR code of a text as a URL for `<img>` (data:, SVG)."""
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=4, light="#fff")
