"""The analyser of the search: cuts text into tokens and gives each the forms by which it is found.

The index and the queries use the same analyser. A token is a word ("flood", "l’eau", "low-water"), an abbreviation
with full stops ("U.S."), a number ("3,000") or a sign beside one. It has a place in the text for each of its words, and
a place has one form or several: the stem of the word as written ("evaluación" -> "evalu") and the stem of the word
without accents ("evaluacion"), so that a reader may leave accents out; "lowwater" beside "low"; "_who" for WHO, in
capitals. What the languages need beside Snowball's stemmers is in `languages`.

Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces: their text is indexed as single characters
and as pairs of characters.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from itertools import dropwhile

import Stemmer

from .languages import arabic, chinese, english, families, french, numbers, russian, spanish
from .languages.stop_words import never_stemmed

LONGEST = 60  # characters of a word or a number that are indexed
# Characters within words that `\w` does not match. UNSEEN: invisible ones, such as soft hyphens and direction marks.
UNSEEN = "\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
ACCENTS = "\u0300-\u036f"
# Vowel signs of Hebrew, then of Arabic.
POINTS = "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
POINTS += "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
INDIC = "\u0900-\u0963\u0966-\u0dff"
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED += "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WITHIN = rf"{ACCENTS}\u0483-\u0487{POINTS}{INDIC}{UNSEEN}"

JOINTS = "'’‘ʼ＇‐‑-"  # apostrophes and hyphens
_signs = "[%٪$€]"


def _token(letter, within):
    """A pattern of tokens; `letter`: of a word, `within`: what else it has after its first letter."""
    abbreviation = rf"{letter}\.(?:{letter}\.)*{letter}\b\.?|EE\.[ \u00a0]?UU\b\.?"
    word = rf"{letter}{within}*(?:[{JOINTS}]{within}+)*"
    return rf"US\$|{abbreviation}|{word}|{numbers.NUMBER}|{_signs}"


# Tokens in any text, in text without the characters above, and in ASCII: each is quicker than the one before.
TOKEN = re.compile(
    rf"[{UNSPACED}][{UNSPACED}{UNSEEN}]*|"
    + _token(rf"(?:[^\W\d_{UNSPACED}]|(?!\d)[{INDIC}])", rf"(?:[^\W_{UNSPACED}]|[{WITHIN}])")
)
_simple_token = re.compile(_token(r"[^\W\d_]", r"[^\W_]"))
_ascii_token = re.compile(_token("[A-Za-z]", "[A-Za-z0-9]"))
ASCII_TOKEN = _ascii_token.pattern
_special = re.compile(rf"[{WITHIN}{UNSPACED}]")
_is_unspaced = re.compile(rf"[{UNSPACED}]")
_joint = re.compile(f"[{JOINTS}]")
_unseen = re.compile(f"[{UNSEEN}{POINTS}\u0483-\u0487]")
_accent = re.compile(rf"(?<![\u0400-\u04ff])[{ACCENTS}]+")  # й is a letter of its own
_arabic = re.compile("[\u0621-\u064a]")
_plain = re.compile("[\u0430-\u044f\u0451]+|[\u0621-\u063a\u0641-\u064a]+")  # letters that have no accents
_same = str.maketrans(
    # Arabic: forms of alef, ya and ta marbuta. Then letters that Unicode does not decompose, and digits.
    dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ё": "е"}
    | {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "œ": "oe", "æ": "ae", "ħ": "h", "þ": "th"}
    | {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
)
_local = threading.local()

# French and Italian words that lose their vowel before an apostrophe, and the possessive of English.
ELIDED = set("l d j m t s n c qu jusqu lorsqu puisqu quoiqu dell nell sull".split())
ABBREVIATION = re.compile(r"([^\W\d_]{2,5})s?")
CAPITALS = "_"  # before the form of an abbreviation in capitals
SAME_ABBREVIATIONS = {"usa": "us"}
EXACT = 4  # letters: a shorter abbreviation, such as WHO, is not looked for as a word


def normal(text):
    """The text in one Unicode form (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def small(word):
    """The word in lower case."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.casefold())


def cut(text):
    """The tokens of a text in the form of `normal`, in order."""
    if text.isascii():
        return _ascii_token.findall(text)
    return (TOKEN if _special.search(text) else _simple_token).findall(text)


def fold(word):
    """A word in lower case without accents, vowel signs and invisible characters; of variants of a letter, one."""
    if word.isascii():
        return word
    if _plain.fullmatch(word):
        return word.translate(_same)
    word = unicodedata.normalize("NFD", _unseen.sub("", word))
    return unicodedata.normalize("NFC", _accent.sub("", word)).translate(_same)


def forms(token, language):
    """The indexed forms of a token: a tuple with a tuple of forms for each place."""
    return _of_run(token) if has_unspaced(token) else _of_token(token, language)


@lru_cache(maxsize=1 << 14)
def _of_token(token, language):
    if token[0].isdecimal():
        return tuple((value[:LONGEST],) for value in numbers.values(token, language))
    if is_sign(token):
        word = numbers.SIGNS.get(language, {}).get(token[-1])
        return (stems(word, language),) if word else ()
    words, joined = split(token)
    places = [place for word in words if (place := (*stems(word, language), *_capitals(word)))]
    if joined and places:
        places[0] = tuple(dict.fromkeys((*places[0], *stems(joined, language))))
    return tuple(places)


def _of_run(run):
    """Not cached: a token of Chinese is half a sentence and is seldom repeated."""
    run = fold(run).translate(chinese.simplified())
    return tuple((run[at], run[at : at + 2]) if run[at + 1 :] else (run[at],) for at in range(len(run)))


def split(token):
    """(the words of a token, the same joined): (["low", "water"], "lowwater"), (["eau"], "") of "l’eau"."""
    if "." in token:
        return [re.sub(r"[. ]", "", token)], ""
    words, has_apostrophe = _joint.split(token), "-" not in token and "\u2010" not in token
    if has_apostrophe:
        words = list(dropwhile(lambda word: small(word) in ELIDED, words[:-1])) + words[-1:]
        if len(words) > 1 and small(words[-1]) == "s":
            words = words[:-1]
    return words, "".join(words) if len(words) > 1 else ""


def wanted(word, language, loose=False):
    """The forms of a word of `split` of which a text must have one; of WHO, unless `loose`, only that in capitals."""
    capitals = _capitals(word.upper() if word in SAME_ABBREVIATIONS else word)
    if capitals and not loose and word.isupper() and len(word) <= EXACT:
        return capitals
    return (*stems(word, language), *capitals)


def wanted_of_run(run):
    """The forms that a text with this run must have, one for each place; a pair replaces its two characters."""
    places = _of_run(run)
    return [place[-1:] for place in places if len(place) == 2] or [place[:1] for place in places]


def _capitals(word):
    """The form of an abbreviation in capitals: ("_who",); of "NGOs", too."""
    if word.isupper() and ABBREVIATION.fullmatch(word):
        name = small(word)
    elif word[-1:] == "s" and word[:-1].isupper() and ABBREVIATION.fullmatch(word):
        name = small(word[:-1])
    else:
        name = ""
    return (CAPITALS + SAME_ABBREVIATIONS.get(fold(name), fold(name)),) if name else ()


def is_sign(token):
    return token in "%٪$€" or token == "US$"


def is_unspaced(form):
    return _is_unspaced.match(form) is not None


def has_unspaced(text):
    return not text.isascii() and _is_unspaced.search(text) is not None


def stems(word, language):
    """The stem of a word as written, and that without accents if it is another one; of "six", also 6."""
    as_typed = small(word)
    word = _unseen.sub("", as_typed)[:LONGEST]
    folded = fold(word)
    if not folded:
        return ()
    stem = stemmer(language)
    figures = numbers.figures(folded, language)
    if language == "ar":
        return (*map(stem, arabic.readings(as_typed[:LONGEST], folded)), *figures)
    written = _with_accent(word, language)
    first, second = (fold(stem(one)) or folded for one in (written, folded))
    return tuple(dict.fromkeys((first, second, *figures)))


def _with_accent(word, language):
    """A word with an accent that people leave out and that the stemmer needs: Spanish -ción, French -ée."""
    if language == "es" and word.endswith(("cion", "sion")):
        return f"{word[:-2]}ón"
    if language == "fr" and word.endswith(("ee", "ees")):
        return "ée".join(word.rsplit("ee", 1))
    return word


def stemmer(language):
    """The stemming function of a language, one for each thread; `str` for a language that has none."""
    known = _local.__dict__.setdefault("known", {})
    if language not in known:
        code = language.split("-")[0]
        try:
            once = Stemmer.Stemmer(code, 0).stemWord
        except KeyError:
            once = str
        known[language] = _with_own(code, _stemmer(code, once))
    return known[language]


def _with_own(language, stem):
    """The stemming function, but for the words of `families` and those that are never stemmed."""
    own = {word: word for word in never_stemmed(language)} | families.STEMS.get(language, {})
    own |= {fold(word): fold(first) for word, first in own.items()}
    return (lambda word: own.get(word) or stem(word)) if own else stem


def _stemmer(language, once):
    """A stemming function, from that of Snowball; no stem is a single letter."""
    if language == "ar":
        return lambda word: arabic.stem(word) if _arabic.search(word) else once(word)
    if language == "ru":
        return lambda word: _long_enough(russian.stem(word, once), word)
    if language == "en":
        return lambda word: _long_enough(once(english.one_spelling(word)), word)
    if language == "es":
        return lambda word: _long_enough(spanish.one_number(once(word)), word)
    if language == "fr":
        return lambda word: _long_enough(french.one_family(once(word)), word)
    return lambda word: _long_enough(once(word), word)


def _long_enough(stem, word):
    return stem if len(stem) > 1 else word
