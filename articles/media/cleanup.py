"""Deletes the files of deleted rows of the library, and the smaller copies of a picture."""

from contextlib import suppress
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from ..models import Attachment, FormerFile, Image, Recording


def delete_files(names):
    """Delete these files by name, except those that a row uses: the same file may have been uploaded again.

    Call it after the commit. Errors of the storage are ignored: a file that stays does no harm.
    """
    for name in names:
        if not any(model.objects.filter(file=name).exists() for model in (Image, Attachment, Recording, FormerFile)):
            _delete(name)
            _delete_renditions(f"renditions/{PurePosixPath(name).stem}")


def delete_unused_copies(sha256):
    """Delete the smaller copies of a picture, unless there is a row of it; for copies made after it was deleted."""
    if not Image.objects.filter(sha256=sha256).exists():
        _delete_renditions(f"renditions/{sha256}")


def _delete_renditions(folder):
    with suppress(OSError):  # most files have none
        for name in default_storage.listdir(folder)[1]:
            _delete(f"{folder}/{name}")
        _delete(folder)


def _delete(name):
    with suppress(OSError):
        default_storage.delete(name)
