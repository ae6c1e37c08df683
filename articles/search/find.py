"""From a question and the other filters to the ids of articles, newest or most relevant first.

Relevance: first what has every word in its headline, then what has every word in headline or
standfirst or often in its text, then the rest; newest first within each. Nothing is weighed one by
one, so a common word costs no more than a rare one.
"""

import time
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db import connections
from django.utils import timezone

from . import postgres, sqlite
from .document import facet
from .query import ANYWHERE, TIERS, All, Any, Except, Word, ask
from .time_windows import windows

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
    """The Hits for what a reader typed in each of some scopes of one language, in one query."""
    questions = asked_in(scopes[0].language, words)
    if not questions:
        return [Hits() for _ in scopes]
    database, connection = backend()
    codes = tuple(question.language for question in questions)
    newest = _newest(connection.alias, codes, int(time.monotonic() / MINUTES / 60))
    tiers = list(tiered(questions, by))
    found = database.found(connection, [_asked(scope, tiers, newest) for scope in scopes], questions, at_most + 1)
    return [_hits(rows, at_most) for rows in found]


def _asked(scope, tiers, newest):
    """[(expression, moment before which)]: every window of the first tier, then of the next."""
    until = scope.until or timezone.now()
    times = windows(newest or until, until, scope.year)
    codes = [Any(tuple(Word(facet(letter, code)) for code in codes)) for letter, codes in scope.codes]
    return [(All((*filter(None, (span,)), *codes, tier)), before) for tier in tiers for span, before in times]


def _hits(rows, at_most):
    kept = rows[:at_most]
    return Hits(tuple(row[0] for row in kept), tuple(row[1] for row in kept), len(rows) > at_most)


@lru_cache(maxsize=16)
def _newest(alias, codes, moment):
    """About when the newest article was published; not asked for at every search."""
    database, connection = backend(alias)
    return database.newest(connection, codes, timezone.now())


def asked_in(language, words):
    """The Questions of what a reader typed: in one language, or without one in each."""
    codes = [language] if language else [code for code, _ in settings.LANGUAGES]
    return [question for code in codes if (question := ask(words, code))]


def tiered(questions, by):
    """An expression for each tier, without what the tier above has."""
    above = None
    for tier in TIERS if by == "relevance" else (ANYWHERE,):
        each = [All((Word(facet("l", one.language)), one.expression(tier))) for one in questions]
        wanted = Any(tuple(each))
        yield Except(wanted, above) if above else wanted
        above = wanted
