"""Copies media files into a backup's folder and back. Their names are hashes of what they hold: none ever changes."""

import hashlib
import os

from django.core.files.storage import default_storage

from articles.media.storage import INCOMING, put_pieces

PIECE = 1024 * 1024  # bytes
SUMS = "media.txt"  # lines of `sha256sum`, from within the folder of media files


def stored():
    """The names of all files that the site has stored, smaller copies of pictures included."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            inner, files = default_storage.listdir(folder)
        except FileNotFoundError:  # nothing was ever stored
            continue
        folders += [_joined(folder, name) for name in inner if name != INCOMING]
        for name in files:
            yield _joined(folder, name)


def _joined(folder, name):
    return f"{folder}/{name}" if folder else name


def copy(name, folder, known):
    """Copy a file, unless the folder has it; its SHA-256, which is `known` of files that were copied before.

    None if the site has deleted the file meanwhile.
    """
    target = folder / name
    try:
        if name in known and target.is_file() and target.stat().st_size == default_storage.size(name):
            return known[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, temporary = hashlib.sha256(), target.with_name(f".{target.name}.new")
        with default_storage.open(name) as source, temporary.open("wb") as file:
            for piece in _pieces(source):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except FileNotFoundError:
        return None
    return digest.hexdigest()


def put_back(name, folder, sha256):
    """Store the file again; False if the folder's copy is missing or is not what was copied."""
    source = folder / name
    if not source.is_file() or sha256_of(source) != sha256:
        return False
    with source.open("rb") as file:
        put_pieces(name, _pieces(file), source.stat().st_size)
    return True


def sha256_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(path, sums):
    path.write_text("".join(f"{sums[name]}  {name}\n" for name in sorted(sums)), encoding="utf-8")


def read_sums(path):
    """{name: SHA-256} of a list that `write_sums` wrote."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _pieces(file):
    while piece := file.read(PIECE):
        yield piece
