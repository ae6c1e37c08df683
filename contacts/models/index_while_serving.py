"""Migration operation: creates an index on a full table without blocking anybody. Needs `atomic = False`."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations import AddIndex


class AddIndexWhileServing(AddIndexConcurrently):
    """`CREATE INDEX CONCURRENTLY` on PostgreSQL. On SQLite writers wait for the seconds that an index takes."""

    def database_forwards(self, app_label, schema_editor, *states):
        how = super() if schema_editor.connection.vendor == "postgresql" else _plain(self)
        how.database_forwards(app_label, schema_editor, *states)

    def database_backwards(self, app_label, schema_editor, *states):
        how = super() if schema_editor.connection.vendor == "postgresql" else _plain(self)
        how.database_backwards(app_label, schema_editor, *states)


def _plain(operation):
    return AddIndex(operation.model_name, operation.index)
