"""Which public articles a pasted text may come from: those that it names, then those that share several words in a row.

The search index has public articles only. The time for an answer is limited, whatever was pasted.
"""

import re
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import unquote

from django.conf import settings
from django.db import OperationalError, transaction

from contacts import clock

from ...checks.wrong_language import SCRIPT_OF, SCRIPTS
from ...models import Article, Revision
from ...search.analysis import cut, normal
from ...search.collecting import Period
from ...search.find import backend
from ...search.languages.stop_words import is_common
from ...search.query import anywhere, ask

SECONDS = 0.6  # for all queries together
RUN = 9  # tokens of one query
MOST_RUNS = 8  # queries
HITS = 6  # of one query; a run that more articles have says little
ENOUGH = 2  # runs that no other article has
MOST = 3  # candidates that are compared
REFERENCE = re.compile(r"(?<![\w-])\d{4}-\d{5,}(?![\w-])")
ADDRESS = re.compile(r"/([a-z]{2}(?:-[a-z]+)?)/news/([^/\s?#\0]{1,200})/")  # decoded; PostgreSQL refuses NUL
SHA256 = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
MOST_NAMED = 3  # references and the like in one text


def named(text):
    """Ids of the readable articles that a text names by reference, address or the SHA-256 of an edition."""
    readable = Article.objects.readable().order_by("id")
    references = list(dict.fromkeys(REFERENCE.findall(text)))[:MOST_NAMED]
    found = list(readable.filter(reference__in=references).values_list("pk", flat=True)) if references else []
    for language, slug in list(dict.fromkeys(ADDRESS.findall(unquote(text))))[:MOST_NAMED]:
        found += readable.at_address(language, slug).values_list("pk", flat=True)
    if keys := list(dict.fromkeys(SHA256.findall(text.lower())))[:MOST_NAMED]:
        editions = Revision.objects.filter(sha256__in=keys, edition__gt=0).order_by().values("article")
        found += readable.filter(pk__in=editions).values_list("pk", flat=True)
    return list(dict.fromkeys(found))


class TooSlow(Exception):
    """The time ended before anything was found: that a text is unknown cannot be said."""


def similar(text):
    """Ids of the live articles that share the most runs of words with a text, at most `MOST`, the best first.

    Ends as soon as two runs stand in one article alone. Raises TooSlow.
    """
    codes, votes = languages_of(text), Counter()
    until, is_whole = time.monotonic() + SECONDS, True
    for run in _runs(text):
        hits, code = _hits_in_any(run, codes, until)
        is_whole = is_whole and hits is not None
        if hits:
            codes.sort(key=lambda one: one != code)  # the language of the text is asked first from now on
            votes.update(dict.fromkeys(hits, 1 / len(hits)))
        if votes and max(votes.values()) >= ENOUGH:
            break
    best = [pk for pk, _votes in votes.most_common(MOST)]
    live = set(Article.objects.live().filter(pk__in=best).order_by().values_list("pk", flat=True))
    if not live and not is_whole:
        raise TooSlow
    return [pk for pk in best if pk in live]


def _hits_in_any(run, codes, until):
    """(the articles of the first language that has any, it); (None, "") if the time has ended."""
    for code in codes:
        if question := ask(run, code):
            hits = _hits(question, until - time.monotonic())
            if hits or hits is None:
                return hits, code
    return [], ""


def languages_of(text):
    """The site's languages whose script most letters of the text are in, and those whose script nobody knows."""
    numbers = {script: len(letter.findall(text)) for script, letter in SCRIPTS.items()}
    script = max(numbers, key=numbers.get)
    return [code for code, _name in settings.LANGUAGES if SCRIPT_OF.get(code.split("-")[0], script) == script]


def _runs(text):
    """Neighbouring tokens from all parts of the text: of each part the run that says most."""
    tokens = cut(normal(re.sub(r"[\"“”„«»「」『』*]", " ", text)))
    runs = [tokens[at : at + RUN] for at in range(0, len(tokens), RUN)]
    if len(runs) > 1 and len(runs[-1]) < RUN:
        runs[-1] = tokens[-RUN:]
    size = max(1, -(-len(runs) // MOST_RUNS))
    parts = [runs[at : at + size] for at in range(0, len(runs), size)]
    return [" ".join(max(part, key=_weight)) for part in parts]


def _weight(tokens):
    """Long words and numbers are rare; words that every text has say nothing."""
    return sum(0 if is_common(token.lower(), "en") else min(len(token), 12) for token in set(tokens))


def _hits(question, seconds):
    """Articles (ids), the newest first; None if there is no time for an answer."""
    if seconds <= 0:
        return None
    now = clock.now()
    database, connection = backend()
    position = now + timedelta(microseconds=1), 0
    try:
        with _time_limit(connection, seconds):
            rows = database.found(connection, [question], Period(None, now), anywhere([question]), position, HITS)
    except OperationalError:  # it took too long
        return None
    return [article for _moment, article, *_rest in rows]


@contextmanager
def _time_limit(connection, seconds):
    """A query within that takes longer raises OperationalError."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{max(1, int(seconds * 1000))}ms"])
            yield
        return
    until = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)
