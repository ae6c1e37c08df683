"""Questions that every page asks: Django puts their SQL together once, not for every page.

To write the same SQL again takes the ORM ten times as long as the database takes to answer it.
"""

from datetime import UTC, datetime

from django.db import connections, router

MOMENT = datetime(1871, 1, 1, tzinfo=UTC)  # stands for the moment that is asked about


def number(index):
    return -1 - index


def text(index):
    return f"?{index}?"


class Prepared:
    """A model's queryset, `ask(moment, keys)`, that is asked again and again with other keys of the same kind.

    `stand_in` makes the keys that it is written with: a `number` for ids, else a `text`. Nothing else in it may
    differ from call to call.
    """

    def __init__(self, model, ask, stand_in=number):
        self._model, self._ask, self._stand_in, self._written = model, ask, stand_in, {}

    def rows(self, keys, moment=None):
        """A list of tuples as the driver has them: dates, JSON and the like are not converted."""
        if not keys:
            return []
        connection, sql, values = self._question(keys, moment)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def all(self, keys, moment=None):
        """A list of the model's rows."""
        if not keys:
            return []
        connection, sql, values = self._question(keys, moment)
        return list(self._model._default_manager.using(connection.alias).raw(sql, values))

    def _question(self, keys, moment):
        connection = connections[router.db_for_read(self._model)]
        sql, places = self._sql(connection, len(keys))
        given = {"moment": connection.ops.adapt_datetimefield_value(moment), **dict(enumerate(keys))}
        return connection, sql, [fixed if place is None else given[place] for place, fixed in places]

    def _sql(self, connection, size):
        """The SQL for so many keys, and for each parameter what to put there, or None and its value."""
        known = connection.alias, size
        if known not in self._written:
            stand_ins = [self._stand_in(index) for index in range(size)]
            sql, values = self._ask(MOMENT, stand_ins).query.get_compiler(connection=connection).as_sql()
            places = {stand_in: index for index, stand_in in enumerate(stand_ins)}
            places[connection.ops.adapt_datetimefield_value(MOMENT)] = "moment"
            self._written[known] = sql, [(places.get(value), value) for value in values]
        return self._written[known]
