"""Keeps the search index in step with the articles: whoever writes articles calls `keep` in the same transaction."""

import multiprocessing
import os
import threading
from collections import defaultdict, deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext

from django.db import router, transaction

from ..models import Article, ArticleContact, HeadlineWord, SearchEntry
from . import document
from .find import backend
from .languages import spelling

ANALYSER = 4  # one more when the analysis, `document.vector` or a facet changes: `search_index` then writes all anew
PORTION = 250
# Articles. With 1,000 the calling process saves a quarter of its time (1.46 -> 1.12 s of an import), and the others
# need as much to start: on two cores it pays from there on. With 3,000 it saves more than it costs.
PAYS_FROM = 1000
TEXTS = ("headline", "summary", "dateline_place", "reference", "body", "notes_to_editors")


@transaction.atomic
def keep(ids, fresh=False, done=lambda number: None, analysed=None):
    """Make the entries of these articles right; what no list shows has none.

    `fresh`: they are new and have no entries. The rows are locked, so that of two who write an
    article's entry at a time the second one reads what the first one wrote. `analysed`: from `analysers`.
    """
    database, connection = backend(router.db_for_write(SearchEntry))
    portions = (list(ids[at : at + PORTION]) for at in range(0, len(ids), PORTION))
    with nullcontext(analysed) if analysed else analysers(len(ids)) as analysed:
        words = set()
        for vectors in analysed(_read(portions, database, connection, fresh)):
            database.write(connection, vectors, ANALYSER)
            words.update((one.language, word) for one in vectors for word in one.headline_words)
            done(len(vectors))
        _keep_words(words)
    if len(ids) > PORTION:
        database.tidy(connection)


def _keep_words(words):
    """Store the words of headlines, {(language, word), …}, that are not known yet."""
    keys = sorted(key for language, word in words for key in spelling.keys_of(language, word))
    for at in range(0, len(keys), PORTION):
        some = keys[at : at + PORTION]
        known = set(map(bytes, HeadlineWord.objects.filter(key__in=some).values_list("key", flat=True)))
        new = [HeadlineWord(key=key) for key in some if key not in known]
        HeadlineWord.objects.bulk_create(new, ignore_conflicts=True)


def _read(portions, database, connection, fresh):
    for some in portions:
        contents = list(_contents(some))
        if not fresh:
            database.forget(connection, some)
        yield contents


def _contents(ids):
    """What the index reads of the listed ones among these articles."""
    listed = Article.objects.filter(pk__in=ids).exclude(listed_at=None).order_by("pk").select_for_update(no_key=True)
    rows = list(listed.values_list("pk", "language", *TEXTS))
    facets = Article.objects.filter(pk__in=[pk for pk, *_ in rows]).facet_codes() if rows else {}
    contacts = defaultdict(list)
    for pk, contact in (
        ArticleContact.objects.filter(article__in=list(facets)).order_by().values_list("article", "contact")
    ):
        contacts[pk].append(contact)
    for pk, language, *texts in rows:
        listed_at, day, codes = facets[pk]
        *plain, body, notes = texts
        terms = document.facet_terms(codes, listed_at)
        own = tuple(contacts[pk])
        yield document.Content(pk, language, listed_at, day, terms, tuple(plain), (body, notes), own)


@contextmanager
def analysers(number):
    """Analyse texts in several processes, while this one writes the entries of earlier articles to the database.

    Give a function from an iterator of lists of Content to an iterator of lists of Vector, in the same order.

    `number`: how many articles there will be. A few are analysed in this process, and all of them within a request.
    """
    processes = os.cpu_count() or 1
    if number < PAYS_FROM or processes < 2 or not _may_start_processes():
        yield lambda portions: map(document.several, portions)
        return
    # "spawn": a forked process would share the connection to the database.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        yield lambda portions: _in_processes(pool, portions, processes + 1)


def _may_start_processes():
    """Whether this is a command: servers answer in other threads, or in processes that may have no children."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and not multiprocessing.current_process().daemon


def _in_processes(pool, portions, most):
    """Keep up to `most` portions in the processes."""
    running = deque()
    for portion in portions:
        running.append(pool.submit(document.several, portion))
        if len(running) >= most:
            yield running.popleft().result()
    while running:
        yield running.popleft().result()
