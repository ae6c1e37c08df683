"""Brings pictures from other sites into the library: those in texts, and those that articles refer to by address."""

import html
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from contacts.validators import parts_of

from ...media import images
from ...media.fetch import FetchError, is_remote, normalized
from ...media.formats.detect import detect_format
from ..read.sources import RawRecord
from ..remote_media import SOURCE, image_references

OF_THE_WEB = {"jpeg", "png", "gif", "webp", "avif"}
OTHER_FILES = {"articles.attachment", "articles.recording"}
ALT = re.compile(r"""\salt\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
NO_CREDIT = "picture of another site names no credit: the site's name stands for it until somebody enters one"


class RemotePictures:
    """Rewrites a raw record so that it refers to pictures of the library; adds the records of new ones."""

    def __init__(self, loader):
        self.loader, self.remote = loader, loader.remote
        self.names = {}  # {address: name in the library} of what this run brings

    def rewrite(self, spec, raw):
        for name in spec.html:
            text = raw.fields.get(name)
            if isinstance(text, str):
                raw.fields[name] = SOURCE.sub(lambda found: self._in_text(raw, found), text)
        for name in image_references(spec):
            value = raw.fields.get(name)
            if isinstance(value, list) and name in spec.lists:
                raw.fields[name] = [key for each in value if (key := self._key(raw, each)) is not None]
            elif isinstance(value, list):
                key = self._key(raw, value)
                raw.fields[name] = value if key is None and spec.fields[name].required else key
        for name, one in spec.lists.items():
            if one.target in OTHER_FILES and isinstance(keys := raw.fields.get(name), list):
                raw.fields[name] = [key for key in keys if not self._is_gone(raw, key)]

    def _in_text(self, raw, found):
        address = html.unescape(found[2].strip("\"'"))
        if not is_remote(address) or not (name := self._library_name(raw, normalized(address), found.string, found)):
            return found[0]
        return f'{found[1]}"{default_storage.url(name)}"'

    def _key(self, raw, key):
        """A reference by address becomes one by SHA-256; None without the picture, which is then listed."""
        if not isinstance(key, list) or not key or not isinstance(key[0], str) or not is_remote(key[0]):
            return key
        address = normalized(key[0])
        if address in self.remote.declared and not self.remote.known(address):
            return [address] if self._is_there(raw, address) else None  # its own record brings it
        name = self._library_name(raw, address)
        return [name.rpartition("/")[2].partition(".")[0]] if name else None

    def _is_gone(self, raw, key):
        """Whether a reference is to a file of another site whose own record could not fetch it."""
        if not isinstance(key, list) or not key or not isinstance(key[0], str) or not is_remote(key[0]):
            return False
        address = normalized(key[0])
        return address in self.remote.declared and not self._is_there(raw, address)

    def _is_there(self, raw, address):
        if self.remote.only_plan:
            return True
        try:
            return bool(self.remote.content(address))
        except FetchError as error:
            self.loader.report.not_fetched[address] = f"{raw.place}: {error}"
            return False

    def _library_name(self, raw, address, text="", found=None):
        """The name in the library of the picture at that address, None if there is none."""
        if name := self.names.get(address) or self.remote.known(address):
            return name
        report = self.loader.report
        if self.remote.fetch is None or self.remote.only_plan:
            report.not_fetched.setdefault(address, str(raw.place))
            return None
        try:
            content = self.remote.content(address)
            if detect_format(content) not in OF_THE_WEB:
                raise FetchError("is of a format that web pages do not show")
            checked = images.check(content)
        except (FetchError, ValidationError) as error:
            reason = error.messages[0].rstrip(".") if isinstance(error, ValidationError) else str(error)
            report.not_fetched[address] = f"{raw.place}: {reason}"
            return None
        self.names[address] = checked.name
        if address not in self.remote.declared:
            self._add_records(raw, address, text, found)
        return checked.name

    def _add_records(self, raw, address, text, found):
        """The records of a picture and of its alternative text, as the fixture could have brought them."""
        self.loader.add(RawRecord(raw.place, "articles.image", {"file": address}))
        language = raw.fields.get("language")
        alt = _alternative_text(text, found) if found else ""
        if alt and language in dict(settings.LANGUAGES):
            fields = {"image": [address], "language": language, "alt": alt}
            self.loader.add(RawRecord(raw.place, "articles.imagetranslation", fields))


def _alternative_text(text, found):
    """The `alt` of the tag whose `src` was found."""
    tag = text[found.start() : text.find(">", found.end())]
    marked = ALT.search(tag)
    return html.unescape(marked[1][1:-1]).strip()[:300] if marked else ""


def credit_for(address):
    """The site's name, for a picture without a credit."""
    return (parts_of(address).hostname or "").removeprefix("www.")[:200]
