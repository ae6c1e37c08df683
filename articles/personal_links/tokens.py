"""Tokens of personal links. The database has their SHA-256 alone, so each is shown once, when it is made."""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

BYTES = 32


def new():
    return secrets.token_urlsafe(BYTES)


def derived(purpose):
    """A token that follows from the purpose and the SECRET_KEY, for a link that the worker sends later.

    It can be made again whenever it is needed, and so is not stored either.
    """
    made = salted_hmac("newsroom.press.token", purpose, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def digest(token):
    """SHA-256 in hex. No salt and no slow hash: nobody guesses 256 random bits.

    Links are looked up by it, so the time of an answer says nothing about the tokens that exist.
    """
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
