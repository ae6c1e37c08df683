"""Finds words of articles that are spelt like an unknown word: "flood" for "flod". Those of headlines come first.

The table of words only grows, and has words of articles that are not public any more or not yet. So what is suggested
must stand, letter for letter, in an article that is public now: see `suggestions`.
"""

import re
from functools import lru_cache

from ..analysis import cut, fold, has_unspaced, normal, small, split
from . import arabic

SHORTEST, TWO_FROM, LONGEST = 3, 8, 40  # letters
CANDIDATES = 6
LETTERS = re.compile(r"[^\W\d_]+")


def words(language, tokens):
    """The words of a text, as misspelt words are compared with them."""
    return frozenset(word for token in tokens for word in _of_token(token, language))


@lru_cache(maxsize=1 << 14)
def _of_token(token, language):
    return tuple(spelled(language, [token]))


def in_texts(language):
    """Where the words of whole articles are, in a language."""
    return f"{language}+"


def spelled(language, tokens):
    """{word as it is compared: word as it is shown} for the tokens of a text."""
    shown = (small(word) for token in tokens if not has_unspaced(token) for word in split(token)[0])
    found = ((compared(word, language), word) for word in shown)
    return {key: word for key, word in found if key}


def spelled_in(text, language):
    """As `spelled`, for a text."""
    return spelled(language, cut(normal(text)))


def compared(word, language):
    """A word in lower case as misspelt words are compared with it; "" if it is no such word."""
    key = fold(word)
    if language == "ar":
        key = arabic.without_prefixes(key)
    return key if SHORTEST <= len(key) <= LONGEST and LETTERS.fullmatch(key) else ""


def distance_allowed(word):
    return 2 if len(word) >= TWO_FROM else 1


def candidates(word, where, beginning, more=()):
    """The stored words, and those of `more`, that differ from `word` in few letters, the nearest first.

    `where`: a language, for the words of its headlines, or `in_texts` of it.

    `beginning`: a function that gives the stored keys that begin with one of these bytes.
    """
    allowed = distance_allowed(word)
    lengths = range(max(SHORTEST, len(word) - allowed), len(word) + allowed + 1)
    beginnings = [key_of(where, length, *part) for part in _intact(word, allowed) for length in lengths]
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


def key_of(where, length, word, is_backwards=False):
    """The stored key of a word, or of its first letters: where it is, direction, number of letters, letters."""
    return f"{where}{'<' if is_backwards else '>'}{chr(32 + length)}{word}".encode()


def keys_of(where, word):
    """Both keys under which a word is stored: forwards and backwards."""
    return key_of(where, len(word), word), key_of(where, len(word), word[::-1], is_backwards=True)


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
