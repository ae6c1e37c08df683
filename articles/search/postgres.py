"""PostgreSQL: ready-made vectors in a tsvector column with a GIN index, asked through one function.

The function (articles/migrations, "search_entries") forbids the planner to scan the table, whose
vectors are expensive to read.
"""

from .document import as_tsvector
from .query import Signs

INDEX = "articles_searchentry_vector"
COLUMNS = "article_id, listed_at, facets, analyser, vector"


# An expression as a tsquery.
spelled = Signs(" & ", " | ", " & !", lambda word: f"'{word.text}'{':*' if word.begins else ''}").spell


def phrases(questions):
    """A tsquery for words side by side, or None."""
    if not any(question.phrases for question in questions):
        return None
    return " | ".join(
        f"('=l{question.language}' & {' & '.join(map(_phrase, question.phrases)) or spelled(question.expression())})"
        for question in questions
    )


def _phrase(places):
    return f"({' <-> '.join('(' + ' | '.join(repr(form) for form in place) + ')' for place in places)})"


def newest(connection, languages, until):
    """The moment of the newest listed article in these languages."""
    one = "(SELECT max(listed_at) FROM articles_article WHERE language = %s AND listed_at <= %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT greatest({', '.join([one] * len(languages))})", [v for code in languages for v in (code, until)]
        )
        return cursor.fetchone()[0]


def found(connection, questions, expression, position, at_most):
    """[(moment, article, facets, has_phrases)], newest first, before a position (moment, article)."""
    values = [spelled(expression), phrases(questions), *position, at_most]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT moment, article_id, facets, has_phrases"
            " FROM articles_found(%s::text::tsquery, %s::text::tsquery, %s::timestamptz, %s::bigint, %s)",
            values,
        )
        return cursor.fetchall()


def having(connection, expression, articles):
    """Which of these articles (ids) an expression finds."""
    sql = "SELECT article_id FROM articles_searchentry WHERE article_id = ANY(%s) AND vector @@ %s::text::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(articles), spelled(expression)])
        return {article for (article,) in cursor.fetchall()}


def write(connection, vectors, analyser):
    """Store vectors of articles that have none."""
    into = f"COPY articles_searchentry ({COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as copy:
        for one in vectors:
            copy.write_row((one.article, one.listed_at, one.facets, analyser, as_tsvector(one)))


def forget(connection, articles):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_searchentry WHERE article_id = ANY(%s)", [list(articles)])


def tidy(connection):
    """After many writes: move them from the index's waiting list into the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [INDEX])


def without_words():
    """SQL that is true for an entry `e` whose vector was not written."""
    return "e.vector IS NULL"
