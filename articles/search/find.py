"""Searching: from what a reader typed and the chosen filters to ids of articles, newest or most relevant first.

Relevance: first what has every word in its headline, then what has every word in headline or standfirst or often in
its text, then the rest; newest first within each. No hit is weighed by itself, so a common word costs no more than a
rare one. A search reads and counts no more than CAP hits.

The database is asked for the newest months before older ones: "one of these months" is one more term of the query. So
a search stops as soon as it has enough hits, and sorts only the hits of a window. A page needs the hits with all
filters and, for the numbers beside each filter, those without that filter. One query for "any of these combinations"
reads the index once for all of them, and each hit says by its facets whose it is.
"""

import math
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache, partial

from django.db import connections, router

from contacts import clock

from ..facets import Criteria
from ..models import SearchEntry
from . import postgres, sqlite, suggestions
from .collecting import Collector, Period, Windows, collect, give
from .query import anywhere, questions_of, tiered

CAP = 1000  # hits; a page says "more than 1,000"
NEWEST_FOR = 300  # seconds that the date of the newest article is remembered
LOOKS = 2000  # articles that have the words of a quoted phrase, whose word order is compared


@dataclass(frozen=True)
class Hits:
    """What was found: ids of articles in order, and the facets of each as a text; `more`: there are more.

    questions: what was asked for in the end. instead: the words that were, where nothing has those that were typed.
    """

    ids: tuple = ()
    facets: tuple = ()
    more: bool = False
    questions: tuple = ()
    instead: str = ""


def find(words, several, by="date", at_most=CAP, names=None):
    """The Hits for what a reader typed, in each of several Criteria of one language.

    The first are ordered `by` "date" or "relevance"; the others, of which a page shows only counts, are the newest.
    `names`: see `query.ask`. Where nothing is found, words are taken less strictly; then as words of headlines that
    are spelt like them; then some are left out.
    """
    language, nothing = several[0].language, [Hits() for _ in several]
    strict, instead = questions_of(language, words, names), ""
    found = _find(strict, several, by, at_most)
    if not _any(found):
        loose = questions_of(language, words, names, loose=True)
        found = _find(loose, several, by, at_most) if loose != strict else nothing
    if not _any(found) and language:
        found, instead = _otherwise(words, several, by, at_most, names)
    return [replace(one, instead=instead) for one in found] if _any(found) else nothing


def found_strictly(words, language, day, names=None):
    """Ids of the public articles of a day that have the words; nothing is tried for words that none has."""
    criteria = Criteria(language, since=day, before=day + timedelta(days=1))
    [hits] = _find(questions_of(language, words, names), [criteria], "date", CAP)
    return set(hits.ids)


def _otherwise(words, several, by, at_most, names):
    """(Hits, words) of other words: such as headlines have, or a name in Latin letters, or fewer of them."""
    language, until = several[0].language, several[0].at or clock.now()
    public = suggestions.Public(language, until, _newest_with, names)
    instead = suggestions.instead_of(words, public)
    if not instead and (others := suggestions.versions(words, language, until, _newest_with)):
        return _hits_among(others, several, at_most), ""
    found = _find(questions_of(language, instead, names), several, by, at_most) if instead else []
    if not _any(found) and (instead := suggestions.fewer(instead or words, public)):
        found = _find(questions_of(language, instead, names), several, by, at_most)
    return found, instead


def _any(found):
    return any(one.ids or one.more for one in found)


def _find(questions, several, by, at_most):
    if not questions:
        return [Hits() for _ in several]
    looks = LOOKS // len(several) if any(question.phrases for question in questions) else math.inf
    now = clock.now()
    collectors = [Collector(criteria, Period.of(criteria, now), at_most, looks) for criteria in several]
    for one_period in dict.fromkeys(one.period for one in collectors):
        _collect(questions, anywhere(questions), [one for one in collectors if one.period == one_period])
    if by == "relevance":
        collectors[0] = _best_first(questions, collectors[0], looks)
    return [_hits(one, questions) for one in collectors]


def _hits_among(rows, several, at_most):
    """The Hits for rows [(moment, article, facets, day of publication)]."""
    now = clock.now()
    collectors = [Collector(one, Period.of(one, now), at_most, math.inf) for one in several]
    for one in collectors:
        give([(*row, True) for *row, day in rows if one.period.has(day)], [one])
    return [_hits(one, ()) for one in collectors]


def _newest_with(questions, tier, until):
    """Ids of public articles that questions find in a tier: the newest ones, as many as a suggestion looks at."""
    newest = Collector(Criteria(), Period(None, until), suggestions.LOOKED_AT, math.inf)
    _collect(questions, anywhere(questions, tier), [newest])
    return [article for article, _ in newest.rows]


def backend(using=None):
    """(module for the database's kind, connection); without a database's alias the one that is read now."""
    connection = connections[using or router.db_for_read(SearchEntry)]
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


def _hits(collector, questions):
    ids, facets = zip(*collector.rows, strict=True) if collector.rows else ((), ())
    return Hits(ids, facets, collector.more, tuple(questions))


def _collect(questions, expression, collectors):
    """Fill collectors of one period."""
    database, connection = backend()
    period = collectors[0].period
    codes = tuple(question.language for question in questions)
    newest = _newest(connection.alias, codes, int(time.monotonic() / NEWEST_FOR))
    ask = partial(database.found, connection, questions, period)
    windows = Windows(newest or period.until, period.until, period.since)
    collect(ask, expression, windows, collectors)


@lru_cache(maxsize=16)
def _newest(alias, codes, time_slot):
    """About when the newest article in these languages was published; asked once a time slot."""
    database, connection = backend(alias)
    return database.newest(connection, codes, clock.now())
