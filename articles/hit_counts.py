"""Counts for a search, from what the index says of each hit: no more queries, and the same truth as the list."""

from collections import Counter

from django.db import models

from contacts.models import Region

from .models import Topic

LETTERS = {"kind": "k", "region": "r", "country": "c", "topic": "t", "office": "o", "year": "y"}


def numbers_of(found):
    """{facet: {code: number}} for an ArticleFilter with words; at most those hits that were read."""
    parents = _parents()
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


def _parents():
    """{letter: {code: code of its parent}}; what lies under "global" lies under nothing."""
    regions = Region.objects.exclude(parent=None).exclude(parent__kind="global")
    rows = [
        one.order_by().values_list(models.Value(letter, models.CharField()), "code", "parent__code")
        for letter, one in (("r", regions), ("t", Topic.objects.exclude(parent=None)))
    ]
    found = {"r": {}, "t": {}}
    for letter, code, parent in rows[0].union(rows[1], all=True):
        found[letter][code] = parent
    return found
