"""Stores the unsaved texts of open forms (`Scratch`), lists, restores and deletes them. Each belongs to one person."""

import json
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Scratch
from ...models.unsaved import NEW

LARGEST = 2**20  # characters of JSON
MOST = 30  # of one person
KEPT = timedelta(weeks=4)
TITLES = (
    "headline", "display_name", "translations-0-title", "translations-0-name", "translations-0-unit_name",
    "translations-0-wording", "translations-0-text", "code",
)  # fmt: skip
# What belongs to one page or browser, and no text: it is neither kept nor handed back.
NOT_KEPT = {"csrfmiddlewaretoken", "_scratch", "_scratch_known", "_scratch_sent"}


class NotKept(Exception):
    """The sentence says why a text cannot be kept."""


class Late(Exception):
    """The text is older than the saved form of its window: it was saved, or its writer had changed it by then."""


class Gone(Exception):
    """The scratch was saved, thrown away or handed back in another window: the window goes on with another key."""


def new_key():
    return secrets.token_hex(16)


def of_form(user, model, row=NEW):
    """The unsaved texts of a person's form, the newest first."""
    return Scratch.objects.filter(user=user, model=model, row=row).order_by("-saved_at", "-id")


def of_person(user):
    """All unsaved texts of a person, without the texts themselves, the newest first."""
    return Scratch.objects.filter(user=user).defer("data").order_by("-saved_at", "-id")


def keep(user, model, row, key, data, is_known=False, typed_at=""):
    """Store what a form holds now. `is_known`: the window has stored it before under this key.

    typed_at: when the form held this, in milliseconds by the clock of its browser.
    """
    values = {"data": data, "title": title_of(read(data)), "saved_at": timezone.now()}
    if of_form(user, model, row).filter(key=key).order_by().update(**values):
        return
    _refuse_late(user, key, _milliseconds(typed_at))
    if is_known:
        raise Gone
    Scratch.objects.with_saved().filter(saved_at__lt=timezone.now() - KEPT).delete()
    if Scratch.objects.filter(user=user).count() >= MOST:
        raise NotKept(_("You have too many unsaved texts. Save some, or throw them away."))
    try:
        with transaction.atomic():
            Scratch.objects.create(user=user, model=model, row=row, key=key, **values)
    except IntegrityError:  # another form's, or another person's
        raise Gone from None


def _refuse_late(user, key, typed_at):
    """Raises `Late` if the window of that key has sent its form since then, and it was saved."""
    sent = Scratch.objects.with_saved().filter(user=user, key=key).values_list("sent_at", flat=True).first()
    if sent and typed_at and typed_at <= sent:
        raise Late


def _milliseconds(text):
    """A time that a browser has sent, or 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


def read(data):
    """[(name, text)] of the JSON that a window has sent; raises `NotKept`."""
    if len(data) > LARGEST:
        raise NotKept(_("The text is too long to be kept for you. Save the form."))
    try:
        pairs = json.loads(data)
        pairs = [(name, text) for name, text in pairs if isinstance(name, str) and isinstance(text, str)]
    except (ValueError, TypeError, RecursionError):
        raise NotKept(_("This is no text of a form.")) from None
    return [(_writable(name), _writable(text)) for name, text in pairs if name not in NOT_KEPT]


def _writable(text):
    """Without the halves of characters that JSON can hold, and no database."""
    return text.encode(errors="replace").decode().replace("\0", "")


def words(scratch):
    """{name: [texts]} of a form."""
    found = {}
    for name, text in read(scratch.data):
        found.setdefault(name, []).append(text)
    return found


def title_of(pairs):
    found = dict(reversed(pairs))
    return next((found[name].strip() for name in TITLES if found.get(name, "").strip()), "")[:250]


def give_new_key(scratch):
    """Give the scratch to another window: the one that wrote it, if it is still open, goes on with a new one."""
    scratch.key = new_key()
    scratch.save(update_fields=["key"])
    return words(scratch)


def note_saved(user, model, row, key, sent_at):
    """The form of that window is saved: its words go, and what was sent before the form is known when it comes late.

    Inserted first, so that a copy that is being stored at the same moment is waited for. Without `sent_at` the window
    has sent no copy: there is nothing to know later.
    """
    values = {"data": "", "title": "", "sent_at": _milliseconds(sent_at), "saved_at": timezone.now()}
    if values["sent_at"]:
        saved = Scratch(user=user, model=model, row=row, key=key, **values)
        Scratch.objects.with_saved().bulk_create([saved], ignore_conflicts=True)
    Scratch.objects.with_saved().filter(user=user, key=key).update(**values)


def forget(user, key):
    """Delete a scratch that is thrown away."""
    return Scratch.objects.filter(user=user, key=key).delete()[0]
