"""The links in mails: signed with the SECRET_KEY, for one purpose and with the moment at which they end.

A signature (HMAC-SHA256) has 256 bits, and nothing of it is stored: who reads the database or a backup can make no
link, which hashed tokens would only equal, and no table has to be cleared. Each names rows by ids that are never given
again, so the link of what was confirmed, ended or deleted does nothing when it is used once more.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

LOCAL = "http://localhost:8000"  # where a newsroom without NEWSROOM_BASE_URL is tried out
CONFIRM, MANAGE, END, PRESS_END = "confirm", "manage", "end", "press-end"
VALID = {CONFIRM: timedelta(days=3), MANAGE: timedelta(days=60)} | dict.fromkeys((END, PRESS_END), timedelta(days=400))


@dataclass(frozen=True)
class Link:
    """What a token says: the key of an e-mail address (`MailQueue`) and the rows (ids) that the link is about."""

    key: str
    ids: tuple


def token(purpose, key, *ids):
    return _signer(purpose).sign(".".join([key, *map(str, ids)]))


def read(purpose, text):
    """The Link of a token; None if it is none, is for something else or has ended."""
    try:
        key, *ids = _signer(purpose).unsign(text, max_age=VALID[purpose]).split(".")
    except signing.BadSignature:
        return None
    return Link(key, tuple(map(int, ids)))


def address(language, name, *arguments):
    """The full URL of a public page of articles in a language."""
    with override(language):
        return absolute(reverse(f"articles:{name}", args=arguments))


def absolute(path):
    return (settings.NEWSROOM_BASE_URL.rstrip("/") or LOCAL) + path


def _signer(purpose):
    return signing.TimestampSigner(salt=f"newsroom.alerts.{purpose}")
