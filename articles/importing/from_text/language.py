"""Tells in which of the six languages a text is: by its script, or by its commonest words."""

import re

from ...checks.wrong_language import BY_WORDS, LETTERS_OF_A_CHARACTER, SCRIPT_OF, SCRIPTS
from ...search.languages.stop_words import is_common

SAMPLE = 20_000  # characters
FEWEST_LETTERS, FEWEST_WORDS = 20, 6
_word = re.compile(r"[^\W\d_]+")


def language_of(text):
    """(code, whether it is sure)."""
    sample = text[:SAMPLE]
    letters = {script: len(letter.findall(sample)) for script, letter in SCRIPTS.items()}
    letters["han"] *= LETTERS_OF_A_CHARACTER
    script = max(letters, key=letters.get)
    sure = letters[script] >= FEWEST_LETTERS and letters[script] * 2 > sum(letters.values())
    if script != "latin":
        return next(code for code, one in SCRIPT_OF.items() if one == script), sure
    words = [word.lower() for word in _word.findall(sample)]
    common = {code: sum(is_common(word, code) for word in words) for code in BY_WORDS}
    best, second = sorted(common, key=common.get, reverse=True)[:2]
    return best, sure and common[best] >= FEWEST_WORDS and common[best] >= 1.4 * common[second]
