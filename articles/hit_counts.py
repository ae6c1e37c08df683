"""Counts for a search, from what the index says of each hit: no more queries, and the same truth as the list."""

from collections import Counter

from django.db import models

from contacts.models import Region

from .models import Topic
from .search.vector import facet

LETTERS = {"kind": "k", "region": "r", "country": "c", "topic": "t", "office": "o", "year": "y"}


def numbers_of(found):
    """{facet: {code: number}} for an ArticleFilter with words; at most those hits that were read."""
    parents, counted, numbers = _parents(), {}, {name: {} for name in found.FACETS}
    for name, letter in LETTERS.items():
        articles = found.without(name)
        if id(articles) not in counted:
            counted[id(articles)] = _counted(articles.hits, parents)
        for word, number in counted[id(articles)].items():
            if word[1] == letter:
                numbers[name][word[2:]] = number
    return numbers


def _counted(hits, parents):
    """How many hits have each facet; a hit counts for each of its own and, once, for what these lie under."""
    counted = Counter()
    for facets in hits.facets:
        words = set(facets.split())
        counted.update(words | {parents[word] for word in words & parents.keys()} if parents else words)
    return counted


def _parents():
    """{facet: facet of its parent}; what lies under "global" lies under nothing."""
    regions = Region.objects.exclude(parent=None).exclude(parent__kind="global")
    rows = [
        one.order_by().values_list(models.Value(letter, models.CharField()), "code", "parent__code")
        for letter, one in (("r", regions), ("t", Topic.objects.exclude(parent=None)))
    ]
    return {facet(letter, code): facet(letter, parent) for letter, code, parent in rows[0].union(rows[1], all=True)}
