"""Querysets that every public page runs: Django writes their SQL once, and each call sends it with its own values.

Writing the SQL takes the ORM several times as long as the database takes to answer. The SQL is written with
placeholders for the values that differ between calls. If Django ever writes it without one of them, the ordinary
queryset is run instead, and the log says so.
"""

import logging
from datetime import UTC, datetime

from django.db import connections, router
from django.db.models import DateTimeField

logger = logging.getLogger(__name__)

MOMENT = datetime(1871, 1, 1, tzinfo=UTC)  # the placeholder for the moment


def id_placeholder(index):
    return -1 - index


def text_placeholder(index):
    return f"?{index}?"


class PreparedQuery:
    """A model's queryset, `build(moment, keys)`, that is run again and again with other keys and moments.

    Only the keys, their number and the moment may differ between calls. `placeholder(index)` makes the keys that the
    SQL is written with; neither a call nor another part of the query may have such a value.
    """

    def __init__(self, model, build, placeholder=id_placeholder):
        self._model, self._build, self._placeholder = model, build, placeholder
        self._statements = {}  # {(database, number of keys): (SQL, parameters with placeholders) or None}

    def rows(self, keys, moment=None):
        """The tuples of a `values_list()` as the database driver gives them: SQLite has moments without a time zone."""
        return self._run(self._fetch, keys, moment)

    def objects(self, keys, moment=None):
        """A list of the model's objects, with what the queryset annotates."""
        return self._run(self._load, keys, moment)

    @property
    def database(self):
        return router.db_for_read(self._model)

    def _run(self, send, keys, moment):
        if not keys:
            return []
        connection = connections[self.database]
        statement = self._statement(connection, len(keys), moment)
        if statement is None:
            return list(self._build(moment, keys))
        sql, parameters = statement
        given = zip(self._placeholders(connection, len(keys), moment), _values(connection, keys, moment), strict=True)
        values = dict(given)
        return send(connection, sql, [values.get(parameter, parameter) for parameter in parameters])

    def _fetch(self, connection, sql, parameters):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def _load(self, connection, sql, parameters):
        return list(self._model.objects.db_manager(connection.alias).raw(sql, parameters))

    def _statement(self, connection, count, moment):
        known = connection.alias, count
        if known not in self._statements:
            self._statements[known] = self._write(connection, count, moment)
        return self._statements[known]

    def _placeholders(self, connection, count, moment):
        return _values(connection, map(self._placeholder, range(count)), moment and MOMENT)

    def _write(self, connection, count, moment):
        queryset = self._build(moment and MOMENT, list(map(self._placeholder, range(count))))
        # The SQL and the parameters that Django would send: it documents no way to ask for both.
        sql, parameters = queryset.query.get_compiler(connection.alias).as_sql()
        if missing := set(self._placeholders(connection, count, moment)) - set(parameters):
            logger.warning("A query on %s cannot be prepared: %s", self._model.__name__, missing)
            return None
        return sql, parameters


def _values(connection, keys, moment):
    """The keys, and the moment if there is one, as they stand among the parameters of the SQL."""
    moments = [DateTimeField().get_db_prep_value(moment, connection)] if moment else []
    return [*keys, *moments]
