"""Pictures and attachments of a fixture that are on other sites: found, fetched before anything is stored, remembered.

What an earlier run fetched is known by its address (`Image.source_url`) and not fetched again.
"""

import dataclasses
import hashlib
import html
import re
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cached_property
from pathlib import Path

from tqdm import tqdm

from contacts.validators import parts_of

from ..media.fetch import FetchError, is_remote, normalized
from ..models import Image
from .check.schema import FILES, Schema
from .read.sources import RawRecord, records

# A picture of one pixel counts who opens a mail.
_pixel = r"""(?=[^>]{0,2000}\swidth\s*=\s*["']?[01]["'\s/>])(?=[^>]{0,2000}\sheight\s*=\s*["']?[01]["'\s/>])"""
SOURCE = re.compile(
    rf"""(<img\b(?!{_pixel})[^>]{{0,2000}}?\bsrc\s*=\s*)("[^"]*"|'[^']*'|[^\s"'<>`=]+)""", re.IGNORECASE
)
AT_A_TIME = 8
GIVE_UP_AFTER = 3  # failures to reach one site
_image_references = {}  # {label: names}


class RemoteMedia:
    """`fetch(address)` gives the bytes or raises FetchError; None: nothing is fetched."""

    def __init__(self, fetch=None, only_plan=False):
        self.fetch, self.only_plan = fetch, only_plan
        self.failures = {}  # {address: clause}
        self.unreachable = Counter()  # {site: failures}
        self.declared = set()  # addresses that a record of their own brings
        self._known = {}  # {address: name in the library, "" if unknown}

    @cached_property
    def folder(self):
        return tempfile.TemporaryDirectory(prefix="newsroom-")

    def close(self):
        if "folder" in self.__dict__:
            self.folder.cleanup()

    def known(self, address):
        """The name of the library's picture that an earlier run fetched from there, else ""."""
        if not self._has_fetched:
            return ""
        if address not in self._known:
            found = Image.objects.filter(source_url=address).values_list("file", flat=True)
            self._known[address] = found.first() or ""
        return self._known[address]

    @cached_property
    def _has_fetched(self):
        return Image.objects.exclude(source_url="").exists()

    def content(self, address):
        """The bytes; raises FetchError if they could not be fetched."""
        if self.fetch is None:
            raise FetchError("is on another site: --fetch-media fetches it")
        path = self._path(address)
        if not path.exists():
            if address not in self.failures:
                self._fetch(address)
            if address in self.failures:
                raise FetchError(self.failures[address])
        return path.read_bytes()

    def prefetch(self, sources, progress=None):
        """Fetch all that the fixtures name, before the import locks the database. A pipe is read only once."""
        schema, found = Schema(), {}
        for source in sources:
            if not source.size:  # standard input, or a pipe
                continue
            copy = dataclasses.replace(source, sha256=hashlib.sha256(), read=0)
            for raw in records(copy):
                if isinstance(raw, RawRecord) and (spec := schema.get(raw.model)):
                    found |= dict.fromkeys(addresses(spec, raw))
                    if raw.model in FILES and is_remote(str(raw.fields.get("file", ""))):
                        self.declared.add(normalized(raw.fields["file"]))
        wanted = [address for address in found if not self.known(address)]
        if self.fetch is None or self.only_plan or not wanted:
            return
        self.folder  # noqa: B018 - created here, before the threads need it
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            done = as_completed([pool.submit(self._fetch, address) for address in wanted])
            quiet = progress is None or not progress.is_terminal
            stream = progress and progress.stream
            for _each in tqdm(done, total=len(wanted), desc="fetching", unit="file", disable=quiet, file=stream):
                pass

    def _fetch(self, address):
        site = parts_of(address).netloc
        try:
            if self.unreachable[site] >= GIVE_UP_AFTER:
                raise FetchError("the site does not answer")
            self._keep(self._path(address), self.fetch(address))
        except FetchError as error:
            self.failures[address] = str(error)
            self.unreachable[site] += error.is_unreachable

    def _keep(self, path, content):
        try:
            path.write_bytes(content)
        except OSError as error:  # half of a file would be taken for the file
            path.unlink(missing_ok=True)
            raise FetchError(f"cannot be kept until it is stored: {error.strerror}") from error

    def _path(self, address):
        return Path(self.folder.name) / hashlib.sha256(address.encode()).hexdigest()


def addresses(spec, raw):
    """The addresses of files on other sites that a raw record names."""
    texts = [raw.fields.get(name) for name in spec.html]
    found = [found[2] for text in texts if isinstance(text, str) for found in SOURCE.finditer(text)]
    named = [html.unescape(each.strip("\"'")) for each in found] + list(_references(spec, raw))
    if spec.label in FILES:
        named.append(raw.fields.get("file"))
    return [normalized(each) for each in named if isinstance(each, str) and is_remote(each)]


def _references(spec, raw):
    """The first part of each reference to an image."""
    for name in image_references(spec):
        value = raw.fields.get(name)
        keys = value if name in spec.lists else [value]
        yield from (key[0] for key in keys or () if isinstance(key, list) and key)


def image_references(spec):
    """The names of the fields and lists of a model that refer to images."""
    if spec.label not in _image_references:
        found = [name for name, one in (spec.fields | spec.lists).items() if one.target == "articles.image"]
        _image_references[spec.label] = found
    return _image_references[spec.label]
