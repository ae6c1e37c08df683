"""Writes an export to a file, a folder, a .zip or standard output.

A file gets its name only when it is complete. Archives hold no dates, so that the same content gives the same bytes.
"""

import contextlib
import gzip
import os
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import msgspec
import yaml
from django.core.files.storage import default_storage

from .read.sources import format_of
from .read.yaml_scalars import is_special
from .report import FixtureError

ENDINGS = ".json, .jsonl, .yaml (each also .gz) or .zip"
INSIDE = "newsroom.jsonl"  # name of the fixture in a folder or archive
BREAK = re.compile("[\r\x85\u2028\u2029]")  # YAML reads them as line breaks, unless they are escaped
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of the zip format


def write(export, target, stdout):
    """Write an Export to a path, a folder or `stdout` ("-"); returns (number of records, of files)."""
    if target in ("", "-"):
        return _text(export, stdout, "json"), 0
    path = Path(target)
    if path.suffix.lower() == ".zip":
        return _archive(export, path)
    if format_of(path.name):
        return _file(export, path), 0
    if path.suffix and not path.is_dir():
        raise FixtureError(f"{target}: give a name that ends in {ENDINGS}, or a folder.")
    return _folder(export, path)


def _text(export, stream, kind):
    """Write the records into a binary stream; returns their number."""
    number = 0
    for number, (model, fields) in enumerate(export.records(), 1):
        record = {"model": model, "fields": fields}
        if kind == "yaml":
            stream.write(_yaml(record))
        elif kind == "jsonl":
            stream.write(msgspec.json.encode(record) + b"\n")
        else:
            stream.write((b"[\n" if number == 1 else b",\n") + msgspec.json.encode(record))
    if kind == "json":
        stream.write(b"\n]\n" if number else b"[]\n")
    return number


def _yaml(record):
    plain = msgspec.to_builtins(record)
    return yaml.dump([plain], Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000).encode()


class Dumper(yaml.SafeDumper):
    """Puts quotes around every text that a version of YAML takes for something else."""


def _yaml_text(dumper, text):
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style='"' if is_special(text) or BREAK.search(text) else None
    )


Dumper.add_representer(str, _yaml_text)


def _file(export, path):
    kind, packed = format_of(path.name)
    with complete(path) as stream:
        if not packed:
            return _text(export, stream, kind)
        with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as inner:
            return _text(export, inner, kind)


@contextlib.contextmanager
def complete(path):
    """A file that gets its name only when it is complete."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".newsroom-")
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise FixtureError(f"{path}: cannot be written: {error.strerror or error}.") from error


def _folder(export, path):
    number = _file(export, path / INSIDE)
    names = list(export.files())
    for name in names:
        with _opened(name) as source, complete(path / name) as stream:
            shutil.copyfileobj(source, stream)
    return number, len(names)


def _opened(name):
    try:
        return default_storage.open(name)
    except (OSError, ValueError) as error:
        raise FixtureError(f"{name}: is missing in the media library; nothing was exported.") from error


def _archive(export, path):
    with complete(path) as stream, zipfile.ZipFile(stream, "w") as archive:
        with archive.open(entry(INSIDE, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as inner:
            number = _text(export, inner, "jsonl")
        names = list(export.files())
        for name in names:
            with _opened(name) as source, archive.open(entry(name, zipfile.ZIP_STORED), "w") as inner:
                shutil.copyfileobj(source, inner)
    return number, len(names)


def entry(name, method):
    """The description of a file in an archive."""
    made = zipfile.ZipInfo(name, FIRST_DAY)
    made.compress_type, made.external_attr = method, 0o644 << 16
    return made
