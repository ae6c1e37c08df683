"""Converts pictures of formats that browsers or this project do not show: AVIF, HEIC, TIFF, JPEG 2000, BMP, ICO.

`converted` runs `main` in a child process with limits of memory and time, because decoders of these formats have had
faults that a hostile file can use. The child uses no Django.
"""

import io
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from PIL import Image, ImageOps

from articles.media import resize
from articles.media.formats import embedded
from articles.media.formats.embedded import Embedded

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 30
TOO_MANY_PIXELS, CANNOT_READ_HEIC, EMPTY = 3, 4, 5  # exit codes
FORMATS = {"avif": "AVIF", "heic": "HEIF", "tiff": "TIFF", "jpeg2000": "JPEG2000", "bmp": "BMP", "ico": "ICO"}
DRAWING_COLOURS = 1024
LONGEST_SIDE = 16383


class Refused(Exception):
    """The child refused the picture; `code` is its exit code, None if it was ended."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def converted(kind, content, max_pixels):
    """The first picture of the file as upright JPEG, PNG or WebP: (format, bytes, Embedded texts). Raises Refused."""
    command = [sys.executable, "-m", __spec__.name, kind, str(max_pixels)]
    with tempfile.TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        try:
            done = subprocess.run(
                command, stdin=source, capture_output=True, timeout=SECONDS, cwd=Path(__file__).parents[3], check=False
            )
        except subprocess.TimeoutExpired as error:
            raise Refused(None) from error
    if done.returncode:
        raise Refused(done.returncode)
    head, _, result = done.stdout.partition(b"\n")
    name, texts = json.loads(head)
    return name, result, Embedded(**texts)


def main(kind, max_pixels):
    limit_resources()
    try:
        name, content, texts = convert(kind, sys.stdin.buffer.read(), max_pixels)
    except Refused as error:
        sys.exit(error.code)
    sys.stdout.buffer.write(json.dumps([name, asdict(texts)]).encode("ascii") + b"\n" + content)


def limit_resources():
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def convert(kind, content, max_pixels):
    """(format, bytes, Embedded texts) of the picture in RGB or RGBA, upright, without metadata."""
    if kind == "heic":
        _register_heic()
    with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as opened:
        if opened.width * opened.height > max_pixels or max(opened.size) > LONGEST_SIDE:
            raise Refused(TOO_MANY_PIXELS)
        texts = embedded.read(opened)
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        picture = resize.in_srgb(opened)
    if picture.mode == "RGBA" and picture.getextrema()[3] == (255, 255):
        picture = picture.convert("RGB")
    if is_blank(picture):
        raise Refused(EMPTY)
    picture.info = {}
    return *_encoded(picture), texts


def is_blank(picture):
    """Whether every pixel is transparent."""
    if "transparency" in picture.info:
        picture = picture.convert("RGBA")
    return picture.mode in {"RGBA", "LA"} and picture.getextrema()[-1][1] == 0


def _register_heic():
    try:
        import pillow_heif
    except ImportError:
        raise Refused(CANNOT_READ_HEIC) from None
    pillow_heif.register_heif_opener(thumbnails=False)


def _is_drawing(picture):
    """Whether a few colours fill most of it: PNG keeps such a picture sharp, and smaller."""
    numbers = sorted((number for number, _colour in picture.getcolors(DRAWING_COLOURS) or ()), reverse=True)
    return sum(numbers[:8]) * 2 > picture.width * picture.height


def _encoded(picture):
    if _is_drawing(picture):
        kind, options = "png", {"optimize": True}
    elif picture.mode == "RGBA":
        kind, options = "webp", {"quality": 92}
    else:
        kind, options = "jpeg", {"quality": 92, "subsampling": 0}
    out = io.BytesIO()
    picture.save(out, kind.upper(), **options)
    return kind, out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
