"""Stores files under names that are hashes of their content: each content once, and atomically."""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

INCOMING = ".incoming"
STALE = 24 * 60 * 60  # seconds


class NotStored(ValidationError):
    """A file could not be written: the disk is full, or the storage does not answer."""

    def __init__(self, error):
        super().__init__(
            _("The file could not be stored (%(reason)s). Nothing was saved; try again later."),
            code="not_stored",
            params={"reason": error.strerror or error},
        )


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def put(name, content, replace=False):
    """Store the bytes under that name, completely or not at all; returns the name. Raises NotStored.

    A file of that name and size is kept, unless `replace`: the names of originals are hashes of their content.
    """
    try:
        if not replace and default_storage.exists(name) and default_storage.size(name) == len(content):
            return name
        _write(name, content)
    except OSError as error:
        raise NotStored(error) from error
    return name


def _write(name, content):
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a storage without local paths, such as S3, stores whole objects
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=_incoming())
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _incoming():
    """The folder of files being written. Deletes those that a killed process left there more than a day ago."""
    folder = Path(default_storage.path(INCOMING))
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        with contextlib.suppress(OSError):  # another process may be tidying, too
            if path.stat().st_mtime < time.time() - STALE:
                path.unlink()
    return folder


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
