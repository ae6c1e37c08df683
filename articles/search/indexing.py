"""The index kept in step with the articles: whoever writes articles calls this in the same transaction."""

from contextlib import nullcontext

from django.db import router, transaction

from contacts.models import Office

from .. import list_changes
from ..models import Article, ArticleCountry, ArticleRegion, ArticleTopic, SearchEntry
from . import document
from .find import backend
from .parallel import analysers

ANALYSER = 1  # one more when `words` or `vector` change what is kept: `search_index` then writes all anew
PORTION = 250
TEXTS = ("headline", "summary", "dateline_place", "reference", "body", "notes_to_editors")
CODES = {
    "r": (ArticleRegion, "region__code"),
    "c": (ArticleCountry, "country__iso3"),
    "t": (ArticleTopic, "topic__code"),
}


def keep_versions(article):
    """The entries of an article and, as they have its facets, of its translations."""
    ids = [article.pk]
    if article.translation_of_id is None and article.revises_id is None:
        ids += Article.objects.filter(translation_of=article, revises=None).values_list("pk", flat=True)
    list_changes.note(ids)
    keep(ids)


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
    rows = list(listed.values_list("pk", "language", "kind", "listed_at", "office", *TEXTS))
    offices = dict(Office.objects.filter(pk__in={row[4] for row in rows} - {None}).values_list("pk", "code"))
    codes = {letter: _codes(model, code, ids) for letter, (model, code) in CODES.items()}
    for pk, language, kind, listed_at, office, *texts in rows:
        own = (codes[letter].get(pk, ()) for letter in "rct")
        facets = document.facets(language, kind, listed_at, offices.get(office, ""), *own)
        *plain, body, notes = texts
        yield document.Content(pk, language, listed_at, facets, tuple(plain), (body, notes))


def _codes(model, code, ids):
    """{article: codes}"""
    found = {}
    rows = model.objects.filter(article__in=ids).order_by("article", "order")
    for article, value in rows.values_list("article", code):
        found.setdefault(article, []).append(value)
    return found
