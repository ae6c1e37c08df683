"""The folder of a snapshot: writes what has changed, removes what has left the site, or compares.

`snapshot.txt` lists its files as `sha256sum` does, so that `sha256sum --check snapshot.txt` proves the folder, too.
A file gets its line before it is there, and what is gone is removed at the end: an interrupted run leaves a folder
that can be served, and the next run goes on.
"""

import hashlib
import os
from collections import Counter
from pathlib import Path

from django.core.management import CommandError

LIST = "snapshot.txt"
UNFINISHED = ".snapshot-unfinished"


class Folder:
    def __init__(self, path):
        self.path, self.counts, self.kept = Path(path), Counter(), {}
        self.listed = self._read()

    def _read(self):
        """{name: SHA-256} of the run before."""
        file = self.path / LIST
        if not file.exists():
            if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
                raise CommandError(f"{self.path} is not empty and has no {LIST}: it is no snapshot.")
            return {}
        lines = file.read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, _, name in (line.partition("  ") for line in lines) if name}

    def open(self):
        self.path.mkdir(parents=True, exist_ok=True)
        self._list = (self.path / LIST).open("a", encoding="utf-8")

    def write(self, name, parts):
        """Write a file unless it is there with the same bytes."""
        target, unfinished = self.path / name, self.path / UNFINISHED
        digest = hashlib.sha256()
        with unfinished.open("wb") as file:
            for part in parts:
                digest.update(part)
                file.write(part)
        self.kept[name] = digest.hexdigest()
        before = _digest(target)
        if before == self.kept[name]:
            unfinished.unlink()
            self.counts["unchanged"] += 1
            return
        self._list.write(f"{self.kept[name]}  {name}\n")
        self._list.flush()
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(unfinished, target)
        self.counts["changed" if before else "new"] += 1

    def finish(self):
        """Remove the files that the site has no longer, and write the list anew."""
        for name in self.listed.keys() - self.kept.keys():
            (self.path / name).unlink(missing_ok=True)
            self.counts["removed"] += 1
            self._remove_empty((self.path / name).parent)
        self._list.close()
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.kept.items()))
        unfinished = self.path / UNFINISHED
        unfinished.write_text(lines, encoding="utf-8")
        os.replace(unfinished, self.path / LIST)

    def _remove_empty(self, folder):
        while folder != self.path and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def compare(self, name, parts):
        """None if the file has these bytes, else what is wrong."""
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
        self.kept[name] = digest.hexdigest()
        there = _digest(self.path / name)
        return None if there == self.kept[name] else "differs" if there else "is missing"

    def left_over(self):
        """The names of the files that the site has no longer."""
        found = (file.relative_to(self.path).as_posix() for file in self.path.rglob("*") if file.is_file())
        return sorted(set(found) - self.kept.keys() - {LIST})


def _digest(path):
    """The SHA-256 of a file; "" without one."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
