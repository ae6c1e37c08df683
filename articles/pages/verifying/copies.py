"""Whether a file is one of the smaller copies of pictures that pages show.

A copy names its original in its XMP. That tells only where to look: the file must be a copy that is stored, byte for
byte but for the credit, which copies of another day may have otherwise.
"""

import re
from contextlib import suppress

from django.core.files.storage import default_storage

from ...media.formats.metadata import DamagedFile, strip
from ...media.renditions import names_of_made
from ...models import Image

ORIGINAL = re.compile(rb"OriginalDocumentID>sha256:([0-9a-f]{64})<")
MOST_NAMED = 3


def original_of(kind, data):
    """The SHA-256 of the picture of which an "avif" or "webp" file is a copy; "" for any other file."""
    content = _without_credit(kind, data)
    for key in dict.fromkeys(ORIGINAL.findall(data)[:MOST_NAMED]):
        image = Image.objects.filter(sha256=key.decode()).first()
        if image and any(_stored(kind, name) == content for name in names_of_made(image, kind)):
            return image.sha256
    return ""


def _stored(kind, name):
    with suppress(OSError), default_storage.open(name) as file:
        return _without_credit(kind, file.read())
    return None


def _without_credit(kind, data):
    if kind == "webp":
        with suppress(DamagedFile):
            return strip(kind, data)
    return data
