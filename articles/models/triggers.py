"""Database triggers for two rules that no CHECK constraint can express, because they concern another row.

A translation is never in the language of its source and never translates a translation. The triggers are installed
after every `migrate`, because Django rebuilds a SQLite table to alter it and drops its triggers with it. Each trigger
reads the other row by its key: PostgreSQL plans a trigger once a session, and while the table is empty it would plan
to use another index.
"""

from django.db import connections

TABLE = "articles_article"

CONDITIONS = {
    "translation_language": (
        "NEW.translation_of_id IS NOT NULL AND NEW.language ="
        " (SELECT s.language FROM articles_article s WHERE s.id = NEW.translation_of_id)",
        "a translation cannot be in the language of its source",
    ),
    "translation_source": (
        "NEW.translation_of_id IS NOT NULL AND (NEW.translation_of_id = NEW.id OR (SELECT s.translation_of_id"
        " FROM articles_article s WHERE s.id = NEW.translation_of_id) IS NOT NULL)",
        "a translation cannot translate a translation",
    ),
}
# Rules for a source that has translations.
SOURCE_CONDITIONS = {
    "source_language": (
        "NEW.language <> OLD.language AND NEW.language IN"
        " (SELECT t.language FROM articles_article t WHERE t.translation_of_id = NEW.id)",
        "a source cannot take the language of one of its translations",
    ),
    "source_stays": (
        "NEW.translation_of_id IS NOT NULL AND OLD.translation_of_id IS NULL AND EXISTS (SELECT 1 FROM"
        " articles_article t WHERE t.translation_of_id = NEW.id)",
        "a source with translations cannot become a translation",
    ),
}


def install(using="default", **kwargs):
    """Handler of `post_migrate`: creates or replaces the triggers."""
    connection = connections[using]
    write = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
    with connection.cursor() as cursor:
        if write and TABLE in connection.introspection.table_names(cursor):
            write(cursor)


def _sqlite(cursor):
    for event, conditions in (("INSERT", CONDITIONS), ("UPDATE", CONDITIONS | SOURCE_CONDITIONS)):
        columns = " OF language, translation_of_id" if event == "UPDATE" else ""
        for name, (condition, message) in conditions.items():
            trigger = f"articles_{name}_{event.lower()}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            cursor.execute(
                f"CREATE TRIGGER {trigger} BEFORE {event}{columns} ON {TABLE} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def _postgresql(cursor):
    def body(conditions):
        return "".join(
            f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF; "
            for condition, message in conditions.values()
        )

    for event, conditions in (("INSERT", CONDITIONS), ("UPDATE", CONDITIONS | SOURCE_CONDITIONS)):
        name = f"articles_guard_{event.lower()}"
        columns = " OF language, translation_of_id" if event == "UPDATE" else ""
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body(conditions)} RETURN NEW; END $$"
        )
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
        cursor.execute(
            f"CREATE TRIGGER {name} BEFORE {event}{columns} ON {TABLE} FOR EACH ROW"
            f" WHEN (NEW.translation_of_id IS NOT NULL OR {'true' if event == 'UPDATE' else 'false'})"
            f" EXECUTE FUNCTION {name}()"
        )
