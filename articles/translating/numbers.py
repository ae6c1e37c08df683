"""Numbers in the texts of six languages: “3 million”, “3 000 000”, “300万” and “٣ ملايين” are the same number."""

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ..search.languages.numbers import WORDS
from ..search.languages.scales import SCALES, scales

BLANKS = " \u00a0\u2009\u202f"
# What separates thousands and what comes before decimals, with what is also seen in texts of the language.
GROUPS = {"en": ",", "fr": BLANKS, "es": f".{BLANKS}", "ar": "\u066c,", "ru": BLANKS, "zh": ","}
DECIMALS = {"en": ".", "fr": ",", "es": ",", "ar": "\u066b.", "ru": ",", "zh": "."}
EVERYWHERE = f"{BLANKS}'’"
# Numbers that a text may leave out: “one” is an article, and Arabic has a form for two of a thing.
SILENT = {"ar": {1, 2}}
CHINESE = dict(zip("一二两三四五六七八九十", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True))
ROMAN = {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
FOLDED = str.maketrans({"ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي"})


class Found(NamedTuple):
    value: Decimal
    text: str
    start: int


@cache
def pattern(language):
    groups = re.escape(GROUPS.get(language, ",") + EVERYWHERE)
    decimals = re.escape(DECIMALS.get(language, "."))
    scales = "|".join(SCALES.get(language, {"(?!)": 0}))
    end = "" if language == "zh" else r"(?!\w)"
    return re.compile(
        rf"(?P<whole>\d{{1,3}}(?P<sign>[{groups}])\d{{3}}(?:(?P=sign)\d{{3}})*(?!\d)|\d+)"
        rf"(?:[{decimals}](?P<part>\d+)|[.,](?P<other>\d{{1,2}})(?!\d))?"
        rf"(?:[{BLANKS}]*(?:de )?(?P<scale>{scales}){end})?",
        re.IGNORECASE,
    )


def plain_digits(text):
    """The text with the digits of ASCII, of the same length."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(one)) if not one.isascii() and one.isdecimal() else one for one in text)


def numbers(text, language):
    """[Found] of all numbers that are written in digits."""
    found = []
    for match in pattern(language).finditer(plain_digits(text)):
        whole, part = re.sub(r"\D", "", match["whole"]), match["part"] or match["other"]
        value = Decimal(f"{whole}.{part}" if part else whole)
        if match["scale"]:
            value *= 10 ** next(power for scale, power in scales(language) if scale.fullmatch(match["scale"]))
        found.append(Found(value.normalize(), text[match.start() : match.end()].strip(), match.start()))
    return found


@cache
def _small_words(language):
    """{number: its words, without accents} up to twelve."""
    found = {}
    for pair in WORDS.get(language, "").split():
        word, number = pair.split("=")
        found.setdefault(int(number), set()).add(word)
    return found


def in_words(text, language):
    """The small numbers that a text writes in words or Roman figures, and those that its language need not write."""
    found = {1} | SILENT.get(language, set())
    if language == "zh":
        found |= {CHINESE[sign] for sign in text if sign in CHINESE}
    words = set(re.findall(r"\w+", folded(text)))
    found |= {number for number, same in _small_words(language).items() if same & words}
    romans = {roman(number): number for number in range(1, 40)}
    return found | {romans[word] for word in re.findall(r"\b[XVI]+", text) if word in romans}


def folded(text):
    """In small letters, without accents and vowel signs, as WORDS are written."""
    text = unicodedata.normalize("NFKD", text.lower().translate(FOLDED))
    return "".join(one for one in text if not unicodedata.combining(one))


def roman(number):
    """The Roman figures of a number below 40."""
    text = ""
    for value, sign in ROMAN.items():
        text += sign * (number // value)
        number %= value
    return text
