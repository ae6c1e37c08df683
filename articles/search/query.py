"""What a reader typed, as an expression of search terms: all words, "words in quotes" as a phrase, flood* for "floods".

Each database writes an expression in its own language: see SIGNS in `postgres` and `sqlite`.
"""

import re
from dataclasses import dataclass

from django.conf import settings

from .analysis import cut, fold, forms, is_unspaced, normal, wanted

MOST_WORDS, MOST_LETTERS = 12, 500
SHORTEST_START = 3  # letters before a star
TOP, PROMINENT, ANYWHERE = "^", "+", ""
TIERS = (TOP, PROMINENT, ANYWHERE)
_quotes = re.compile('["“”„«»「」『』]')
_start = re.compile(r"(?<![^\W_])([^\W_]{1,60})\*")


@dataclass(frozen=True)
class Word:
    text: str
    begins: bool = False

    def spell(self, signs):
        """As a database writes it, with its SIGNS."""
        return signs["beginning" if self.begins else "word"].format(self.text)


@dataclass(frozen=True)
class All:
    parts: tuple

    def spell(self, signs):
        return f"({signs['all'].join(part.spell(signs) for part in self.parts)})"


@dataclass(frozen=True)
class Any:
    parts: tuple

    def spell(self, signs):
        return f"({signs['any'].join(part.spell(signs) for part in self.parts)})"


@dataclass(frozen=True)
class Except:
    wanted: object
    unwanted: object

    def spell(self, signs):
        return f"({self.wanted.spell(signs)}{signs['except']}{self.unwanted.spell(signs)})"


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


def questions_of(language, words):
    """The Questions of what a reader typed: in one language, or without one in each."""
    codes = [language] if language else [code for code, _ in settings.LANGUAGES]
    return [question for code in codes if (question := ask(words, code))]


def anywhere(questions, tier=ANYWHERE):
    """An expression for the articles that have every word, each as prominent as the tier says."""
    return Any(tuple(All((Word(f"=l{one.language}"), one.expression(tier))) for one in questions))


def tiered(questions):
    """An expression for each tier, the most prominent first, without what the tier above has."""
    above = None
    for tier in TIERS:
        wanted = anywhere(questions, tier)
        yield Except(wanted, above) if above else wanted
        above = wanted


def ask(typed, language):
    """The Question of what somebody typed into a search box, in the language of the texts to search."""
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


def _any(parts):
    return parts[0] if len(parts) == 1 else Any(tuple(parts))
