from django.db import migrations

# The planner prices a vector's comparison as if it lay in the table, and would rather scan a million of them.
POSTGRESQL = [
    "DROP FUNCTION articles_found",
    """
    CREATE FUNCTION articles_found(asked tsquery, exact tsquery, before timestamptz, before_article bigint, at_most int)
    RETURNS TABLE (moment text, article_id bigint, facets text, has_phrases boolean) LANGUAGE sql STABLE
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off SET work_mem = '16MB' AS $$
        SELECT h.listed_at::text, h.article_id, h.facets, exact IS NULL OR h.vector @@ exact FROM (
            SELECT e.listed_at, e.article_id, e.facets, e.vector FROM articles_searchentry e
            WHERE e.vector @@ asked AND (e.listed_at, e.article_id) < (before, before_article)
            ORDER BY e.listed_at DESC, e.article_id DESC LIMIT at_most
        ) h ORDER BY h.listed_at DESC, h.article_id DESC
    $$
    """,
]


def forwards(apps, editor):
    if editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0008_delete_concordance"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
