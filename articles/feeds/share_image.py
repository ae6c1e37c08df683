"""The picture of a shared link to an article without a lead picture: kind, headline, emblem, organisation.

1200 × 630 pixels, as Open Graph and X show them. It is drawn at the first request and stored; its address contains a
digest of all that it shows, so another headline has another address.
"""

import hashlib
import io
import logging
import threading
from contextlib import suppress
from dataclasses import astuple, dataclass

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw

from contacts.languages import organisation_name

from ..html import without_controls
from ..media.storage import NotStored, put
from . import fonts

logger = logging.getLogger(__name__)

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN, TOP, BOTTOM = 80, 160, 180
GROUND, INK, SOFT = "#0a4f59", "#ffffff", "#a8d3d0"
HEADLINE_SIZES = range(76, 39, -4)  # the largest that fits
LEADING = 1.3
SMALL = 36
COLOURS = 64
LOOK = "1"  # raise it when pictures shall be drawn anew
NOT_FIRST = frozenset("，。、；：！？）》」』”’…·%,.;:!?)")  # no line of Chinese begins with one of these
NOT_LAST = frozenset("（《「『“‘(")  # and none ends with one of these
_drawing = threading.Lock()


@dataclass(frozen=True)
class ShareTexts:
    """The texts of a picture for shared links, with their language and direction."""

    headline: str
    kind: str
    name: str
    language: str
    direction: str

    @property
    def digest(self):
        return hashlib.blake2b("\0".join([LOOK, *astuple(self)]).encode(), digest_size=12).hexdigest()

    def font(self, text):
        return fonts.font_for(text, self.language, self.direction == "rtl")

    @property
    def can_be_drawn(self):
        return all(map(self.font, (self.headline, self.kind, self.name)))


def shown(article):
    with override(article.language):
        kind, name = str(article.kind_label), organisation_name()
    return ShareTexts(without_controls(article.headline), kind, name, article.language, article.direction)


def address(article, picture):
    """The path of the picture (`shown`) of a live article; "" if no font of this machine can write it."""
    if not picture.can_be_drawn:
        return ""
    with override(article.language):
        return reverse("articles:share", args=[article.slug, picture.digest])


def png(article, picture):
    """The picture, from the store or drawn now. Without a store it is drawn at each request."""
    folder = f"share/{article.pk}"
    name = f"{folder}/{picture.digest}.png"
    with suppress(OSError), default_storage.open(name) as file:
        return file.read()
    content = draw(picture)
    try:
        put(name, content)
        _tidy(folder, name)
    except NotStored as error:
        logger.warning("The picture of article %s is not stored: %s", article.pk, error)
    return content


def _tidy(folder, name):
    """Delete the pictures of earlier headlines."""
    with suppress(OSError):
        for file in default_storage.listdir(folder)[1]:
            if f"{folder}/{file}" != name:
                default_storage.delete(f"{folder}/{file}")


def draw(picture):
    """A PNG, as bytes."""
    image = Image.new("RGB", SIZE, GROUND)
    with _drawing:  # FreeType's faces are not for several threads
        canvas = Canvas(ImageDraw.Draw(image), picture)
        canvas.text(picture.kind, MARGIN, SMALL, SOFT)
        canvas.headline()
        canvas.emblem(HEIGHT - MARGIN)
        canvas.text(picture.name, HEIGHT - MARGIN - 54, SMALL, INK, indent=84)
    file = io.BytesIO()
    image.quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


class Canvas:
    """Draws from the side at which lines of this language begin."""

    def __init__(self, draw, picture):
        self.draw_on, self.picture = draw, picture
        self.is_rtl = picture.direction == "rtl"
        # Without raqm Pillow knows neither option; `font_for` has refused what needs them.
        can_shape = fonts.features.check("raqm")
        self.options = {"direction": picture.direction, "language": picture.language} if can_shape else {}

    def text(self, text, top, size, fill, indent=0):
        font = fonts.load(self.picture.font(text), size)
        lines = self.lines(text, font, WIDTH - 2 * MARGIN - indent)
        self.line(lines[0] if len(lines) == 1 else self.cut(lines[0]), top, font, fill, indent)

    def line(self, text, top, font, fill, indent=0):
        x = WIDTH - MARGIN - indent if self.is_rtl else MARGIN + indent
        self.draw_on.text((x, top), text, fill, font, anchor="ra" if self.is_rtl else "la", **self.options)

    def headline(self):
        room, text = HEIGHT - TOP - BOTTOM, self.picture.headline
        for size in HEADLINE_SIZES:
            font, height = fonts.load(self.picture.font(text), size), round(size * LEADING)
            lines = self.lines(text, font, WIDTH - 2 * MARGIN)
            if len(lines) * height <= room:
                break
        most = room // height
        shown = lines if len(lines) <= most else [*lines[: most - 1], self.cut(lines[most - 1])]
        for number, line in enumerate(shown):
            self.line(line, TOP + number * height, font, INK)

    @staticmethod
    def cut(line):
        return f"{line.rsplit(' ', 1)[0].rstrip(' ,;:،؛，；：')}…"

    def lines(self, text, font, width):
        """The text in lines that are no wider: broken between words, and within what is wider than a line."""
        found, line = [], ""
        for piece in pieces(text):
            if not line or font.getlength((line + piece).rstrip(), **self.options) <= width:
                line += piece
            else:
                found.append(line.rstrip())
                line = piece
        return [*found, line.rstrip()]

    def emblem(self, bottom):
        """The emblem of newsroom/icon.svg, 60 pixels high."""
        left = WIDTH - MARGIN - 60 if self.is_rtl else MARGIN
        self.draw_on.rounded_rectangle((left, bottom - 60, left + 60, bottom), 11, outline=INK, width=3)
        for top, length in ((17, 30), (29, 30), (41, 17)):
            start = left + 45 - length if self.is_rtl else left + 15
            self.draw_on.line((start, bottom - 60 + top, start + length, bottom - 60 + top), INK, 4)


def pieces(text):
    """Between these parts of a text a line may end: after blanks, and between Chinese characters."""
    found = []
    for character in text:
        last = found[-1][-1] if found else " "
        joins = last != " " and not (_is_wide(character) or _is_wide(last))
        if found and (joins or last in NOT_LAST or character in NOT_FIRST or character == " "):
            found[-1] += character
        else:
            found.append(character)
    return found


def _is_wide(character):
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\uffef"
