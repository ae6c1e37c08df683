"""Searching: from what a reader typed and the chosen filters to ids of articles, newest or most relevant first.

Relevance: first what has every word in its headline, then what has every word in headline or standfirst or often in
its text, then the rest; newest first within each. No hit is weighed by itself, so a common word costs no more than a
rare one. A search reads and counts no more than CAP hits.
"""

import math
import time
from dataclasses import dataclass
from functools import lru_cache, partial

from django.db import connections
from django.utils import timezone

from . import postgres, sqlite
from .collecting import LOOKS, Collector, Windows, collect, period
from .query import anywhere, questions_of, tiered

CAP = 1000  # hits; a page says "more than 1,000"
NEWEST_FOR = 300  # seconds that the date of the newest article is remembered


@dataclass(frozen=True)
class Hits:
    """What was found: ids of articles in order, and the facets of each as a text; `more`: there are more."""

    ids: tuple = ()
    facets: tuple = ()
    more: bool = False


def find(words, several, by="date", at_most=CAP):
    """The Hits for what a reader typed, in each of several Criteria of one language.

    The first are ordered `by` "date" or "relevance"; the others, of which a page shows only counts, are the newest.
    """
    questions = questions_of(several[0].language, words)
    if not questions:
        return [Hits() for _ in several]
    looks = LOOKS // len(several) if any(question.phrases for question in questions) else math.inf
    now = timezone.now()
    collectors = [Collector(criteria, period(criteria, now), at_most, looks) for criteria in several]
    for one_period in dict.fromkeys(one.period for one in collectors):
        _collect(questions, anywhere(questions), [one for one in collectors if one.period == one_period])
    if by == "relevance":
        collectors[0] = _best_first(questions, collectors[0], looks)
    return [_hits(one) for one in collectors]


def backend(using="default"):
    """(module for the database's kind, connection)"""
    connection = connections[using]
    return {"postgresql": postgres, "sqlite": sqlite}[connection.vendor], connection


def _best_first(questions, newest, looks):
    """A Collector with the most relevant hits, where `newest` has the newest ones: perhaps all of them."""
    tiers = list(tiered(questions))
    if newest.more:
        best = Collector(newest.criteria, newest.period, newest.at_most, looks)
        for tier in tiers:
            _collect(questions, tier, [best])
        return best
    database, connection = backend()
    for tier in reversed(tiers[:-1]):
        better = database.having(connection, tier, [row[0] for row in newest.rows]) if newest.rows else ()
        newest.rows.sort(key=lambda row: row[0] not in better)
    return newest


def _hits(collector):
    ids, facets = zip(*collector.rows, strict=True) if collector.rows else ((), ())
    return Hits(ids, facets, collector.more)


def _collect(questions, expression, collectors):
    """Fill collectors of one period."""
    database, connection = backend()
    since, until = collectors[0].period
    codes = tuple(question.language for question in questions)
    newest = _newest(connection.alias, codes, int(time.monotonic() / NEWEST_FOR))
    ask = partial(database.found, connection, questions, since)
    collect(ask, expression, Windows(newest or until, until, since), collectors)


@lru_cache(maxsize=16)
def _newest(alias, codes, time_slot):
    """About when the newest article in these languages was published; asked once a time slot."""
    database, connection = backend(alias)
    return database.newest(connection, codes, timezone.now())
