"""Database queries in the order of names that readers expect, on every database: `Office.objects.order_by(ByName())`.

Databases know the order of some languages, of none, or of an older CLDR. So Python sorts the names, of which there are
hundreds, and the database gets the place of each row. It takes one query for the names.
"""

import json

from django.db import models
from django.db.models.functions import Cast, Coalesce
from django.forms.models import ModelChoiceIterator

from .collation import sort_key


class ByName(models.Expression):
    """The place of a row among all of its model, by name; or of the row that a foreign key leads to (`path`).

    For the order of a query. The places are those of the moment when the query runs, in the language of that moment.
    """

    output_field = models.IntegerField()

    def __init__(self, path=""):
        super().__init__()
        self.path = path

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        model = query.model
        for name in filter(None, self.path.split("__")):
            model = model._meta.get_field(name).related_model
        places = json.dumps({key: place for place, key in enumerate(keys_by_name(model))})
        key = Cast(models.F(f"{self.path}__pk" if self.path else "pk"), models.TextField())
        expression = Coalesce(Place(models.Value(places), key), -1)
        return expression.resolve_expression(query, allow_joins, reuse, summarize, for_save)


class Place(models.Func):
    """The number that a JSON object has at a key."""

    output_field = models.IntegerField()

    def as_sqlite(self, compiler, connection, **options):
        return self.as_sql(compiler, connection, template="""json_extract(%(expressions)s)""", arg_joiner=", '$.' || ")

    def as_postgresql(self, compiler, connection, **options):
        return self.as_sql(compiler, connection, template="((%(expressions)s)::int)", arg_joiner="::jsonb ->> ")


def keys_by_name(model):
    """The primary keys of all rows of a model with names (`Coded`), by name."""
    rows = model._default_manager.with_name().order_by().values_list("pk", "local_name")
    return [pk for pk, _name in sorted(rows, key=lambda row: sort_key(row[1]))]


def sorted_by_name(rows, of=""):
    """Rows by their `order` if they have one, then by their name, or by that of the row that `of` leads to."""
    return sorted(rows, key=lambda row: (getattr(row, "order", 0), sort_key((getattr(row, of) if of else row).name)))


class ChoicesByName(ModelChoiceIterator):
    """The choices of a form field by their labels; the empty one stays first.

    Widgets that look at the first choice only (`use_required_attribute`), cost no query.
    """

    def __iter__(self):
        choices = super().__iter__()
        if self.field.empty_label is not None:
            yield next(choices)  # the widget looks at the first choice alone: no rows are read for that
        yield from sorted(choices, key=lambda choice: sort_key(choice[1]))
