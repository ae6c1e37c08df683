"""Reads Chinese in traditional characters as if it were in simplified ones, and gives what was found as it was typed.

Both have the same length, character by character, so that every passage stays where it is.
"""

import re
from collections import defaultdict
from dataclasses import fields, replace

from ...search.languages.chinese import simplified
from .reading import Found, Person, Said

# "联 系 人：": labels whose characters were set apart.
SPREAD = re.compile(r"^(?:[\u4e00-\u9fff][ \u3000]{1,4}){1,3}[\u4e00-\u9fff](?=[ \u3000]?[:：])")
AROUND = 2  # characters on each side by which one form is told from another


def in_simplified(taken):
    """The Lines with each character in its simplified form, and labels in one word. Their HTML stays."""
    table = {ord("．"): "·", ord("‧"): "·", ord("・"): "·", ord("•"): "·"} | simplified()
    lines = [replace(line, text=_in_one_word(_translated(line.text, table))) for line in taken.lines]
    return replace(taken, text=_translated(taken.text, table), lines=lines)


def _translated(text, table):
    """The text in other characters; those that would be several stay."""
    return "".join(table.get(ord(letter), letter)[:1] or letter for letter in text)


def _in_one_word(text):
    spread = SPREAD.match(text)
    if not spread:
        return text
    word = re.sub(r"\s", "", spread[0])
    return " " * (len(spread[0]) - len(word)) + word + text[spread.end() :]


class Forms:
    """Gives values in the characters of the text as it was typed."""

    def __init__(self, simple, original):
        self._forms = defaultdict(set)
        for one, other in zip(simple, original, strict=True):
            self._forms[one].add(other)
        self._simple, self._original = simple, original

    def restore(self, reading):
        """Change all values of a Reading."""
        for one in fields(reading):
            value = getattr(reading, one.name)
            if isinstance(value, Found | list):
                setattr(reading, one.name, self._restored(value))
        reading.text = self._original

    def _restored(self, value):
        if isinstance(value, list):
            return [self._restored(one) for one in value]
        if isinstance(value, Found):
            return replace(value, value=self._typed(value))
        if isinstance(value, Said | Person):
            return replace(value, **{one.name: self._restored(getattr(value, one.name)) for one in fields(value)})
        return value

    def _typed(self, found):
        value = found.value
        return "".join(self._form(value, at, found.start) for at in range(len(value)))

    def _form(self, value, at, start):
        """How the character at a place of a value was typed: where there are several forms, by those beside it."""
        forms = self._forms.get(value[at], {value[at]})
        if len(forms) == 1:
            return next(iter(forms))
        first = max(0, at - AROUND)
        place = self._simple.find(value[first : at + AROUND + 1], start)
        place = place + at - first if place >= 0 else self._simple.find(value[at], start)
        return self._original[place] if place >= 0 else value[at]
