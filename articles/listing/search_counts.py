"""Counts for a search, from what the index says of each hit: no more queries, and the same truth as the list."""

from collections import Counter

from ..search.document import facet
from .labels import LETTERS


def numbers_of(found):
    """{facet: {code: number}} for an ArticleFilter with words; at most those hits that were read."""
    parents, counted, numbers = _parents(found.snapshot.names), {}, {name: {} for name in found.FACETS}
    for name in found.FACETS:
        hits = found.hits_without(name)
        if id(hits) not in counted:
            counted[id(hits)] = _counted(hits, parents)
        for word, number in counted[id(hits)].items():
            if word[1] == LETTERS[name]:
                numbers[name][word[2:]] = number
    return numbers


def _counted(hits, parents):
    """How many hits have each facet; a hit counts for each of its own and, once, for what these lie under."""
    counted = Counter()
    for facets in hits.facets:
        words = set(facets.split())
        counted.update(words | {parents[word] for word in words & parents.keys()} if parents else words)
    return counted


def _parents(names):
    """{facet: facet of its parent}"""
    return {
        facet(LETTERS[name], inner): facet(LETTERS[name], code)
        for name in ("region", "topic")
        for code, under in names.within(name).items()
        for inner in under
    }
