"""The files beside a fixture, in its folder or its archive, and the names under which systems store them.

macOS writes accents as characters of their own (NFD), Windows ignores capitals and old archives have no Unicode at all.
So a file is also found under a name that differs only in these.
"""

import os
import stat
import unicodedata
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..report import FixtureError

# Files that macOS and Windows put beside others.
SYSTEM_FILES = {".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"}
SYSTEM_FOLDERS = {"__macosx", ".appledouble", "$recycle.bin"}
UTF_8 = 0x800  # flag of an entry whose name is UTF-8; without it zipfile takes it for code page 437
CODE_PAGES = ("utf-8", "cp850", "cp1252", "cp866", "cp1251", "cp720", "cp1256", "gbk", "big5")


def is_system_file(name):
    """Whether a path is that of a file which the operating system keeps for itself, such as ._news.jsonl."""
    *folders, last = [part.lower() for part in PurePosixPath(name.replace("\\", "/")).parts] or [""]
    return last in SYSTEM_FILES or last.startswith("._") or bool(SYSTEM_FOLDERS & set(folders))


def comparable(name):
    """A path in the form in which two spellings of it are equal."""
    path = str(PurePosixPath(name.replace("\\", "/")))
    return unicodedata.normalize("NFC", path).casefold()


class NoFiles:
    """No files beside the fixture."""

    place = ""

    def find(self, name):
        return None


class Folder:
    """The files below a folder."""

    def __init__(self, path):
        self.place = os.path.realpath(path)
        self.listed = {}  # {folder: {comparable name: names}}

    def find(self, name):
        """An open function for the file of that path below the folder, or None."""
        for spelling in dict.fromkeys((name, name.replace("\\", "/"), unquote(name))):
            if path := self._path(spelling):
                return partial(open, path, "rb")
        return None

    def _path(self, name):
        try:
            path = os.path.join(self.place, name)
            path = path if os.path.isfile(path) else self._similar(name)
            path = path and os.path.realpath(path)
        except ValueError:  # NUL, lone surrogates: no file has such a name
            return None
        return path if path and path.startswith(self.place + os.sep) and os.path.isfile(path) else None

    def _similar(self, name):
        """The path under the names that the file system has, or None if there are none or several."""
        at = self.place
        for part in PurePosixPath(name).parts:
            names = self._names(at).get(comparable(part), ()) if part not in ("/", "..") else ()
            if len(names) != 1:
                return None
            at = os.path.join(at, names[0])
        return at

    def _names(self, folder):
        if folder not in self.listed:
            names = self.listed[folder] = {}
            for name in os.listdir(folder) if os.path.isdir(folder) else ():
                names.setdefault(comparable(name), []).append(name)
        return self.listed[folder]


class Archive:
    """The files in a zip archive, below the folder `base`."""

    def __init__(self, archive, base, names):
        """`names`: {path: entry}."""
        self.archive, self.base, self.names = archive, base, names
        self.place = f"{os.path.realpath(archive.filename)}:{base}"
        self.similar = {}  # {comparable path: entries}
        for name, entry in names.items():
            for spelling in {comparable(one) for one in spellings(name, entry)}:
                self.similar.setdefault(spelling, []).append(entry)

    def find(self, name):
        for spelling in dict.fromkeys((name, unquote(name))):
            path = str(self.base / spelling.replace("\\", "/"))
            if ".." in PurePosixPath(path).parts:
                return None
            entry, similar = self.names.get(path), self.similar.get(comparable(path), ())
            if entry or len(similar) == 1:
                return partial(self.archive.open, entry or similar[0])
        return None


def spellings(name, entry):
    """The name of an entry, and what it is in other code pages if the archive does not say that it is Unicode."""
    yield name
    if not name.isascii() and not entry.flag_bits & UTF_8:
        for code_page in CODE_PAGES:
            try:
                yield name.encode("cp437").decode(code_page)
            except UnicodeError:
                continue


def entries(path, archive):
    """{path: entry} of the files in an archive.

    Raises FixtureError if one would land outside or is encrypted, or if two have the same name.
    """
    found = {}
    for entry in archive.infolist():
        if not entry.is_dir():
            name = entry.filename.replace("\\", "/")
            _refuse_unsafe(path, entry, PurePosixPath(name).parts, name)
            if name in found:
                raise FixtureError(f"{path} holds two files named {name!r}; only one of them can be read. Rename one.")
            if not stat.S_ISLNK(entry.external_attr >> 16):
                found[name] = entry
    return found


def _refuse_unsafe(path, entry, parts, name):
    if ".." in parts or name.startswith("/") or not parts or ":" in parts[0]:
        raise FixtureError(f"{path} holds a file that would land outside the archive's folder ({entry.filename!r}).")
    if entry.flag_bits & 1:
        raise FixtureError(f"{path} is encrypted; unpack it first.")
