import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

POSTGRESQL = [
    "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector",
    # A search reads the dates and facets of a thousand entries and hardly ever a vector: those live elsewhere.
    "ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)",
    "ALTER TABLE articles_searchentry ALTER COLUMN facets SET STORAGE PLAIN",
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
    # The planner prices a vector's comparison as if it lay in the table, and would rather scan a million of them.
    """
    CREATE FUNCTION articles_found(asked tsquery[], before timestamptz[], exact tsquery, looks int, at_most int)
    RETURNS TABLE (article_id bigint, facets text) LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off SET work_mem = '16MB' AS $$
    DECLARE
        missing int := at_most;
        got int;
    BEGIN
        FOR at IN 1 .. cardinality(asked) LOOP
            IF exact IS NULL THEN
                RETURN QUERY
                    SELECT e.article_id, e.facets FROM articles_searchentry e
                    WHERE e.vector @@ asked[at] AND e.listed_at < before[at]
                    ORDER BY e.listed_at DESC, e.article_id DESC LIMIT missing;
            ELSE
                RETURN QUERY
                    SELECT h.article_id, h.facets FROM (
                        SELECT e.article_id, e.facets, e.listed_at, e.vector FROM articles_searchentry e
                        WHERE e.vector @@ asked[at] AND e.listed_at < before[at]
                        ORDER BY e.listed_at DESC, e.article_id DESC LIMIT looks
                    ) h WHERE h.vector @@ exact
                    ORDER BY h.listed_at DESC, h.article_id DESC LIMIT missing;
            END IF;
            GET DIAGNOSTICS got = ROW_COUNT;
            missing := missing - got;
            EXIT WHEN missing <= 0;
        END LOOP;
    END $$
    """,
]
# The words are separated by blanks and folded already: "ascii" takes all beyond ASCII for letters.
SQLITE = [
    "CREATE VIRTUAL TABLE articles_searchwords USING fts5("
    "words, detail=none, columnsize=0, tokenize=\"ascii tokenchars '=^+-_'\")",
    "CREATE TRIGGER articles_searchentry_forget AFTER DELETE ON articles_searchentry"
    " BEGIN DELETE FROM articles_searchwords WHERE rowid = OLD.article_id; END",
]
BACK = {
    "postgresql": ["DROP FUNCTION articles_found"],
    "sqlite": ["DROP TRIGGER articles_searchentry_forget", "DROP TABLE articles_searchwords"],
}


def forwards(apps, editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[editor.connection.vendor]:
        editor.execute(statement)


def backwards(apps, editor):
    for statement in BACK[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0003_raw_rows_have_dates"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="articles.article")),
                ("listed_at", models.DateTimeField()),
                ("facets", models.TextField()),
                ("analyser", models.PositiveSmallIntegerField()),
            ],
            managers=[
                ("dumped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
