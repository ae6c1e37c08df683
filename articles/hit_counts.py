"""Counts for a search, from what the index says of each hit: no more queries, and the same truth as the list."""

from collections import Counter

from contacts.models import Region

from .models import Topic

LETTERS = {"kind": "k", "region": "r", "country": "c", "topic": "t", "office": "o", "year": "y"}


def numbers_of(found):
    """{facet: {code: number}} for an ArticleFilter with words; at most those hits that were read."""
    parents = {"r": _parents(Region.objects.exclude(parent__kind="global")), "t": _parents(Topic.objects.all())}
    numbers = {}
    for name in found.FACETS:
        letter = LETTERS[name]
        numbers[name] = _count(found.without(name).hits.facets, letter, parents.get(letter, {}))
    return numbers


def _count(hits, letter, parents):
    """A hit counts for each of its codes and, once, for what these lie under."""
    start, counted = f"={letter}", Counter()
    for facets in hits:
        codes = {code[2:] for code in facets.split() if code.startswith(start)}
        counted.update(codes | {parents[code] for code in codes & parents.keys()} if parents else codes)
    return dict(counted)


def _parents(rows):
    return dict(rows.exclude(parent=None).values_list("code", "parent__code"))
