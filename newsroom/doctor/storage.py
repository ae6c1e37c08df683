"""Checks of files: media files, free space, and the smaller copies of pictures that wait to be made."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.media import renditions
from articles.models import Copies, Image

from ..checks import nearest
from .finding import NOTE, Finding

SPACE_NEEDED = 1024**3  # bytes: some videos, or an import with its pictures
COPIES_WAIT = timedelta(hours=1)


def media_can_be_written():
    if settings.MEDIA_STORAGE:
        yield from _object_storage()
        return
    folder = nearest(settings.MEDIA_ROOT)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"newsroom")
    except OSError as error:
        sentence = f"MEDIA_ROOT cannot be written: {folder}: {error.strerror}."
        remedy = "Set MEDIA_ROOT to a folder that the server's user may write to, or make room on its disk."
        yield Finding("refused", sentence, remedy)


def _object_storage():
    try:
        default_storage.look()
    except OSError as error:
        sentence = f"Pictures and files cannot be stored or shown: {error.strerror or error}."
        yield Finding("away", sentence, "See MEDIA_STORAGE: endpoint, bucket, region, and the rights of the key.")


def places():
    """{what: folder} of the disks that fill up: those of media files and of a SQLite database."""
    found = {"media files": nearest(settings.MEDIA_ROOT)}
    name = settings.DATABASES["default"]["NAME"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and str(name)[:1] == "/":
        found["the database"] = nearest(Path(name).parent)
    return found


def free_space():
    for what, folder in places().items():
        free = shutil.disk_usage(folder).free
        if free < SPACE_NEEDED:
            sentence = f"The disk of {what} ({folder}) has only {free / 1024**2:,.0f} MB left."
            yield Finding(what, sentence, "Make room: uploads and imports are refused when it is full.")


def copies_are_made():
    before = timezone.now() - COPIES_WAIT
    waiting = renditions.unclaimed().filter(created_at__lt=before).order_by().count()
    if waiting and not renditions.is_claimed():
        sentence = f"{waiting:,} pictures wait for their smaller copies, and no process makes them."
        yield Finding("waiting", sentence, "Run manage.py renditions, and see its messages.")
    if failed := Image.objects.filter(copies=Copies.FAILED).order_by().count():
        sentence = f"Of {failed:,} pictures smaller copies could not be made: pages show the large files."
        yield Finding("failed", sentence, "Run manage.py renditions: it tries them again and says why.", NOTE)
