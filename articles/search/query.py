"""What a reader typed, as an expression of search terms: all words, "words in quotes" as a phrase, flood* for "floods".

Each database writes an expression in its own language: see SIGNS in `postgres` and `sqlite`.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from . import analysis
from .analysis import cut, fold, forms, has_unspaced, is_sign, is_unspaced, normal, small
from .languages.stop_words import ASKING, STOP_WORDS, is_common, is_stop_word

MOST_WORDS, MOST_LETTERS = 12, 500
SHORTEST_START = 3  # letters before a star
MOST_PARTS, SHORTEST_PART = 3, 2  # into which text without spaces is split, and their characters
UNSPACED_LANGUAGES = {"zh"}  # whose STOP_WORDS are characters
LONGEST_RUN = 14  # characters that are split
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

    def within(self, tier):
        """This word as it must stand in a tier of the index; None for a facet, which has no tiers."""
        if tier == ANYWHERE:
            return self
        return None if self.text.startswith("=") else Word(tier + self.text, self.begins)

    def words(self):
        yield self


@dataclass(frozen=True)
class Several:
    """Expressions that must all hold (All), or one of which must (Any)."""

    parts: tuple
    sign = ""

    def spell(self, signs):
        return f"({signs[self.sign].join(part.spell(signs) for part in self.parts)})"

    def within(self, tier):
        parts = tuple(part for one in self.parts if (part := one.within(tier)) is not None)
        return type(self)(parts) if parts else None

    def words(self):
        for part in self.parts:
            yield from part.words()


class All(Several):
    sign = "all"


class Any(Several):
    sign = "any"


@dataclass(frozen=True)
class Except:
    wanted: object
    unwanted: object

    def spell(self, signs):
        return f"({self.wanted.spell(signs)}{signs['except']}{self.unwanted.spell(signs)})"


@dataclass(frozen=True)
class Question:
    """`terms`: for each word of the reader a tuple of expressions, one of which must hold; `phrases`: runs of places
    that must be neighbours."""

    language: str
    terms: tuple
    phrases: tuple = ()

    def __bool__(self):
        return bool(self.terms)

    def expression(self, tier=ANYWHERE):
        """All words, each as prominent as the tier says."""
        return All(tuple(any_of(term).within(tier) for term in self.terms))

    def words(self):
        """Every Word in it."""
        return [word for term in self.terms for part in term for word in part.words()]


@dataclass(frozen=True)
class Token:
    """A token that a reader typed: how names are compared with it, and its terms."""

    key: tuple
    terms: tuple
    is_stop_word: bool = False


def questions_of(language, words, names=None, loose=False):
    """The Questions of what a reader typed: in one language, or without one in each."""
    codes = [language] if language else [code for code, _ in settings.LANGUAGES]
    return [question for code in codes if (question := ask(words, code, names, loose))]


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


def ask(typed, language, names=None, loose=False):
    """The Question of what somebody typed into a search box, in the language of the texts to search.

    `names`: a function that gives the Names of a language (`names.Names`). `loose`: for a search that else finds
    nothing: "WHO" may be any "who", and text without spaces may be several words.
    """
    typed = normal(typed[:MOST_LETTERS])
    loose = loose or _is_shouted(typed)
    tokens, phrases = [], []
    for number, part in enumerate(_quotes.split(typed)):
        is_quoted = number % 2 == 1
        starts = set() if is_quoted else set(_start.findall(part))
        texts = cut(part)
        tokens += [_token(text, language, starts, loose) for text in texts]
        places = [place for text in texts for place in _neighbours(text, language)]
        if is_quoted and len(places) > 1:
            phrases.append(tuple(places[:MOST_WORDS]))
    asked = [token for token in tokens if not token.is_stop_word] or tokens
    if names:
        asked = _with_names(asked, names(language))
    terms = dict.fromkeys(term for token in asked for term in token.terms)
    return Question(language, tuple(terms)[:MOST_WORDS], tuple(phrases))


def _is_shouted(typed):
    """Whether somebody wrote all words in capitals: these are no abbreviations."""
    return (
        typed.isupper() and any(len(word) > analysis.EXACT + 1 for word in typed.split()[:MOST_WORDS]) and " " in typed
    )


def _neighbours(text, language):
    """The places of a token in a phrase. Of a pair of characters and its first one, the pair."""
    return [place[-1:] if is_unspaced(place[0]) else place for place in forms(text, language)]


def _token(text, language, starts, loose):
    if has_unspaced(text):
        return Token(key_of(text, language), _terms_of_run(text, language, loose), is_stop_word(text, language))
    if is_sign(text):
        return Token((), ())
    start = ()
    if text in starts and len(text) >= SHORTEST_START:
        start = (Word(fold(small(text)), begins=True),)
    is_abbreviation = text.isupper() and len(text) > 1 and not loose
    skipped = is_stop_word(small(text), language) and not is_abbreviation
    return Token(key_of(text, language), _terms(text, language, start, loose), skipped)


def _terms(text, language, start, loose):
    if text[0].isdecimal():
        return tuple((*map(Word, place), *start) for place in forms(text, language))
    words, joined = analysis.split(text)
    loose = loose and not (text.isupper() and is_common(small(text), language))
    places = [place for word in words if (place := analysis.wanted(word, language, loose))]
    if not joined or not places:
        return tuple((*map(Word, place), *start) for place in places)
    together = tuple(map(Word, analysis.stems(joined, language)))
    if words[-1].isdecimal() and not loose:
        return (together,)
    return ((*together, All(tuple(any_of(tuple(map(Word, place))) for place in places))),)


def _terms_of_run(run, language, loose):
    if not loose:
        return tuple((Word(form),) for (form,) in analysis.wanted_of_run(run))
    pieces = _skipped(language).split(run) if language in UNSPACED_LANGUAGES else [run]
    # A piece of one character is what is left of a word, such as that of 和平, and stands almost everywhere.
    pieces = pieces if pieces[1:] and all(len(piece) != 1 for piece in pieces) and any(pieces) else [run]
    return tuple(term for piece in pieces if piece for term in _terms_of_piece(piece))


@cache
def _skipped(language):
    """A pattern of the stop words of a language without spaces, the longest first."""
    words = STOP_WORDS.get(language, set()) | ASKING.get(language, set())
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _terms_of_piece(run):
    pairs = [form for (form,) in analysis.wanted_of_run(run)]
    if 2 * SHORTEST_PART <= len(run) <= LONGEST_RUN:
        return ((Any(tuple(All(tuple(map(Word, kept))) for kept in _parts(pairs))),),)
    return tuple((Word(form),) for form in pairs)


def _parts(pairs):
    """For each way of splitting a run into words: the pairs within these words, without those across them."""
    found, ways = [], [(0, ())]
    for _ in range(MOST_PARTS):
        longer = []
        for start, kept in ways:
            found.append((*kept, *pairs[start:]))
            for end in range(start + SHORTEST_PART - 1, len(pairs) - SHORTEST_PART + 1):
                longer.append((end + 1, (*kept, *pairs[start:end])))
        ways = longer
    return [kept for kept in found if kept]


def key_of(text, language):
    """How a token and a name are compared: a place for each word or character; WHO in capitals is itself."""
    if has_unspaced(text):
        return tuple(place[:1] for place in forms(text, language))
    if text[0].isdecimal():
        return forms(text, language)
    words, _ = analysis.split(text)
    return tuple(analysis.wanted(word, language)[:1] for word in words)


def _with_names(tokens, names):
    """The tokens; where they name a country or an office, one for all of the name, which what belongs to it answers."""
    found, at = [], 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + names.longest), at, -1):
            key = tuple(place for token in tokens[at:end] for place in token.key)
            if key and (others := names.get(key)):
                own = tuple(any_of(term) for token in tokens[at:end] for term in token.terms)
                found.append(Token(key, ((all_of(own), *others),)))
                at = end
                break
        else:
            found.append(tokens[at])
            at += 1
    return found


def any_of(parts):
    return parts[0] if len(parts) == 1 else Any(tuple(parts))


def all_of(parts):
    return parts[0] if len(parts) == 1 else All(tuple(parts))
