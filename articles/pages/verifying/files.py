"""The answer about a file: a picture or attachment of a live article, whatever metadata it carries, or a press kit."""

import hashlib
import io
import re
import zipfile
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from ...html import TooComplex, clean
from ...media.attachments import NOT_AN_ARCHIVE, has_too_many_entries
from ...media.formats import rights
from ...media.formats.detect import detect_format
from ...media.formats.metadata import DamagedFile
from ...models import Attachment, Image
from ..kit.plain_text import readable
from ..kit.public_pictures import live_articles
from ..kit.zip_file import MANIFEST
from . import copies
from .candidates import SHA256
from .verdicts import ALTERED, CURRENT, LONG, LONGEST, UNKNOWN, Verdict, is_too_long, of_text

MOST_BYTES = 25 * 1024 * 1024  # of an upload
MOST_ENTRIES = 300  # of a kit
MOST_TEXTS = 12
TEXTS = (".txt", ".html", ".htm")
_caption, _figure = re.compile(r"<(/?)figcaption\b[^>]*>"), re.compile(r"</?figure\b[^>]*>")


def of_file(request, name, data):
    """[Verdict] of a file's bytes: one, or one for each file of a kit."""
    if data[:4] == b"PK\x03\x04" and (entries := _kit_entries(data)):
        return _of_kit(request, entries)
    verdict = _of_bytes(name, data)
    if verdict.code == UNKNOWN and name.lower().endswith(TEXTS):
        verdict = _of_text_file(request, name, data)
    return [verdict]


def of_sha256(text):
    """[Verdict] of the SHA-256 of a picture or attachment of a live article; [] for anything else."""
    key = text.strip().lower()
    article = _article_with(key) if SHA256.fullmatch(key) else None
    return [Verdict(CURRENT, article, name=key)] if article else []


def _of_bytes(name, data):
    for key in _possible_keys(data):
        if article := _article_with(key):
            return Verdict(CURRENT, article, name=name)
    return Verdict(UNKNOWN, name=name)


def _of_text_file(request, name, data):
    """The answer about a text in UTF-8 or an HTML file, as if it were pasted."""
    text = data.decode("utf-8-sig", errors="replace")
    if len(text) > LONGEST:
        return Verdict(LONG, name=name)
    if not name.lower().endswith(".txt"):
        try:
            text = readable(_figure.sub("", _caption.sub(r"<\1p>", clean(text))))
        except TooComplex:
            return Verdict(UNKNOWN, name=name)
    if is_too_long(text):
        return Verdict(LONG, name=name)
    verdict = of_text(request, text)
    verdict.name = name
    return verdict


def _possible_keys(data):
    """The SHA-256 that the file may have in the library."""
    yield hashlib.sha256(data).hexdigest()
    try:
        kind = detect_format(data)
    except ValidationError:
        return
    if kind in ("jpeg", "png", "webp"):
        with suppress(DamagedFile, ValueError):
            yield from (hashlib.sha256(one).hexdigest() for one in rights.possible_originals(kind, data))
    if kind in ("avif", "webp"):
        yield copies.original_of(kind, data)


def _article_with(key):
    """The newest live article with the picture or attachment that has this SHA-256, best in the reader's language."""
    file = Image.objects.filter(sha256=key).first() or Attachment.objects.filter(sha256=key).first()
    if file is None:
        return None
    found = live_articles(file).newest_first()
    return found.in_language(get_language()).first() or found.first()


def _kit_entries(data):
    """{name within its folder: bytes} of a press kit; {} for any other archive. Ours are not compressed: no bombs."""
    if has_too_many_entries(data):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES or any(info.compress_type != zipfile.ZIP_STORED for info in infos):
                return {}
            if sum(info.file_size for info in infos) > len(data):
                return {}
            found = {info.filename.partition("/")[2]: archive.read(info) for info in infos}
    except NOT_AN_ARCHIVE:
        return {}
    return found if MANIFEST in found else {}


def _of_kit(request, entries):
    """The verdicts on each text, picture and document of a press kit; its other files may differ without any fault."""
    verdicts, texts = [], 0
    for name, data in entries.items():
        if name.startswith("text-") and name.endswith(".txt"):
            texts += 1
            if texts <= MOST_TEXTS:
                verdicts.append(_of_text_file(request, name, data))
        elif name.startswith(("pictures/", "documents/")) and not name.endswith("captions.txt"):
            verdict = _of_bytes(name, data)
            verdict.code = ALTERED if verdict.code == UNKNOWN else verdict.code
            verdicts.append(verdict)
    return verdicts or [Verdict(UNKNOWN)]
