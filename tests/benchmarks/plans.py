"""How the database answers the main queries of the public pages."""

MAIN = (  # (what it is for, an address that asks it, a piece of its text)
    ("changes since a process last looked", "/en/news/", "articles_listchange"),
    ("the cards of a page", "/en/news/", 'FROM "articles_article" LEFT OUTER JOIN "articles_image"'),
    ("the regions of the cards", "/en/news/", 'FROM "articles_articleregion"'),
    ("an article by its address", "/en/news/{slug}/", '"slug" = '),
    ("what it is linked with", "/en/news/{slug}/", "FROM articles_articletopic"),
    ("its language versions", "/en/news/{slug}/", '"translation_of_id" = '),
    ("its related links", "/en/news/{slug}/", 'FROM "articles_relatedlink"'),
    ("the next publication", None, None),
    ("an address that moved", "/en/news/no-such-story/", 'FROM "articles_slughistory"'),
    ("a word and a filter in the index", "/en/news/?q=commonword&topic=bench-0", "articles_searchentry e"),
    ("a phrase in the index", "/en/news/?q=%22commonword+number77%22", "articles_searchentry e"),
)
FOUND = "articles_found("  # PostgreSQL asks the index in a function


def main_plans(connection):
    """Lines: a heading and the plan of each."""
    from django.db.models import Q
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from articles.models import Article
    from articles.publishing import due_editions

    visitor = Client()
    slug = Article.objects.live().filter(~Q(slug=""), language="en").newest_first()[0].slug
    for title, address, piece in MAIN:
        with CaptureQueriesContext(connection) as captured:
            if address:
                visitor.get(address.format(slug=slug))
            else:
                due_editions.next_publication(timezone.now())
        sql = [
            query["sql"]
            for query in captured
            if piece is None or piece in query["sql"] or (piece.endswith(" e") and FOUND in query["sql"])
        ]
        yield f"\n-- {title}"
        yield from (explained(connection, sql[0]) if sql else ["(no such query)"])


def explained(connection, sql):
    word = (
        "EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF)"
        if connection.vendor == "postgresql"
        else "EXPLAIN QUERY PLAN"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{word} {sql}".replace("%", "%%"), ())
        return [str(row[-1]) for row in cursor.fetchall()]
