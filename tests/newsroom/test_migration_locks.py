"""A migration that would keep readers waiting on a full database, or break the code before it, fails here.

It is about the migrations after the last release, which run on full databases while the former code still serves.
"""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from contacts.models.index_while_serving import AddIndexWhileServing

# The last migration of each app in the last release (CONTRIBUTING, "Release"). Before the first one: the present ones.
RELEASED = dict.fromkeys(("articles", "contacts", "newsroom"), "0001_initial")

INDEX = models.Index(fields=["kind"], name="articles_kind")

pytestmark = pytest.mark.django_db(transaction=True)  # SQLite changes tables outside of a transaction


def faults(loader, migration):
    """{code: sentence} of what its SQL does on this database."""
    sql = loader.collect_sql([(migration, False)])
    errors, _ignored, warnings = analyse_sql_statements(get_sql_analyser_class(connection.vendor), sql, [])
    found = {issue.code: issue.message for issue in [*errors, *warnings]}
    # SQLite copies the whole table to add a column: what the other columns have is in the SQL again.
    is_added = connection.vendor == "sqlite" and all(map(is_optional_column, migration.operations))
    return {} if is_added else found


def is_optional_column(operation):
    """Whether it adds a column that the former code, which knows nothing of it, need not fill."""
    is_column = isinstance(operation, migrations.AddField)
    return is_column and (operation.field.null or operation.field.has_db_default())


def newer(loader):
    for app, last in RELEASED.items():
        names = sorted(name for known, name in loader.graph.nodes if known == app)
        yield from (loader.graph.nodes[app, name] for name in names[names.index(last) + 1 :])


def test_newer_migrations_lock_no_full_table_and_let_the_former_code_serve():
    loader = MigrationLoader(connection, replace_migrations=False)
    found = {str(migration): faults(loader, migration) for migration in newer(loader)}
    assert {name: told for name, told in found.items() if told} == {}


def next_migration(loader, operation):
    migration = migrations.Migration("9999_example", "articles")
    migration.operations = [operation]
    migration.dependencies = [loader.graph.leaf_nodes("articles")[0]]
    loader.graph.add_node(("articles", migration.name), migration)
    loader.graph.add_dependency(migration, ("articles", migration.name), migration.dependencies[0])
    return migration


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        (migrations.AddField("article", "mood", models.CharField(max_length=9, default="")), "NOT_NULL"),
        (migrations.RemoveField("article", "summary"), "DROP_COLUMN"),
        (migrations.AddIndex("article", INDEX), "CREATE_INDEX"),
    ],
)
def test_what_would_lock_or_break_is_found(operation, code):
    loader = MigrationLoader(connection, replace_migrations=False)
    found = faults(loader, next_migration(loader, operation))
    # SQLite has one lock for everything, and sites on it are small.
    assert (code in found) == (code != "CREATE_INDEX" or connection.vendor == "postgresql")


def test_a_column_with_a_default_of_the_database_breaks_nothing():
    loader = MigrationLoader(connection, replace_migrations=False)
    mood = models.CharField(max_length=9, default="", db_default="")
    assert faults(loader, next_migration(loader, migrations.AddField("article", "mood", mood))) == {}


def test_an_index_that_is_made_while_serving_locks_nothing():
    loader = MigrationLoader(connection, replace_migrations=False)
    migration = next_migration(loader, AddIndexWhileServing("article", INDEX))
    migration.atomic = False
    assert faults(loader, migration) == {}
