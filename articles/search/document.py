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
from .languages import spelling

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
    contacts: tuple = ()  # ids


@dataclass(frozen=True)
class Vector:
    article: int
    language: str
    listed_at: object
    published_on: object
    facets: str
    places: tuple  # a tuple of forms for each position, () between fields
    marks: tuple
    contacts: tuple = ()  # terms
    headline_words: frozenset = frozenset()  # by `spelling.words`


def facet_terms(codes, listed_at):
    """The facet words of an article, from {(facet's name, code), …} and its year and month in UTC, as one text."""
    terms = {FACETS[name].term(code) for name, code in codes}
    return " ".join(sorted(terms | {year_term(listed_at.year), month_term(listed_at.year, listed_at.month)}))


def year_term(year):
    """The term of a year in UTC, by which a search finds the newest first; that of a facet is the offices' year."""
    return f"={MONTH}{year}"


def month_term(year, month):
    return f"={MONTH}{year}{month:02}"


def contact_term(contact):
    """The term of a contact (id) of an article: a search for a person asks for it."""
    return f"=i{contact}"


def vector(content):
    """The entry of an article for the index."""
    fields, left = [], MOST_WORDS
    # A bar between cells, so that the numbers 345 and 678 are not read as 345,678.
    for text in (*content.texts, *(plain(html, between=" | ") for html in content.html)):
        tokens = cut(normal(text))[:left]
        left -= len(tokens)
        fields.append(tokens)
    counted = Counter(chain.from_iterable(fields))
    known = {token: forms(token, content.language) for token in counted}
    places = []
    for tokens in fields:
        places += [place for token in tokens for place in known[token]]
        places.append(())
    headline, standfirst = (_forms(known, tokens) for tokens in fields[:2])
    times = defaultdict(int)
    for token, number in counted.items():
        for place in known[token]:
            times[place] += number
    often = {form for place, number in times.items() if number >= OFTEN for form in place}
    prominent = headline | standfirst | often
    return Vector(
        content.article,
        content.language,
        content.listed_at,
        content.published_on,
        content.facets,
        places=tuple(places),
        marks=(*(f"^{form}" for form in headline), *(f"+{form}" for form in prominent)),
        contacts=tuple(map(contact_term, content.contacts)),
        headline_words=spelling.words(content.language, fields[0]),
    )


def _forms(known, tokens):
    return {form for token in tokens for place in known[token] for form in place}


def as_tsvector(kept):
    """The vector as the text of a tsvector. Forms hold letters, digits and "_" only, so nothing is quoted."""
    found, at = defaultdict(list), 1
    for place in kept.places:
        for form in place:
            found[form].append(at)
        at += 1 if place else GAP
    words = [f"{form}:{str(at)[1:-1]}".replace(" ", "") for form, at in found.items()]
    return " ".join((*words, *kept.marks, *kept.contacts, kept.facets))


def as_words(kept):
    """The vector as text for FTS5: "evalu/evaluacion" are two forms at one position, "." separates fields."""
    places = ("/".join(place) or "." for place in kept.places)
    return " ".join((*places, *kept.marks, *kept.contacts, kept.facets))


def several(contents):
    """The vectors of several articles. Worker processes of the import call it."""
    return [vector(content) for content in contents]
