"""Checks natural keys in the fields that refer to other rows, and folds the capitals of codes.

Codes are lower-case, those of countries upper-case, as in addresses and in ISO 3166-1. A fixture may write them in any
case; `settings.LANGUAGES` decides how the codes of languages are written.
"""

import re
import unicodedata

from django.conf import settings

from contacts.models.base import CodeField

from ...fields import normal_slug
from ..report import InvalidValue, Unsupported
from .values import ARTICLE, WORKING_COPY, valid_text

NOT_IN_SLUGS = re.compile(r"[^\w-]")
# Codes of an own form.
UPPER_CASE = {"contacts.country": {"iso2", "iso3"}}


def fold(field):
    """The function that folds the values of a code's field, or None if the field is no code."""
    if isinstance(field, CodeField):
        return str.lower
    return str.upper if field.name in UPPER_CASE.get(field.model._meta.label_lower, ()) else None


def _unchanged(part):
    return part


def _folds(model):
    """A function for each part of the model's natural key."""
    if model._meta.label_lower == ARTICLE:
        languages = {code.lower(): code for code, _ in settings.LANGUAGES}
        return [lambda code: languages.get(code.lower(), code), normal_slug, _unchanged]
    name = getattr(model, "key_field", "")
    return [(fold(model._meta.get_field(name)) if name else None) or _unchanged]


def slug(text):
    """A slug in its one spelling; a character that it cannot have is named, because it may look like a letter."""
    found = normal_slug(text)
    if wrong := NOT_IN_SLUGS.search(found):
        code = f"U+{ord(wrong[0]):04X} {unicodedata.name(wrong[0], '')}".strip()
        raise InvalidValue(f"holds {code}; only letters, digits, - and _ can stand in an address", value=text)
    return found


def key_check(model):
    """The check of a natural key of that model: a list of one text, of an article two, of a working copy three."""
    label = model._meta.label_lower
    sizes = (2, 3) if label == ARTICLE else (1,)
    example = '["en","a-slug"]' if label == ARTICLE else '["a-code"]'
    folds = _folds(model)

    first = folds[0]

    def check(value):
        if type(value) is not list or len(value) not in sizes:
            raise InvalidValue(f"must be a natural key such as {example}", value=value)
        if len(value) == 1:  # nearly all keys
            return (first(_text(value[0])),)
        key = tuple(fold(_text(part)) for fold, part in zip(folds, value, strict=False))
        if len(key) == 3 and key[2] != WORKING_COPY:
            raise InvalidValue(f"must be a natural key such as {example}", value=value)
        return key

    return check


def _text(part):
    if type(part) is Unsupported:
        raise InvalidValue(part.message)
    return valid_text(part)


def keys_check(model):
    """The check of a list of natural keys of that model."""
    check_key = key_check(model)

    def check(value):
        if type(value) is Unsupported:
            raise InvalidValue(value.message)
        if type(value) is not list:
            raise InvalidValue('must be a list of natural keys such as [["a-code"]]', value=value)
        return tuple(dict.fromkeys(check_key(key) for key in value))

    return check
