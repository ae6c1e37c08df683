"""YAML scalars without quotes. YAML 1.1 (PyYAML, Django's dumpdata) and 1.2 read many of them differently.

`086` is a text in 1.1 and a number in 1.2, `no` a boolean in 1.1 and a text in 1.2. What such a scalar means is decided
by the field that it is for: a text field takes it as it was typed.
"""

import math
import re

from ..report import Unsupported
from .json_reader import whole_number


class Plain(str):
    """A scalar that one of the two versions does not take for a text."""

    __slots__ = ()


TOO_LARGE = Unsupported("holds a number that is too large")
NULLS = {"", "~", "null", "Null", "NULL"}
TRUE = {"true", "yes", "on"}  # in any capitals
FALSE = {"false", "no", "off"}
# What both versions take for a number, apart from its sign and size.
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+][0-9]+)?\Z")
INTEGER = re.compile(r"[-+]?[0-9]+\Z")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
NOT_A_NUMBER = re.compile(r"[-+]?\.(?:inf|nan)\Z", re.IGNORECASE)
BASES = {"0x": 16, "0o": 8, "0b": 2}
# Everything that one of the versions takes for something else than a text: it begins like a number or a date,
# or is a word or a sign with a meaning.
SPECIAL = re.compile(r"[-+.]?[0-9.]|[-+]?\.(?:inf|nan)\Z", re.IGNORECASE)
WORDS = {word.lower() for word in NULLS} | TRUE | FALSE | {"y", "n", "=", "<<"}


def scalar(text):
    """The text, or a Plain if a version of YAML takes it for something else."""
    return Plain(text) if SPECIAL.match(text) or text.lower() in WORDS else text


def is_special(text):
    """Whether the text needs quotes, so that every version takes it for a text."""
    return type(scalar(text)) is Plain


def as_text(plain):
    """For a text field; null stays null."""
    return None if plain in NULLS else str(plain)


def as_boolean(plain):
    if plain in NULLS:
        return None
    word = plain.lower()
    return True if word in TRUE else False if word in FALSE else str(plain)


def as_number(plain):
    """For a number field: an integer or a float, else the text, which its check refuses."""
    if plain in NULLS:
        return None
    if NOT_A_NUMBER.match(plain):
        return Unsupported(f"is {plain}, which is no number")
    digits = plain.replace("_", "")
    if INTEGER.match(digits):
        return whole_number(digits.lstrip("+"))
    if digits[:2].lower() in BASES:
        try:
            found = int(digits, BASES[digits[:2].lower()])
        except ValueError:
            return str(plain)
        return found if found < 2**63 else TOO_LARGE
    return _float(digits) if FLOAT.match(digits) else str(plain)


def _float(digits):
    found = float(digits)
    return found if math.isfinite(found) else TOO_LARGE


def as_json(plain):
    """For a JSON value: what both versions agree on; everything else is a text."""
    if plain in NULLS:
        return None
    if plain.lower() in ("true", "false"):
        return plain.lower() == "true"
    return as_number(plain) if NUMBER.match(plain) else str(plain)


def converted(value, convert):
    """A decoded value in which every Plain, at any depth, is converted."""
    if type(value) is Plain:
        return convert(value)
    if type(value) is list:
        return [converted(one, convert) for one in value]
    if type(value) is dict:
        return {name: converted(one, convert) for name, one in value.items()}
    return value
