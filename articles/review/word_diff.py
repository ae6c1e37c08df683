"""Compares two sequences, such as the words of two texts, within a limit of work."""

import re
from collections import Counter
from difflib import SequenceMatcher

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Accents, Arabic vowel signs, joiners: they belong to the word in which they stand.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\u00ad"
# An ideograph; a number with its separators; a word; a single sign. Each with the blanks after it.
_WORD = re.compile(
    rf"\s*(?:[{IDEOGRAPHS}]|\d+(?:[.,٫٬]\d+)*|(?:[^\W{IDEOGRAPHS}]|[{_MARKS}]|(?<=\w)['’](?=\w))+|\S|\Z)\s*"
)
SHORT = 4  # characters of an unchanged piece between two changes that is shown as changed, too


class Limit:
    """The work that one comparison may take: pairs of equal members that are looked at.

    `SequenceMatcher` looks at each pair several times. One million pairs take about a second. `is_reached` says
    whether anything was compared less exactly because of the limit.
    """

    PAIRS = 1_000_000
    PAIRS_AT_ONCE = 200_000

    def __init__(self, pairs=PAIRS):
        self.left, self.is_reached = pairs, False

    def allows(self, old, new):
        numbers = Counter(new)
        pairs = sum(numbers[member] for member in old)
        if pairs > min(self.left, self.PAIRS_AT_ONCE):
            self.is_reached = True
            return False
        self.left -= pairs
        return True


def words(text):
    """The words of a text, each with the blanks after it: joined, they are the text."""
    return [word for word in _WORD.findall(text) if word]


def counted(text):
    """{word: how often} of a text, for `likeness`."""
    return Counter(word.strip() for word in words(text))


def likeness(one, other):
    """The share of their words that two counted texts have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1


def steps(old, new, limit):
    """[(what, start in old, end, start in new, end)]; `what` is "equal", "delete", "insert" or "replace".

    If the limit of work is reached, all between the equal beginning and the equal end is one "replace".
    """
    start, stop = 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    while stop < shortest - start and old[-1 - stop] == new[-1 - stop]:
        stop += 1
    middle = (start, len(old) - stop, start, len(new) - stop)
    found = [("equal", 0, start, 0, start)] if start else []
    found += _middle_steps(old, new, middle, limit)
    if stop:
        found.append(("equal", len(old) - stop, len(old), len(new) - stop, len(new)))
    return found


def _middle_steps(old, new, middle, limit):
    old_start, old_end, new_start, new_end = middle
    if old_start == old_end and new_start == new_end:
        return []
    if old_start == old_end or new_start == new_end:
        return [("insert" if old_start == old_end else "delete", *middle)]
    one, other = old[old_start:old_end], new[new_start:new_end]
    if not limit.allows(one, other):
        return [("replace", *middle)]
    return [
        (what, i + old_start, j + old_start, k + new_start, m + new_start)
        for what, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    ]


def join_short_equals(found, length):
    """The steps with short unchanged pieces between two changes taken into the change: “a” between other words.

    `length` gives the number of characters of members of the old sequence: length(start, end).
    """
    joined = []
    for number, step in enumerate(found):
        what, *places = step
        is_between = 0 < number < len(found) - 1
        if what == "equal" and is_between and places[1] - places[0] <= 2 and length(*places[:2]) <= SHORT:
            what = "replace"
        if joined and what != "equal" and joined[-1][0] != "equal":
            _what, old_start, _, new_start, _ = joined[-1]
            joined[-1] = ("replace", old_start, places[1], new_start, places[3])
        else:
            joined.append((what, *places))
    return joined
