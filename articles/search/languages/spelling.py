"""Finds words of headlines that are spelt like an unknown word: "flood" for "flod".

The table of headline words only grows, and has words of articles that are not public any more or not yet. So what is
suggested must stand, letter for letter, in the headline of an article that is public now: see `suggestions`.
"""

import re

from ..analysis import cut, fold, has_unspaced, normal, small, split
from . import arabic

SHORTEST, TWO_FROM, LONGEST = 3, 8, 40  # letters
CANDIDATES = 6
LETTERS = re.compile(r"[^\W\d_]+")


def words(language, tokens):
    """The words of a headline, as misspelt words are compared with them."""
    return frozenset(spelled(language, tokens))


def spelled(language, tokens):
    """{word as it is compared: word as it is shown} for the tokens of a headline."""
    shown = (small(word) for token in tokens if not has_unspaced(token) for word in split(token)[0])
    found = ((compared(word, language), word) for word in shown)
    return {key: word for key, word in found if key}


def spelled_in(text, language):
    """As `spelled`, for a headline as text."""
    return spelled(language, cut(normal(text)))


def compared(word, language):
    """A word in lower case as misspelt words are compared with it; "" if it is no such word."""
    key = fold(word)
    if language == "ar":
        key = arabic.without_prefixes(key)
    return key if SHORTEST <= len(key) <= LONGEST and LETTERS.fullmatch(key) else ""


def distance_allowed(word):
    return 2 if len(word) >= TWO_FROM else 1


def candidates(word, language, beginning, more=()):
    """The words of headlines, and of `more`, that differ from `word` in few letters, the nearest first.

    `beginning`: a function that gives the stored keys that begin with one of these bytes.
    """
    allowed = distance_allowed(word)
    lengths = range(max(SHORTEST, len(word) - allowed), len(word) + allowed + 1)
    beginnings = [key_of(language, length, *part) for part in _intact(word, allowed) for length in lengths]
    others = {word_of(key) for key in beginning(beginnings)} | {one for one in more if len(one) in lengths}
    others.discard(word)
    found = {other: distance(word, other, allowed) for other in others}
    near = [(steps, other[0] != word[0], other) for other, steps in found.items() if steps <= allowed]
    if len(word) == SHORTEST:
        near = [one for one in near if not one[1] or sorted(one[2]) == sorted(word)]
    return [other for *_, other in sorted(near)[:CANDIDATES]]


def _intact(word, allowed):
    """[(letters, whether they are the last ones, backwards)]: one of these has no mistake, if there are few."""
    number = len(word)
    first = number // 2 if allowed == 1 else number // 4
    last = number - first - 1 if allowed == 1 else number // 3
    return [(word[:first], False), (word[::-1][: max(1, last)], True)]


def key_of(language, length, word, is_backwards=False):
    """The stored key of a word, or of its first letters: language, direction, number of letters, letters."""
    return f"{language}{'<' if is_backwards else '>'}{chr(32 + length)}{word}".encode()


def keys_of(language, word):
    """Both keys under which a word is stored: forwards and backwards."""
    return key_of(language, len(word), word), key_of(language, len(word), word[::-1], is_backwards=True)


def word_of(key):
    _, direction, rest = re.split("([<>])", key.decode(), maxsplit=1)
    return rest[1:] if direction == ">" else rest[:0:-1]


def distance(one, other, most):
    """How many letters must be added, left out, replaced or swapped with the next; more than `most` is not counted."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, last, row = row, before, [at]
        for place, another in enumerate(other, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != another))
            if last and place > 1 and letter == other[place - 2] and one[at - 2] == another:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
