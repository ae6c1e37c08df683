"""What a reader typed: every word must occur, "words in quotes" side by side, and flood* also begins "floods".

A question becomes an expression over the index's words; each database spells it in its own way.
"""

import re
from dataclasses import dataclass

from .analysis import cut, fold, forms, is_unspaced, normal, wanted

MOST_WORDS, MOST_LETTERS = 12, 500
SHORTEST_START = 3  # letters before a star
_quotes = re.compile('["“”„«»「」『』]')
_start = re.compile(r"(?<![^\W_])([^\W_]{1,60})\*")
TOP, PROMINENT, ANYWHERE = "^", "+", ""
TIERS = (TOP, PROMINENT, ANYWHERE)


@dataclass(frozen=True)
class Word:
    text: str
    begins: bool = False


@dataclass(frozen=True)
class All:
    parts: tuple


@dataclass(frozen=True)
class Any:
    parts: tuple


@dataclass(frozen=True)
class Except:
    wanted: object
    unwanted: object


@dataclass(frozen=True)
class Signs:
    """How a database writes an expression: between all, between any, before what is not wanted, around a word."""

    both: str
    either: str
    without: str
    word: object  # a function of a Word

    def spell(self, expression):
        match expression:
            case All(parts):
                return f"({self.both.join(map(self.spell, parts))})"
            case Any(parts):
                return f"({self.either.join(map(self.spell, parts))})"
            case Except(wanted, unwanted):
                return f"({self.spell(wanted)}{self.without}{self.spell(unwanted)})"
        return self.word(expression)


@dataclass(frozen=True)
class Question:
    """`terms`: for each word of the reader its forms; `phrases`: runs of places that must be neighbours."""

    language: str
    terms: tuple
    phrases: tuple = ()

    def __bool__(self):
        return bool(self.terms)

    def expression(self, tier=ANYWHERE):
        """All words, each as prominent as the tier says."""
        return All(tuple(_any([Word(tier + form.text, form.begins) for form in term]) for term in self.terms))


def _any(parts):
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def ask(typed, language):
    """The Question of what somebody typed into a search box, in the language of the texts looked at."""
    terms, phrases = {}, []
    for number, part in enumerate(_quotes.split(normal(typed[:MOST_LETTERS]))):
        quoted = number % 2 == 1
        starts = set() if quoted else set(_start.findall(part))
        places = []
        for word in cut(part):
            start = (Word(fold(word), begins=True),) if word in starts and len(word) >= SHORTEST_START else ()
            for place in wanted(word, language):
                terms[(*map(Word, place), *start)] = None
            places += [place[-1:] if is_unspaced(place[0]) else place for place in forms(word, language)]
        if quoted and len(places) > 1:
            phrases.append(tuple(places[:MOST_WORDS]))
    return Question(language, tuple(terms)[:MOST_WORDS], tuple(phrases))
