"""From a question and the other filters to the ids of articles, newest or most relevant first.

Relevance: first what has every word in its headline, then what has every word in headline or
standfirst or often in its text, then the rest; newest first within each. Nothing is weighed one by
one, so a common word costs no more than a rare one.
"""

import math
import time
from dataclasses import dataclass
from functools import lru_cache, partial

from django.conf import settings
from django.db import connections
from django.utils import timezone

from . import postgres, sqlite
from .collecting import LOOKS, Collector, collect
from .document import facet
from .query import ANYWHERE, TIERS, All, Any, Except, Word, ask
from .time_windows import Windows

MINUTES = 5
CAP = 1000  # "more than 1,000": so many are counted, and no more is read


@dataclass(frozen=True)
class Hits:
    """What was found, in order, with the facets of each; `more`: there is more than was asked for."""

    ids: tuple = ()
    facets: tuple = ()
    more: bool = False


def backend(using="default"):
    connection = connections[using]
    return {"postgresql": postgres, "sqlite": sqlite}[connection.vendor], connection


def find(words, scopes, by="date", at_most=CAP):
    """The Hits for what a reader typed in each of some scopes of one language.

    The first are ordered `by`; the others, of which a page shows only counts, are the newest.
    """
    questions = asked_in(scopes[0].language, words)
    if not questions:
        return [Hits() for _ in scopes]
    looks = LOOKS // len(scopes) if any(question.phrases for question in questions) else math.inf
    collectors = [Collector(scope, at_most, looks) for scope in scopes]
    for year in {scope.year for scope in scopes}:
        _collect(questions, anywhere(questions), [one for one in collectors if one.scope.year == year])
    if by == "relevance":
        collectors[0] = _best_first(questions, collectors[0], looks)
    return [_hits(one) for one in collectors]


def _best_first(questions, newest, looks):
    """A Collector with the most relevant hits, where `newest` has the newest ones: perhaps all of them."""
    tiers = list(tiered(questions))
    if newest.more:
        best = Collector(newest.scope, newest.at_most, looks)
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
    """The collectors are of one year, or of none."""
    database, connection = backend()
    until, year = collectors[0].scope.until or timezone.now(), collectors[0].scope.year
    codes = tuple(question.language for question in questions)
    newest = _newest(connection.alias, codes, int(time.monotonic() / MINUTES / 60))
    ask = partial(database.found, connection, questions)
    collect(ask, expression, Windows(newest or until, until, year), collectors)


@lru_cache(maxsize=16)
def _newest(alias, codes, moment):
    """About when the newest article was published; not asked for at every search."""
    database, connection = backend(alias)
    return database.newest(connection, codes, timezone.now())


def asked_in(language, words):
    """The Questions of what a reader typed: in one language, or without one in each."""
    codes = [language] if language else [code for code, _ in settings.LANGUAGES]
    return [question for code in codes if (question := ask(words, code))]


def anywhere(questions, tier=ANYWHERE):
    """An expression for the articles that have every word, each as prominent as the tier says."""
    return Any(tuple(All((Word(facet("l", one.language)), one.expression(tier))) for one in questions))


def tiered(questions):
    """An expression for each tier, without what the tier above has."""
    above = None
    for tier in TIERS:
        wanted = anywhere(questions, tier)
        yield Except(wanted, above) if above else wanted
        above = wanted
