"""The search index on SQLite: an FTS5 table with analysed words, beside the table of entries.

A trigger deletes the words of a deleted entry.
"""

import re
from datetime import UTC

from django.utils.dateparse import parse_datetime

from .document import as_words

# How the operators of an expression are written in FTS5's query syntax.
SIGNS = {"all": " AND ", "any": " OR ", "except": " NOT ", "word": '"{}"', "beginning": '"{}" *'}


def newest(connection, languages, until):
    """The moment of the newest listed article in these languages."""
    moment = connection.ops.adapt_datetimefield_value(until)
    sql = "SELECT max(listed_at) FROM articles_article WHERE language = %s AND listed_at <= %s"
    with connection.cursor() as cursor:
        moments = [cursor.execute(sql, [code, moment]).fetchone()[0] for code in languages]
    latest = max(filter(None, moments), default=None)
    return parse_datetime(latest).replace(tzinfo=UTC) if latest else None


def found(connection, questions, period, expression, position, at_most):
    """[(moment, article, facets, has_phrases)] of a Period, newest first, before a position (moment, article)."""
    compared = any(question.phrases for question in questions)
    sql = (
        f"SELECT e.listed_at, e.article_id, e.facets, {'w.words' if compared else 'NULL'}"
        " FROM articles_searchwords w CROSS JOIN articles_searchentry e ON e.article_id = w.rowid"
        " WHERE articles_searchwords MATCH %s AND e.listed_at >= %s AND (e.listed_at, e.article_id) < (%s, %s)"
        " AND e.published_on >= %s AND e.published_on < %s"
        " ORDER BY e.listed_at DESC, e.article_id DESC LIMIT %s"
    )
    adapt = connection.ops.adapt_datetimefield_value
    moment, article = position
    moment = moment if isinstance(moment, str) else adapt(moment)
    with connection.cursor() as cursor:
        since, days = adapt(period.since) if period.since else "", _days(period)
        values = [expression.spell(SIGNS), since, moment, article, *days, at_most]
        rows = cursor.execute(sql, values).fetchall()
    return [(*row, not compared or _has_phrases(words, questions)) for *row, words in rows]


def _days(period):
    """Its days as texts that compare like those of the column."""
    return str(period.first_day or ""), str(period.day_after or "a")


def having(connection, expression, articles):
    """Which of these articles (ids) an expression finds."""
    places = ", ".join(["%s"] * len(articles))
    # The "+" keeps SQLite from searching the index once for each article.
    sql = f"SELECT rowid FROM articles_searchwords WHERE articles_searchwords MATCH %s AND +rowid IN ({places})"
    with connection.cursor() as cursor:
        return {article for (article,) in cursor.execute(sql, [expression.spell(SIGNS), *articles]).fetchall()}


def _has_phrases(words, questions):
    own = [question for question in questions if f" =l{question.language} " in f" {words} "]
    return any(all(re.search(_pattern(phrase), f" {words}") for phrase in one.phrases) for one in own)


def _pattern(phrase):
    places = (f"(?:[^ ]+/)?(?:{'|'.join(map(re.escape, place))})(?:/[^ ]+)?" for place in phrase)
    return f" {' '.join(places)} "


def write(connection, vectors, analyser):
    """Store vectors of articles that have none."""
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_searchentry (article_id, listed_at, published_on, facets, analyser)"
            " VALUES (%s, %s, %s, %s, %s)",
            [(one.article, moment(one.listed_at), str(one.published_on), one.facets, analyser) for one in vectors],
        )
        cursor.executemany(
            "INSERT INTO articles_searchwords (rowid, words) VALUES (%s, %s)",
            [(one.article, as_words(one)) for one in vectors],
        )


def forget(connection, articles):
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_searchentry WHERE article_id = %s", [(one,) for one in articles])


def tidy(connection):
    """Nothing to do: FTS5 merges its segments while it writes."""


def without_words():
    """SQL that is true for an entry `e` whose words were not written."""
    return "NOT EXISTS (SELECT 1 FROM articles_searchwords w WHERE w.rowid = e.article_id)"
