"""What the search index stores for an article: its words, marks for important words, and its facets.

`^flood` means that the headline has the word, `+flood` that the headline or the standfirst has it or that the text has
it often. A search for the best hits asks for these marks, so no hit needs a computed weight. Facets are words that
start with "=", as in `=len =knews =rafrica =y2026`: a filter is one more word of the query.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain

from ..facets import FACETS
from ..html import plain
from .analysis import cut, forms, normal

OFTEN = 3  # times
GAP = 8  # positions between two fields, so that no phrase matches across them
MOST_WORDS = 40_000  # PostgreSQL limits a tsvector to one megabyte
MONTH = "m"  # the letter of years and months in UTC, by which a search finds the newest first


@dataclass(frozen=True)
class Content:
    """What is indexed of an article. `texts`: headline, standfirst, then other plain text."""

    article: int
    language: str
    listed_at: object
    published_on: object
    facets: str
    texts: tuple
    html: tuple = ()


@dataclass(frozen=True)
class Vector:
    article: int
    listed_at: object
    published_on: object
    facets: str
    places: tuple  # a tuple of forms for each position, () between fields
    marks: tuple


def facet_terms(codes, listed_at):
    """The facet words of an article, from {(facet's name, code), …} and its year and month in UTC, as one text."""
    terms = {FACETS[name].term(code) for name, code in codes}
    return " ".join(sorted(terms | {year_term(listed_at.year), month_term(listed_at.year, listed_at.month)}))


def year_term(year):
    """The term of a year in UTC, by which a search finds the newest first; that of a facet is the offices' year."""
    return f"={MONTH}{year}"


def month_term(year, month):
    return f"={MONTH}{year}{month:02}"


def vector(content):
    """The entry of an article for the index."""
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
    return Vector(content.article, content.listed_at, content.published_on, content.facets, tuple(places), marks)


def _forms(known, words):
    return {form for word in words for place in known[word] for form in place}


def as_tsvector(kept):
    """The vector as the text of a tsvector. Forms hold letters and digits only, so nothing is quoted."""
    found, at = defaultdict(list), 1
    for place in kept.places:
        for form in place:
            found[form].append(at)
        at += 1 if place else GAP
    words = [f"{form}:{str(at)[1:-1]}".replace(" ", "") for form, at in found.items()]
    return " ".join((*words, *kept.marks, kept.facets))


def as_words(kept):
    """The vector as text for FTS5: "evalu/evaluacion" are two forms at one position, "." separates fields."""
    return " ".join("/".join(place) or "." for place in kept.places) + f" {' '.join(kept.marks)} {kept.facets}"


def several(contents):
    """The vectors of several articles. Worker processes of the import call it."""
    return [vector(content) for content in contents]
