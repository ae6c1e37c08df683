"""The search index on PostgreSQL: a tsvector column with analysed words and a GIN index.

Searches call the function `articles_found` (articles/migrations/0001_initial.py). It switches sequential scans off,
because reading the vectors of the table is expensive.
"""

from datetime import UTC, datetime

from .document import as_tsvector

INDEX = "articles_searchentry_vector"
COLUMNS = "article_id, listed_at, published_on, facets, analyser, vector"
EARLIEST = datetime.min.replace(tzinfo=UTC)


# How the operators of an expression are written in a tsquery.
SIGNS = {"all": " & ", "any": " | ", "except": " & !", "word": "'{}'", "beginning": "'{}':*"}


def phrases(questions):
    """A tsquery for the quoted phrases of the questions, or None if there are none."""
    if not any(question.phrases for question in questions):
        return None
    return " | ".join(f"('=l{question.language}' & {_phrases(question)})" for question in questions)


def _phrases(question):
    return " & ".join(map(_phrase, question.phrases)) or question.expression().spell(SIGNS)


def _phrase(places):
    words = (" | ".join(map(SIGNS["word"].format, place)) for place in places)
    return f"({' <-> '.join(f'({one})' for one in words)})"


def newest(connection, languages, until):
    """The moment of the newest listed article in these languages."""
    one = "(SELECT max(listed_at) FROM articles_article WHERE language = %s AND listed_at <= %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT greatest({', '.join([one] * len(languages))})", [v for code in languages for v in (code, until)]
        )
        return cursor.fetchone()[0]


def found(connection, questions, period, expression, position, at_most):
    """[(moment, article, facets, has_phrases)] of a Period, newest first, before a position (moment, article)."""
    days = period.first_day or "-infinity", period.day_after or "infinity"
    values = [expression.spell(SIGNS), phrases(questions), period.since or EARLIEST, *position, *days, at_most]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moment, article_id, facets, has_phrases FROM articles_found(%s::text::tsquery, %s::text::tsquery,"
            " %s::timestamptz, %s::timestamptz, %s::bigint, %s::text::date, %s::text::date, %s)",
            values,
        )
        return cursor.fetchall()


def having(connection, expression, articles):
    """Which of these articles (ids) an expression finds."""
    sql = "SELECT article_id FROM articles_searchentry WHERE article_id = ANY(%s) AND vector @@ %s::text::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(articles), expression.spell(SIGNS)])
        return {article for (article,) in cursor.fetchall()}


def write(connection, vectors, analyser):
    """Store vectors of articles that have none."""
    into = f"COPY articles_searchentry ({COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as copy:
        for one in vectors:
            copy.write_row((one.article, one.listed_at, one.published_on, one.facets, analyser, as_tsvector(one)))


def forget(connection, articles):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchentry WHERE article_id = ANY(%s)", [list(articles)])


def tidy(connection):
    """After many writes: move entries from the pending list of the GIN index into the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])


def without_words():
    """SQL that is true for an entry `e` whose vector was not written."""
    return "e.vector IS NULL"
