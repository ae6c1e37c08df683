"""Checks and stores video and audio: played by browsers as it is, without the place where it was recorded.

A file may be larger than the memory, so it is read in pieces: once to check it, once to store it.
"""

import hashlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ..storage import put_pieces
from . import containers

CONTENT_TYPES = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "weba": "audio/webm",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
}
ACCEPT = "video/*,audio/*"
PIECE = 256 * 1024  # bytes
FREE = b"free"  # the type of a box without meaning


@dataclass(frozen=True, slots=True)
class CheckedRecording:
    """A recording that passed the checks; `opened()` is a context with the file as it came."""

    extension: str
    opened: Callable
    private: tuple
    sha256: str
    size: int
    duration: int | None

    @property
    def content_type(self):
        return CONTENT_TYPES[self.extension]

    @property
    def kind(self):
        return self.content_type.partition("/")[0]

    @property
    def name(self):
        return f"recordings/{self.sha256[:2]}/{self.sha256}.{self.extension}"


def check(source, name=""):
    """Check an upload, an open file, or a function that opens one; returns a `CheckedRecording`.

    Raises ValidationError with one sentence. The name decides nothing.
    """
    opened = source if callable(source) else _staying_open(source)
    with opened() as file:
        file.seek(0, 2)
        size = file.tell()
        if not size:
            raise ValidationError(_("The file is empty."), code="empty")
        if size > settings.RECORDING_MAX_BYTES:
            limit = filesizeformat(settings.RECORDING_MAX_BYTES)
            raise ValidationError(_("The file is larger than %(limit)s.") % {"limit": limit}, code="too_large")
        try:
            found = containers.read(file)
        except containers.NotPlayable as error:
            raise refusal(error.code) from error
        digest = hashlib.sha256()
        for piece in _pieces(file, found.private):
            digest.update(piece)
    return CheckedRecording(found.extension, opened, found.private, digest.hexdigest(), size, found.duration)


def refusal(code):
    if code == "unknown":
        return ValidationError(
            _("This is no video or audio that browsers play, whatever its name says. Save it as MP4, WebM or MP3."),
            code="wrong_type",
        )
    if code == "damaged":
        return ValidationError(_("The file is damaged or incomplete. Export it again, then upload it."), code="damaged")
    return ValidationError(
        _(
            "Its encoding (%(codec)s) is not played by all browsers. Export it as MP4 with H.264 and AAC, or audio as "
            "MP3."
        ),
        code="wrong_codec",
        params={"codec": code[:40]},
    )


def _staying_open(file):
    """A function like `open` for a file that is open already and stays so."""

    @contextmanager
    def opened():
        yield file
        file.seek(0)

    return opened


def _pieces(file, private):
    """The file in pieces of bytes; the boxes with private texts are empty, so that all places stay as they are."""
    file.seek(0)
    at = 0
    while piece := file.read(PIECE):
        edges = [box for box in private if box[0] < at + len(piece) and box[0] + box[2] > at]
        if edges:
            piece = bytearray(piece)
            for start, head, length in edges:
                _write(piece, at, start + 4, FREE)
                first, last = max(start + head - at, 0), min(start + length - at, len(piece))
                piece[first:last] = bytes(max(last - first, 0))
        yield bytes(piece)
        at += len(piece)


def _write(piece, at, place, data):
    """Write into the piece, which begins at `at` of the file, the part of the data at `place` that falls into it."""
    first, last = max(place, at), min(place + len(data), at + len(piece))
    if first < last:
        piece[first - at : last - at] = data[first - place : last - place]


def store(checked):
    """Store the file under `checked.name`; returns that name."""
    with checked.opened() as file:
        return put_pieces(checked.name, _pieces(file, checked.private), checked.size)


def fill(recording, checked):
    """Store the file and set the fields of the recording that describe it. The caller saves."""
    recording.file = store(checked)
    for field in ("sha256", "size", "content_type", "kind", "duration"):
        setattr(recording, field, getattr(checked, field))
    return recording
