"""Questions that every page asks: Django puts their SQL together once, not for every page.

To write the same SQL again takes the ORM ten times as long as the database takes to answer it.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connections, router

MOMENT = datetime(1871, 1, 1, tzinfo=UTC)  # stands for the moment that is asked about


def number(index):
    return -1 - index


def text(index):
    return f"?{index}?"


class Written(NamedTuple):
    """A question as SQL; for each parameter what to put there, or None and its value; and what its columns are."""

    sql: str
    places: list
    fields: list  # the first columns
    annotations: list  # of (name, column)
    converted: list  # columns that the driver gives otherwise than Python has them, with their expressions


class Prepared:
    """A model's queryset, `ask(moment, keys)`, that is asked again and again with other keys of the same kind.

    `stand_in` makes the keys that it is written with: a `number` for ids, else a `text`. Nothing else in it may
    differ from call to call.
    """

    def __init__(self, model, ask, stand_in=number):
        self._model, self._ask, self._stand_in, self._written = model, ask, stand_in, {}

    def rows(self, keys, moment=None):
        """A list of tuples as the driver has them: dates, JSON and the like are not converted."""
        return self._answer(keys, moment)[1] if keys else []

    def all(self, keys, moment=None):
        """A list of the model's rows."""
        if not keys:
            return []
        written, rows, connection = self._answer(keys, moment)
        return [self._row(written, values, connection) for values in rows]

    @property
    def alias(self):
        return router.db_for_read(self._model)

    def converted(self, values):
        """One of `rows`, as a list, as Python has it."""
        connection = connections[self.alias]
        return _converted(self._question(connection, 1), values, connection)

    def _answer(self, keys, moment):
        connection = connections[self.alias]
        written = self._question(connection, len(keys))
        given = {"moment": connection.ops.adapt_datetimefield_value(moment), **dict(enumerate(keys))}
        values = [fixed if place is None else given[place] for place, fixed in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, values)
            return written, cursor.fetchall(), connection

    def _row(self, written, values, connection):
        """As Django makes it of a queryset's row: the fields, and what was annotated."""
        values = _converted(written, values, connection)
        row = self._model.from_db(connection.alias, written.fields, values[: len(written.fields)])
        for name, place in written.annotations:
            setattr(row, name, values[place])
        return row

    def _question(self, connection, size):
        known = connection.alias, size
        if known not in self._written:
            self._written[known] = self._write(connection, size)
        return self._written[known]

    def _write(self, connection, size):
        stand_ins = [self._stand_in(index) for index in range(size)]
        compiler = self._ask(MOMENT, stand_ins).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        places = {stand_in: index for index, stand_in in enumerate(stand_ins)}
        places[connection.ops.adapt_datetimefield_value(MOMENT)] = "moment"
        columns = [column for column, _, _ in compiler.select]
        of_model = compiler.klass_info["select_fields"] if compiler.klass_info else []
        return Written(
            sql,
            [(places.get(value), value) for value in values],
            [columns[place].target.attname for place in of_model],
            list(compiler.annotation_col_map.items()),
            [(place, column) for place, column in enumerate(columns) if _converters(column, connection)],
        )


def _converted(written, values, connection):
    values = list(values)
    for place, expression in written.converted:
        for convert in _converters(expression, connection):
            values[place] = convert(values[place], expression, connection)
    return values


def _converters(expression, connection):
    return connection.ops.get_db_converters(expression) + expression.get_db_converters(connection)
