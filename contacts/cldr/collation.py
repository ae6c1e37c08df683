"""The order in which readers of a language expect names: `sorted(names, key=sort_key)`.

It is that of the Unicode Collation Algorithm with the data of the CLDR: first by letters, then by accents, then by
case; Chinese by pinyin. Python computes it, so that it is the same on every database: SQLite knows no languages, and
PostgreSQL only where it was built with ICU. PyICU, which knows all languages, is no package that pip can install
without a compiler; of its rules our languages need the few at the end of this module.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from ..languages import content_language

FIXTURES = Path(__file__).parents[1] / "fixtures"
LETTERS, PINYIN = FIXTURES / "collation.tsv", FIXTURES / "pinyin.txt"  # `manage.py build_collation` writes them

# Keys are texts: each weight is a character, and a level ends with "\0". First come blanks, punctuation and digits,
# then the letters of the language's own script, then all others, then characters that the tables do not have.
FIRST_LETTER = "a"
OTHERS, OWN_SCRIPT, OWN_HAN, OTHER_SCRIPTS, UNKNOWN = 0x100, 0x10000, 0x40000, 0x50000, 0x80000
STEP = 8  # between two weights, for letters that a language puts between them (of Han characters it is 2)
LEVELS = range(3)


def sort_key(text, language=None):
    """The key by which a text is sorted for readers of that, else of the active language."""
    text, weights = str(text), _weights(content_language(language))
    found = [weights[character] for character in weights.letters(unicodedata.normalize("NFKC", text))]
    return "\0".join([*("".join(element[level] for element in found) for level in LEVELS), text])


@lru_cache(maxsize=64)
def _weights(language):
    return Weights(language)


class Weights(dict):
    """{character: (primary, secondary, tertiary)} for one language, filled as characters are asked for."""

    def __init__(self, language):
        super().__init__()
        self.language = language.split("-")[0]
        self.script = SCRIPTS.get(self.language)
        self.compounds = COMPOUNDS.get(self.language, {})
        for character, like, weights in TAILORED.get(self.language, ()):
            self[character] = self._tailored(like, *weights)

    def letters(self, text):
        """The text, with one sign for a character that sounds otherwise in this word."""
        for word, letters in self.compounds.items():
            text = text.replace(word, letters)
        return text

    def __missing__(self, character):
        found = self[character] = self._found(character)
        return found

    def _found(self, character):
        if (elements := _letters().get(character)) is not None:
            return self._as_text(character, elements)
        parts = unicodedata.normalize("NFD", character)
        if len(parts) > 1:
            return tuple("".join(self[part][level] for part in parts) for level in LEVELS)
        if self.language == "zh" and (rank := _pinyin().find(character)) >= 0:
            return self._level(OWN_HAN + 2 * rank)
        category = unicodedata.category(character)
        if category[0] in "CM":  # controls, and marks that the tables do not have
            return "", "", ""
        return self._level((UNKNOWN if category[0] in "LN" else OTHERS) + min(ord(character), 0x7FFFF))

    @staticmethod
    def _level(primary):
        return chr(primary), chr(STEP * 0x20), chr(2)

    def _as_text(self, character, elements):
        """The weights of the tables; a weight of 0 is none."""
        script = self.script and unicodedata.name(character, "").startswith(self.script)
        floor, first = OWN_SCRIPT if script else OTHER_SCRIPTS, _letters()[FIRST_LETTER][0][0]
        primaries = (floor + STEP * one if one >= first else OTHERS + one for one, _, _ in elements if one)
        return (
            "".join(map(chr, primaries)),
            "".join(chr(STEP * one) for _, one, _ in elements if one),
            "".join(chr(one) for _, _, one in elements if one),
        )

    def _tailored(self, like, primary, secondary, tertiary):
        """The weights of another text, each increased by a number."""
        weights = tuple("".join(self[one][level] for one in like) for level in LEVELS)
        return tuple(
            weight and weight[:-1] + chr(ord(weight[-1]) + more)
            for weight, more in zip(weights, (primary, secondary, tertiary), strict=True)
        )


@lru_cache(maxsize=1)
def _letters():
    """{character: [(primary, secondary, tertiary), …]}"""
    found = {}
    for line in LETTERS.read_text(encoding="utf-8").splitlines():
        code, elements = line.split("\t")
        found[chr(int(code, 16))] = [tuple(int(one, 16) for one in each.split(".")) for each in elements.split()]
    return found


@lru_cache(maxsize=1)
def _pinyin():
    return PINYIN.read_text(encoding="utf-8").strip()


# The rules of the languages, from `common/collation` of the CLDR: words of which a character sounds as in no other
# word, and a sign for it; whose script comes first; and
# (character, the text that it is ordered like, what is added to the weights of that text's last character).
# Of Arabic, characters that are not letters of Arabic itself are left out.
COMPOUNDS = {"zh": {"重庆": "\ue000庆", "沈阳": "\ue001阳", "藏文": "\ue002文"}}
SCRIPTS = {"ar": "ARABIC", "ru": "CYRILLIC"}
TONES = ("aāáǎà", "AĀÁǍÀ", "eēéěè", "EĒÉĚÈ", "iīíǐì", "IĪÍǏÌ", "oōóǒò", "OŌÓǑÒ", "uūúǔù", "UŪÚǓÙ")
TAILORED = {
    "zh": [
        *(("\ue000", "䖝", (1, 0, 0)), ("\ue001", "弞", (1, 0, 0)), ("\ue002", "銺", (1, 0, 0))),
        *((with_tone, vowel, (0, tone - 4, 0)) for vowel, *tones in TONES for tone, with_tone in enumerate(tones)),
    ],
    "es": [("ñ", "n", (1, 0, 0)), ("Ñ", "N", (1, 0, 0))],
    "ar": [
        ("ة", "ت", (0, -1, 0)),
        ("ى", "ي", (0, -1, 0)),
        ("ی", "ي", (0, -2, 0)),
        *((letter, "ء", (0, number, 0)) for number, letter in enumerate("أؤإئ", start=1)),
        ("ا", "ء", (0, 6, 0)),
        ("آ", "ءا", (0, 1, 0)),
        *((chr(code), "", (0, 0, 0)) for code in (*range(0x64B, 0x660), 0x670)),
    ],
}
