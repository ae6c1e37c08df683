"""Stores files under names that are hashes of their content: each content once, and atomically."""

import contextlib
import errno
import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

INCOMING = ".incoming"
STALE = 24 * 60 * 60  # seconds
SPOOLED = 5 * 1024 * 1024  # bytes that are kept in memory


class NotStored(ValidationError):
    """A file could not be written: the disk is full, or the storage does not answer."""

    def __init__(self, error):
        super().__init__(
            _("The file could not be stored (%(reason)s). Nothing was saved; try again later."),
            code="not_stored",
            params={"reason": error.strerror or error},
        )


class StorageAway(OSError):
    """The object storage does not answer, or answers with an error. `strerror` is a text for people."""

    def __init__(self, code=""):
        text = _("the object storage answers “%s”") % code if code else _("the object storage does not answer")
        super().__init__(errno.EIO, text)


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def is_stored(name):
    """Whether there is a file of that name. Raises NotStored if the storage does not answer."""
    try:
        return default_storage.exists(name)
    except OSError as error:
        raise NotStored(error) from error


def put(name, content, replace=False):
    """Store the bytes under that name, completely or not at all; returns the name. Raises NotStored.

    A file of that name and size is kept, unless `replace`: the names of originals are hashes of their content.
    """
    return put_pieces(name, [content], len(content), replace)


def put_pieces(name, pieces, size, replace=False):
    """As `put`, for an iterable of pieces of bytes, `size` in all."""
    try:
        if not replace and default_storage.exists(name) and default_storage.size(name) == size:
            return name
        _write(name, pieces)
    except OSError as error:
        raise NotStored(error) from error
    return name


def _write(name, pieces):
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # an object storage replaces a whole file by another one
        if name.startswith(INCOMING):
            _delete_stale_objects()
        with _in_one_file(pieces) as whole:
            default_storage.save(name, whole)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=_incoming())
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _in_one_file(pieces):
    whole = tempfile.SpooledTemporaryFile(SPOOLED)  # noqa: SIM115 - the caller closes it
    for piece in pieces:
        whole.write(piece)
    whole.seek(0)
    return File(whole)


def _incoming():
    """The folder of files being written. Deletes those that a killed process left there more than a day ago."""
    folder = Path(default_storage.path(INCOMING))
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        with contextlib.suppress(OSError):  # another process may be tidying, too
            if path.stat().st_mtime < time.time() - STALE:
                path.unlink()
    return folder


def _delete_stale_objects():
    """Deletes files in the object storage that a killed process left unfinished more than a day ago."""
    for file in default_storage.listdir(INCOMING)[1]:
        name = f"{INCOMING}/{file}"
        with contextlib.suppress(OSError):
            if default_storage.get_modified_time(name).timestamp() < time.time() - STALE:
                default_storage.delete(name)


def read_limited(source, most, too_large):
    """The bytes of a file, an upload or bytes; ValidationError with the text `too_large` beyond `most` bytes."""
    if isinstance(source, bytes | bytearray | memoryview):
        content = bytes(source)
    else:
        source.seek(0)
        content = source.read(most + 1)
        source.seek(0)
    if len(content) > most:
        raise ValidationError(too_large, code="too_large")
    return content
