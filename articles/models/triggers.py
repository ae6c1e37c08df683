"""Database triggers for two rules that no CHECK constraint can say, because they look at another row.

A translation is never in its source's language, and never translates a translation. Django rebuilds
a SQLite table when it alters one, and triggers go with the old table, so they are installed after
every `migrate`, by both backends in the same words. Each asks for the other row by its key and compares what it
gets: PostgreSQL plans a trigger once in a session, and would prefer another index while the table is empty.
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
# What a source may not become while translations point at it.
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
