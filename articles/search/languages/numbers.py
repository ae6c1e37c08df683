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
_separator = re.compile(r"\D")


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
