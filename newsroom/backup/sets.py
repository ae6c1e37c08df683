"""A folder of backups: one folder for each, named after its moment, and one with the media files of all.

    backups/2026-03-29T01-30-00Z/backup.json     what it is, and the number of rows of each table
                                 database.dump    PostgreSQL; database.sqlite3: SQLite
                                 media.txt        the media files that belong to it, with their SHA-256
            media/…                               each file once

A backup that was not finished has another name and is removed by the next. Nobody else on the machine may read them:
they hold drafts, e-mail addresses and hashes of passwords.
"""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.core.files import locks

from . import media

ABOUT, MEDIA, UNFINISHED = "backup.json", "media", ".unfinished-"
OWNER_ONLY = 0o700
NAME = re.compile(r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ")


class Busy(Exception):
    pass


@dataclass(frozen=True)
class Backup:
    folder: Path

    @property
    def media(self):
        return self.folder.parent / MEDIA

    @property
    def about(self):
        return json.loads((self.folder / ABOUT).read_text(encoding="utf-8"))

    @property
    def sums(self):
        """{name of a media file: SHA-256}"""
        return media.read_sums(self.folder / media.SUMS)

    @property
    def at(self):
        return datetime.strptime(self.folder.name, "%Y-%m-%dT%H-%M-%SZ").replace(tzinfo=UTC)


@contextmanager
def alone(root):
    """Nobody else writes a backup into this folder meanwhile; Busy if somebody does."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / ".lock").open("w") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise Busy("another backup is being written into this folder.")
        yield


def begin(root, now):
    """The folder in which a backup is written; whatever was not finished before is removed."""
    for left in root.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left)
    folder = root / f"{UNFINISHED}{now:%Y-%m-%dT%H-%M-%SZ}"
    for each in (folder, root / MEDIA):
        each.mkdir(exist_ok=True)
        each.chmod(OWNER_ONLY)
    return folder


def finish(folder, about, sums):
    """Make it a backup. Its name appears when everything is there."""
    media.write_sums(folder / media.SUMS, sums)
    (folder / ABOUT).write_text(json.dumps(about, indent=1), encoding="utf-8")
    return Backup(folder.rename(folder.with_name(folder.name.removeprefix(UNFINISHED))))


def all_of(root):
    """The finished backups, oldest first."""
    return [Backup(path) for path in sorted(root.iterdir()) if NAME.fullmatch(path.name)] if root.is_dir() else []


def find(path):
    """The backup at this path: one backup, or the newest of a folder of backups. None if there is none."""
    if (path / ABOUT).is_file():
        return Backup(path.resolve())
    return next(reversed(all_of(path.resolve())), None)


def keep_newest(root, number):
    """Delete all but the newest backups, and media files that none of these has; the number of backups deleted."""
    found = all_of(root)
    for old in found[:-number]:
        shutil.rmtree(old.folder)
    wanted = {name for backup in found[-number:] for name in backup.sums}
    for path in list((root / MEDIA).rglob("*")):
        if path.is_file() and path.relative_to(root / MEDIA).as_posix() not in wanted:
            path.unlink()
    return max(len(found) - number, 0)
