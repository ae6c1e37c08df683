"""Numbers as people write them: "3,000", "3 000" and "3.000" are 3000; "3.5" and "3,5" are one decimal number."""

import re
from functools import lru_cache

BLANKS = " \u00a0\u2009\u202f"
DECIMAL = ".,\u066b"
MOST_GROUPS = 6  # of three digits; a longer row is one of several numbers
_grouped = "|".join(rf"(?:{sign}\d{{3}}){{1,{MOST_GROUPS}}}" for sign in (f"[{BLANKS}]", ",", r"\.", "['’]", "\u066c"))
# The whole of a number. Neither "22 555" of the telephone +41 22 555 01 50 nor 20.11.2026 is a grouped one.
NUMBER = (
    rf"(?>\d{{1,3}}(?:{_grouped}))(?:[{DECIMAL}]\d{{1,2}}(?![{DECIMAL}]?\d))?(?![{BLANKS}{DECIMAL}]?\d)"
    rf"|\d+(?:[{DECIMAL}]\d+)*"
)
POINT = "_"  # in an indexed decimal number
# In these languages 3.125 is a whole number and 3,125 a decimal one.
DECIMAL_COMMA = {"fr", "es", "ru"}
# Signs beside numbers, and the words by which people look for them.
SIGNS = {
    "en": {"%": "percent", "$": "dollars", "€": "euros"},
    "fr": {"%": "cent", "$": "dollars", "€": "euros"},
    "es": {"%": "ciento", "$": "dólares", "€": "euros"},
    "ru": {"%": "процентов", "$": "долларов", "€": "евро"},
    "ar": {"%": "المئة", "٪": "المئة", "$": "دولار", "€": "يورو"},
}
# Words for small numbers, without accents: "the six-hour rule" is found by "6 hours". Not "neuf", which is also new.
WORDS = {
    "en": "two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12",
    "fr": "deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 dix=10 onze=11 douze=12",
    "es": "dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12",
    "ru": "два=2 две=2 двух=2 три=3 трех=3 четыре=4 четырех=4 пять=5 пяти=5 шесть=6 шести=6 семь=7 семи=7 восемь=8 "
    "восьми=8 девять=9 девяти=9 десять=10 десяти=10 одиннадцать=11 двенадцать=12",
    "ar": "ثلاث=3 ثلاثه=3 اربع=4 اربعه=4 خمس=5 خمسه=5 ست=6 سته=6 سبع=7 سبعه=7 ثماني=8 ثمانيه=8 تسع=9 تسعه=9 عشره=10",
}
_figures = {code: dict(pair.split("=") for pair in words.split()) for code, words in WORDS.items()}
_separator = re.compile(r"\D")


def figures(word, language):
    """(number,) of one of the WORDS, as it is indexed; () for other words."""
    number = _figures.get(language, {}).get(word)
    return (number,) if number else ()


@lru_cache(maxsize=1 << 12)
def values(text, language):
    """The numbers that a match of NUMBER stands for, as they are indexed: a date has three."""
    first, *groups = map(_plain, _separator.split(text))
    signs = _separator.findall(text)
    if not groups:
        return (first,)
    if len(signs) > 1 and len(groups[-1]) < 3 and len({*signs[:-1]}) == 1 and signs[-1] != signs[0]:
        return (first + "".join(groups[:-1]) + POINT + groups[-1],)
    if len({*signs}) == 1 and len(first) <= 3 and all(len(group) == 3 for group in groups):
        sign = signs[0]
        if len(groups) > 1 or sign not in DECIMAL or groups[0] == "000" or _separates_groups(sign, language):
            return (first + "".join(groups),)
    if len(groups) == 1:
        return (first + POINT + groups[0],)
    return (first, *groups)


def _separates_groups(sign, language):
    """Whether a full stop or a comma separates thousands in that language."""
    return sign == ("." if language in DECIMAL_COMMA else ",")


def _plain(digits):
    """In the digits of ASCII."""
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)
