"""The content and the accounts of `manage.py demo`: an invented organisation, with dates moved to today."""

import contextlib
import re
import secrets
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from contacts.models import Membership, Office

NAME = "Shared Waters Organization"
NAMES = {
    "fr": "Organisation des eaux partagées",
    "es": "Organización de Aguas Compartidas",
    "ar": "منظمة المياه المشتركة",
    "ru": "Организация общих вод",
    "zh": "共享水域组织",
}
CONTENT = Path(__file__).parent
# The day on which the content was written. Its dates are moved by the days that have passed since.
WRITTEN = date(2026, 11, 20)
MOVED = rb"publish_at|press_from|review_by|until|approved_on|published_on"
DATES = re.compile(rb'("(?:' + MOVED + rb')":\s*")(\d{4}-\d\d-\d\d)(?=[T"])')

EASY_PASSWORD = "demo"
# The salt marks easy passwords, so that later starts know them: to check a password takes more than a second.
EASY_SALT = "demo"
ROLE = Membership.Role
# user name, full name, role, office (empty: everywhere)
ACCOUNTS = [
    ("admin", "Ada Admin", None, ""),
    ("edna", "Edna Editor", ROLE.EDITOR, ""),
    ("walt", "Walt Writer", ROLE.WRITER, "nairobi"),
    ("tara", "Tara Translator", ROLE.TRANSLATOR, ""),
    ("aziz", "Aziz Approver", ROLE.APPROVER, ""),
]


@contextlib.contextmanager
def dated_copy(today, source=None):
    """Yield the folder of a temporary copy of the content, with its dates moved: the newest article is of today."""
    days = timedelta(days=(today - WRITTEN).days)

    def moved(match):
        return match[1] + (date.fromisoformat(match[2].decode()) + days).isoformat().encode()

    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        copy = Path(folder) / "demo"
        shutil.copytree(source or CONTENT, copy)
        for file in copy.glob("*.jsonl"):
            file.write_bytes(DATES.sub(moved, file.read_bytes()))
        yield copy


def make_accounts(easy):
    """Create the accounts. Returns {user name: password}: all "demo" if `easy`, else generated."""
    shared = make_password(EASY_PASSWORD, EASY_SALT + secrets.token_hex(12)) if easy else None
    return {row[0]: _make(*row, shared) for row in ACCOUNTS}


def taken_names():
    """The user names of the demo that other accounts have."""
    names = [row[0] for row in ACCOUNTS]
    users = get_user_model().objects.filter(username__in=names).order_by("username")
    return list(users.values_list("username", flat=True))


def _make(username, full_name, role, office, shared):
    first, last = full_name.split(" ")
    password = EASY_PASSWORD if shared else secrets.token_urlsafe(12)
    user = get_user_model().objects.create(
        username=username,
        first_name=first,
        last_name=last,
        email=f"{username}@sharedwaters.example",
        password=shared or make_password(password),
        is_staff=True,
        is_superuser=role is None,
    )
    if role:
        at = Office.objects.get(code=office) if office else None
        Membership.objects.create(user=user, role=role, office=at)
    return password


def accounts():
    """Yield (user name, role, whether the password is the easy one) of the existing accounts, in their order."""
    rows = (
        get_user_model()
        .objects.filter(username__in=[row[0] for row in ACCOUNTS])
        .prefetch_related("memberships__office__translations")
    )
    users = {user.username: user for user in rows}
    for user in (users[row[0]] for row in ACCOUNTS if row[0] in users):
        yield user.username, _role(user), f"${EASY_SALT}" in user.password


def _role(user):
    if user.is_superuser:
        return "administrator"
    return ", ".join(f"{row.get_role_display()} ({row.office or 'every office'})" for row in user.memberships.all())
