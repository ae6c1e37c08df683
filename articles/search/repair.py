"""Compares the search index with the articles and repairs it, in portions of one transaction each."""

from django.db import connections, router

from ..models import Article, HeadlineWord, SearchEntry
from . import indexing
from .find import backend
from .indexing import analysers

PORTION = 2000
TABLES = "articles_article a LEFT JOIN articles_searchentry e ON e.article_id = a.id"


def _connection():
    return connections[router.db_for_write(SearchEntry)]


def conditions():
    """{fault: SQL condition on an article `a` and its entry `e`}"""
    database, _ = backend(_connection().alias)
    return {
        "missing": "e.article_id IS NULL AND a.listed_at IS NOT NULL",
        "to be removed": "e.article_id IS NOT NULL AND a.listed_at IS NULL",
        "without the day of its publication": "a.publish_at IS NOT NULL AND a.published_on IS NULL",
        "with an old date": "e.listed_at <> a.listed_at OR e.published_on <> a.published_on",
        "by older rules": f"e.analyser <> {indexing.ANALYSER}",
        "without words": f"e.article_id IS NOT NULL AND {database.without_words()}",
    }


def faults():
    """{fault: number of articles}; empty if there is none."""
    columns = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions().values())
    numbers = _query(f"SELECT {columns} FROM {TABLES}")[0]
    return {fault: number for fault, number in zip(conditions(), numbers, strict=True) if number}


def repair(everything=False, after=0):
    """Write the faulty entries anew, or all after an article (id); yields (last id, number) of each portion."""
    wrong = " OR ".join(f"({condition})" for condition in conditions().values())
    where = "" if everything else f"AND ({wrong})"
    if everything and not after:
        HeadlineWord.objects.all().delete()  # words of deleted headlines
    with analysers(to_do(everything, after)) as analysed:
        while ids := _next(where, after):
            indexing.keep(ids, analysed=analysed)
            after = ids[-1]
            yield after, len(ids)


def to_do(everything, after=0):
    return Article.objects.filter(pk__gt=after).count() if everything else sum(faults().values())


def _next(where, after):
    sql = f"SELECT a.id FROM {TABLES} WHERE a.id > %s {where} ORDER BY a.id LIMIT %s"
    return [row for (row,) in _query(sql, after, PORTION)]


def _query(sql, *params):
    with _connection().cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
