"""What the index keeps of an article: its words, where they stand out, and its facets as words.

`^flood` says that the headline has the word, `+flood` that headline or standfirst have it or the
text has it often: so the best hits are found in the index and nothing need be weighed. Facets start
with "=", as in `=len =knews =rafrica =y2026`: a filter is one word more to intersect.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain

from ..facets import FACETS
from ..html import plain
from .analysis import cut, forms, normal

OFTEN = 3
GAP = 8  # places between two fields, so that no phrase spans them
MOST_WORDS = 40_000  # keeps a vector under PostgreSQL's megabyte
MONTH = "m"  # the letter of the month, which no filter asks for


@dataclass(frozen=True)
class Content:
    """An article as the index reads it. `texts`: headline, standfirst, then other plain text."""

    article: int
    language: str
    listed_at: object
    facets: str
    texts: tuple
    html: tuple = ()


@dataclass(frozen=True)
class Vector:
    article: int
    listed_at: object
    facets: str
    places: tuple  # a tuple of forms at each place, () between fields
    marks: tuple


def facet_terms(codes, listed_at):
    """The facets of an article as one text: of {(facet's name, code), …} and of its month, in UTC."""
    terms = {FACETS[name].term(code) for name, code in codes}
    return " ".join(sorted(terms | {f"={MONTH}{listed_at.year}{listed_at.month:02}"}))


def vector(content):
    """Everything that is kept of an article."""
    fields, left = [], MOST_WORDS
    for text in (*content.texts, *map(plain, content.html)):
        words = cut(normal(text))[:left]
        left -= len(words)
        fields.append(words)
    counted = Counter(chain.from_iterable(fields))
    known = {word: forms(word, content.language) for word in counted}
    places = []
    for words in fields:
        places += [place for word in words for place in known[word]]
        places.append(())
    headline, standfirst = (_forms(known, words) for words in fields[:2])
    often = _forms(known, (word for word, number in counted.items() if number >= OFTEN))
    marks = (*(f"^{form}" for form in headline), *(f"+{form}" for form in headline | standfirst | often))
    return Vector(content.article, content.listed_at, content.facets, tuple(places), marks)


def _forms(known, words):
    return {form for word in words for place in known[word] for form in place}


def as_tsvector(kept):
    """The vector in PostgreSQL's own spelling. Forms hold letters and digits only: nothing to quote."""
    found, at = defaultdict(list), 1
    for place in kept.places:
        for form in place:
            found[form].append(at)
        at += 1 if place else GAP
    words = [f"{form}:{str(at)[1:-1]}".replace(" ", "") for form, at in found.items()]
    return " ".join((*words, *kept.marks, kept.facets))


def as_words(kept):
    """The vector as FTS5 reads it: "evalu/evaluacion" is one place, "." an end."""
    return " ".join("/".join(place) or "." for place in kept.places) + f" {' '.join(kept.marks)} {kept.facets}"


def several(contents):
    """Vectors of some articles; a function of its own, so that another process can be given it."""
    return [vector(content) for content in contents]
