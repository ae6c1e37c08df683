"""Files of the library whose rows are gone: they go, too, and the smaller copies of a picture with it."""

from contextlib import suppress
from pathlib import PurePosixPath

from django.core.files.storage import default_storage

from ..models import Attachment, Image


def delete_files(names):
    """Delete these files, unless a row names one again: somebody may have brought the same bytes meanwhile.

    Call it after the commit; what a disk refuses to delete stays and harms nobody.
    """
    for name in names:
        if not any(model.objects.filter(file=name).exists() for model in (Image, Attachment)):
            _delete(name)
            _delete_renditions(f"renditions/{PurePosixPath(name).stem}")


def _delete_renditions(folder):
    with suppress(OSError):  # most files have none
        for name in default_storage.listdir(folder)[1]:
            _delete(f"{folder}/{name}")
        _delete(folder)


def _delete(name):
    with suppress(OSError):
        default_storage.delete(name)
