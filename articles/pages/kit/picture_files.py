"""Original pictures for download: with credit, copyright, terms and captions written into the file as it passes."""

import hashlib
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.text import slugify

from ...media.formats import rights
from ...media.formats.embedded import packet

KINDS = {"jpg": "jpeg", "png": "png", "webp": "webp"}
LONGEST_TERMS, LONGEST_CAPTION = 4000, 4000  # characters that a file carries
LONGEST_NAME = 60


def extension(image):
    return PurePosixPath(image.file.name).suffix.removeprefix(".")


def file_name(image):
    """What the picture shows, in ASCII letters, such as "well-in-the-north"; "picture" without a name."""
    named = image.translated("caption", "en") or image.translated("alt", "en")
    return slugify(named)[:LONGEST_NAME].strip("-_") or "picture"


def is_there(image):
    return extension(image) in KINDS and default_storage.exists(image.file.name)


def rights_packet(image):
    """The XMP of the picture, what the site's own language says first. Texts that no file has room for are cut."""
    rows = sorted(image.translations.all(), key=lambda row: row.language != settings.LANGUAGE_CODE)
    captions = {row.language: row.caption[:LONGEST_CAPTION] for row in rows if row.caption}
    terms = {row.language: row.terms[:LONGEST_TERMS] for row in rows if row.terms}
    texts = (image.credit, image.copyright_notice, image.terms[:LONGEST_TERMS], image.terms_address)
    found = packet(*texts, captions=captions, translated_terms=terms)
    return found if len(found) <= rights.MOST else packet(*texts)


def pieces(image, xmp):
    """Yield the bytes of the file with these rights in it."""
    with default_storage.open(image.file.name) as file:
        yield from rights.written(KINDS[extension(image)], file, xmp)


def fingerprint(image, xmp):
    """A digest that changes with the bytes of the file, without reading the picture."""
    return hashlib.sha256(image.sha256.encode() + xmp).hexdigest()
