"""The machine's fonts for pictures of texts: the first one in SHARE_FONTS that has every character of a text.

newsroom ships none: the fonts for six languages are larger than itself. Debian has them as fonts-noto-core and
fonts-noto-cjk. Without a font for a text there is no picture of it, rather than one with boxes. The letters of Arabic
are joined by raqm, which comes with Pillow, and looks for FriBidi on the machine (Debian: libfribidi0).
"""

import os
import unicodedata
from functools import lru_cache

from django.conf import settings
from PIL import ImageFont, features

LATIN = ("NotoSans-Bold.ttf", "NotoSansDisplay-Bold.ttf", "LiberationSans-Bold.ttf")
PREFERRED = {  # by language; all others have LATIN, which is Cyrillic, too
    "ar": ("NotoNaskhArabic-Bold.ttf", "NotoSansArabic-Bold.ttf", "NotoKufiArabic-Bold.ttf"),
    "zh": ("NotoSansCJK-Bold.ttc", "NotoSansCJKsc-Bold.otf", "NotoSansSC-Bold.otf", "wqy-zenhei.ttc"),
}
WITH_SEVERAL_SCRIPTS = ("DejaVuSans-Bold.ttf", "NotoSansCJK-Bold.ttc")
FACES = {"NotoSansCJK-Bold.ttc": 2}  # of the fonts in a collection, the simplified Chinese one
INVISIBLE = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}  # categories of characters that need no glyph of their own
NOWHERE = "\U0010fffe"  # a character that no font has


def font_for(text, language, is_right_to_left):
    """The path of a font that can write the text; None if there is none."""
    if is_right_to_left and not features.check("raqm"):  # nothing joins the letters
        return None
    names = dict.fromkeys((*PREFERRED.get(language.split("-")[0], LATIN), *LATIN, *WITH_SEVERAL_SCRIPTS))
    known = _files(str(settings.SHARE_FONTS))
    characters = {one for one in text if unicodedata.category(one) not in INVISIBLE}
    return next((known[name] for name in names if name in known and _has_all(known[name], characters)), None)


def load(path, size):
    return ImageFont.truetype(path, size, index=FACES.get(os.path.basename(path), 0))


@lru_cache(maxsize=4)
def _files(folder):
    """{file's name: path} of the fonts in a folder and those below it, read once."""
    wanted = {*LATIN, *WITH_SEVERAL_SCRIPTS, *(name for names in PREFERRED.values() for name in names)}
    return {name: os.path.join(at, name) for at, _, names in os.walk(folder) for name in wanted.intersection(names)}


def _has_all(path, characters):
    return all(_has(path, character) for character in characters)


@lru_cache(maxsize=20_000)
def _has(path, character):
    """Whether the font has a glyph of its own for a character."""
    return _drawn(path, character) != _missing(path)


@lru_cache(maxsize=64)
def _missing(path):
    return _drawn(path, NOWHERE)


def _drawn(path, character):
    mask = _small(path).getmask(character)
    return mask.size, bytes(mask)


@lru_cache(maxsize=16)
def _small(path):
    return ImageFont.truetype(
        path, 16, index=FACES.get(os.path.basename(path), 0), layout_engine=ImageFont.Layout.BASIC
    )
