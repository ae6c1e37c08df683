"""The analyser of the search: splits text into words, removes accents, and stems by the language of the text.

The index and the queries use the same analyser. A word may have two forms: the stem of the word as written
("evaluación" -> "evalu"), and the stem of the word without accents ("evaluacion"). Both are indexed and both are
searched, so that a reader may leave accents out although stemmers need them. Chinese, Japanese, Thai, Lao, Khmer
and Burmese are written without spaces: their text is indexed as single characters and as pairs of characters.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

LONGEST = 60  # characters of a word that are indexed
# Characters within words that `\w` does not match. UNSEEN: invisible ones, such as soft hyphens and direction marks.
UNSEEN = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
ACCENTS = "\u0300-\u036f"
# Vowel signs of Hebrew, then of Arabic.
POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
POINTS += "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
INDIC = "\u0900-\u0963\u0966-\u0dff"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED += "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

WORD = re.compile(
    rf"(?:[^\W_]|[{UNSPACED}{INDIC}])(?:[^\W_]|[{ACCENTS}\u0483-\u0487{POINTS}{INDIC}{UNSPACED}{UNSEEN}])*"
)
_special = re.compile(rf"[{ACCENTS}\u0483-\u0487{POINTS}{INDIC}{UNSPACED}{UNSEEN}]")
_simple_word, _ascii_word = re.compile(r"[^\W_]+"), re.compile(r"[a-z0-9]+")  # three times as fast
_runs = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}]+")
_is_unspaced = re.compile(rf"[{UNSPACED}]")
_unseen = re.compile(f"[{UNSEEN}{POINTS}\u0483-\u0487]")
_accent = re.compile(rf"(?<![\u0400-\u04ff])[{ACCENTS}]+")  # й is a letter of its own
_same = str.maketrans(
    # Arabic: forms of alef, ya and ta marbuta. Then letters that Unicode does not decompose, and digits.
    dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ё": "е"}
    | {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "ħ": "h", "þ": "th"}
    | {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
)
_local = threading.local()


def normal(text):
    """The text in lower case and in one Unicode form (NFKC)."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def cut(text):
    """The words of a text in the form of `normal`, in order."""
    if text.isascii():
        return _ascii_word.findall(text)
    return (WORD if _special.search(text) else _simple_word).findall(text)


def fold(word):
    """The word without accents, vowel signs and invisible characters, with variants of a letter replaced by one."""
    if word.isascii():
        return word
    word = unicodedata.normalize("NFD", _unseen.sub("", word))
    return unicodedata.normalize("NFC", _accent.sub("", word)).translate(_same)


def forms(word, language):
    """The indexed forms of a word: a list with a tuple of forms for each position. Only unspaced text has several."""
    return _in_runs(word, language) if has_unspaced(word) else _of_word(word, language)


@lru_cache(maxsize=1 << 14)
def _of_word(word, language):
    found = _stems(word, language)
    return (found,) if found else ()


def _in_runs(word, language):
    """Not cached: a "word" of Chinese is half a sentence and is seldom repeated."""
    places = []
    for run in _runs.findall(word):
        if _is_unspaced.match(run):
            run = fold(run)
            places += [(run[at], run[at : at + 2]) if run[at + 1 :] else (run[at],) for at in range(len(run))]
        elif found := _stems(run, language):
            places.append(found)
    return tuple(places)


def wanted(word, language):
    """The positions of `forms` that a text with this word must have; a pair replaces its two single characters."""
    places, paired = [], False
    for place in forms(word, language):
        if not is_unspaced(place[0]):
            places.append(place)
        elif len(place) == 2 or not paired:
            places.append(place[-1:])
        paired = len(place) == 2 and is_unspaced(place[0])
    return places


def is_unspaced(form):
    return _is_unspaced.match(form) is not None


def has_unspaced(text):
    return not text.isascii() and _is_unspaced.search(text) is not None


def _stems(word, language):
    word = _unseen.sub("", word)[:LONGEST]
    folded = fold(word)
    if not folded:
        return ()
    stem = stemmer(language)
    first = fold(stem(_with_accent(word, language))) or folded
    second = fold(stem(folded)) or folded
    return (first,) if first == second else (first, second)


def _with_accent(word, language):
    """Spanish words in -cion and -sion with their accent: people leave it out, and the stemmer needs it."""
    return f"{word[:-2]}ón" if language == "es" and word.endswith(("cion", "sion")) else word


def stemmer(language):
    """The stemming function of a language, one for each thread; `str` for a language that has none."""
    known = _local.__dict__.setdefault("known", {})
    if language not in known:
        try:
            known[language] = Stemmer.Stemmer(language.split("-")[0], 0).stemWord
        except KeyError:
            known[language] = str
    return known[language]
