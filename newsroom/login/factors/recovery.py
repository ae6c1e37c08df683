"""Recovery codes: ten codes of 80 random bits, each for one log-in."""

import base64
import os

from django.db import transaction
from django.utils import timezone

from articles.personal_links.tokens import digest

from ..models import RecoveryCode

NUMBER, BYTES = 10, 10


def _tidy(code):
    return "".join(code.lower().split()).replace("-", "")


@transaction.atomic
def renew(user):
    """Make new codes in place of the old ones. The only time that anybody sees them."""
    codes = [base64.b32encode(os.urandom(BYTES)).decode().lower() for _number in range(NUMBER)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, sha256=digest(code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def accepts(user, code):
    """Whether this is an unused code of the user; it is used now."""
    unused = RecoveryCode.objects.filter(user=user, sha256=digest(_tidy(code)), used_at=None)
    return bool(unused.update(used_at=timezone.now()))


def left(user):
    return RecoveryCode.objects.filter(user=user, used_at=None).count()
