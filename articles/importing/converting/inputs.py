"""Finds the files that `convert` is to read, opens them, and recognises by their content what they are."""

import contextlib
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from ..read.files import is_system_file
from ..read.sources import UNREADABLE, reason
from ..report import FixtureError

KINDS = ("wordpress", "feed", "wagtail", "html")
NAMES = {
    "wordpress": "a WordPress export",
    "feed": "a feed",
    "wagtail": "an answer of Wagtail's API, or a dump of its database",
    "html": "an HTML page",
}
ENDINGS = (".xml", ".rss", ".atom", ".rdf", ".json", ".html", ".htm", ".xhtml", ".gz")  # of files in a folder
SNIFFED = 65_536  # bytes; WordPress begins its exports with a long comment
MOST_BYTES = 50 * 1024 * 1024  # of a feed or a page, which are read whole
GZIP = b"\x1f\x8b"

_before_root = re.compile(r"(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>)++", re.DOTALL | re.I)
_named_encoding = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
_wordpress = re.compile(r"https?://wordpress\.org/export/")
_root = re.compile(r"<(?:\w+:)?(\w+)")
_feed_roots = {"rss", "feed", "rdf", "channel", "redirect"}
_html = re.compile(r"(?:<\?[^>]*>|<!--.*?-->|\s)*+<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE)
_wagtail = re.compile(r"\"detail_url\"\s*:\s*\"[^\"]*/pages/\d+/")
_wagtail_dump = re.compile(r"\"model\"\s*:\s*\"wagtail\w+\.")
_json_feed = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version|\"items\"\s*:")


@dataclass
class Input:
    """One file: `name` as reports show it, `folder` in which the files beside it are looked for."""

    path: Path
    name: str
    folder: Path
    kind: str = ""  # one of KINDS
    encoding: str = ""  # as the command says; "": the one that the file names
    size: int = 0  # bytes, as it lies on the disk
    read: int = 0  # bytes read so far, in all passes

    @contextlib.contextmanager
    def open(self):
        """A binary stream of the unpacked text. Raises FixtureError if it cannot be read."""
        try:
            with open(self.path, "rb") as raw:
                is_packed = raw.read(len(GZIP)) == GZIP
                raw.seek(0)
                counted = _Counted(raw, self)
                if not is_packed:
                    yield counted
                else:
                    with gzip.GzipFile(fileobj=counted) as stream:
                        yield stream
        except UNREADABLE as error:
            raise FixtureError(f"{self.name} cannot be read: {reason(error)}.") from error

    def whole(self):
        """All of the file, as bytes."""
        with self.open() as stream:
            data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise FixtureError(f"{self.name} is larger than {MOST_BYTES // 1024 // 1024} MB; divide it.")
        return self._recoded(data) if self.encoding else data

    def _recoded(self, data):
        """The bytes in UTF-8."""
        try:
            return _named_encoding.sub(r"\1", data.decode(self.encoding), count=1).encode()
        except UnicodeError as error:
            reason = f"is not in the encoding {self.encoding}: {error}"
            raise FixtureError(f"{self.name}: {reason}.") from None


class _Counted:
    def __init__(self, raw, file):
        self.raw, self.file = raw, file

    def read(self, size=-1):
        data = self.raw.read(size)
        self.file.read += len(data)
        return data


def found(arguments, wanted="", encoding=""):
    """([Inputs], [(name, why it is left out)]) of the paths that the command names; `wanted`: their kind, if given."""
    inputs, left_out = _found(arguments, wanted)
    for one in inputs:
        one.encoding = encoding
    return inputs, left_out


def _found(arguments, wanted):
    inputs, left_out = [], []
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            inside = _of_folder(path, wanted, left_out)
            if not inside:
                raise FixtureError(f"{argument}: the folder holds no WordPress export, no feed and no HTML page.")
            inputs += inside
        elif path.is_file():
            one = Input(path, str(argument), path.parent, size=path.stat().st_size)
            one.kind = _kind(one, wanted)
            inputs.append(one)
        else:
            raise FixtureError(f"{argument}: there is no such file.")
    return inputs, left_out


def _of_folder(folder, wanted, left_out):
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or is_system_file(name) or not path.name.lower().endswith(ENDINGS):
            continue
        one = Input(path, f"{folder}/{name}", folder, size=path.stat().st_size)
        one.kind = recognised(one)
        if wanted and one.kind != wanted:
            left_out.append((one.name, f"is not {NAMES[wanted]}"))
        elif not one.kind:
            left_out.append((one.name, "is no WordPress export, no feed and no HTML page"))
        else:
            found.append(one)
    return found


def _kind(one, wanted):
    kind = recognised(one)
    is_page = one.path.name.lower().removesuffix(".gz").endswith((".html", ".htm", ".xhtml"))
    if kind == "html" and wanted != "html" and (wanted or not is_page):
        what = NAMES[wanted] if wanted else "a WordPress export or a feed"
        raise FixtureError(f"{one.name}:1: is an HTML page, not {what}; perhaps a page to log in was saved.")
    if wanted:
        return wanted
    if not kind:
        raise FixtureError(f"{one.name}:1: is no WordPress export, no feed and no HTML page; --from says what it is.")
    return kind


def recognised(one):
    """The kind of a file by its beginning, "" if it is none."""
    with one.open() as stream:
        start = stream.read(SNIFFED)
    one.read = 0
    text = _as_text(start)
    if not text.strip():
        raise FixtureError(f"{one.name} is empty.")
    if text.lstrip().startswith("{"):
        if _wagtail.search(text):
            return "wagtail"
        return "feed" if _json_feed.search(text) else ""
    if text.lstrip().startswith("["):
        return "wagtail" if _wagtail_dump.search(text) else ""
    skipped = _before_root.match(text)
    root = _root.match(text, skipped.end() if skipped else 0)
    if root and root[1].lower() in _feed_roots:
        return "wordpress" if _wordpress.search(text) else "feed"
    if _html.match(text):
        return "html"
    return "html" if one.path.name.lower().endswith((".html", ".htm", ".xhtml")) else ""


def _as_text(start):
    """The beginning of a file as text, good enough to recognise tags in it."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:4]:
        big = start.startswith((b"\xfe\xff", b"\0"))
        return start.decode("utf-16-be" if big else "utf-16-le", "replace").removeprefix("\ufeff")
    return start.decode("latin-1").removeprefix("\u00ef\u00bb\u00bf")
