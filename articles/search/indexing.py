"""Keeps the search index in step with the articles: whoever writes articles calls `keep` in the same transaction."""

from contextlib import nullcontext

from django.db import router, transaction

from ..models import Article, SearchEntry
from . import document
from .find import backend
from .parallel import analysers

ANALYSER = 1  # one more when the analysis, `document.vector` or a facet changes: `search_index` then writes all anew
PORTION = 250
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
        for vectors in analysed(_read(portions, database, connection, fresh)):
            database.write(connection, vectors, ANALYSER)
            done(len(vectors))
    if len(ids) > PORTION:
        database.tidy(connection)


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
    for pk, language, *texts in rows:
        listed_at, codes = facets[pk]
        *plain, body, notes = texts
        terms = document.facet_terms(codes, listed_at)
        yield document.Content(pk, language, listed_at, terms, tuple(plain), (body, notes))
