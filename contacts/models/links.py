"""Links between rows of one model: successors that rows lead to, trees of parents, and no circles.

A retired region leads to its successor, a merged topic to its target, a closed office to the office that continues its
work, an ended contact to the one that replaces it. Articles keep what they have: pages, lists, counts and searches ask
here what stands for it now (`final`) and what else a row lists (`listed_under`).
"""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import connections, models, router
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Succeeded(models.Model):
    """A model whose rows can end and lead to another row. `leads_by`: the foreign key to that row."""

    leads_by = "successor"
    HAS_ENDED = gettext_lazy("“%(row)s” is no longer in use.")
    USE_INSTEAD = gettext_lazy("“%(row)s” is no longer in use. Choose “%(successor)s” instead.")

    class Meta:
        abstract = True

    @property
    def has_ended(self):
        """Whether the row is no longer in use; for subclasses."""
        raise NotImplementedError

    @property
    def leads_on(self):
        """Whether another row stands for this one."""
        return getattr(self, f"{self.leads_by}_id") is not None and self.has_ended

    @property
    def final(self):
        """The row that stands for this one: the last of the chain. Itself in a circle, which only SQL can write."""
        seen, at = {self.pk}, self
        while at.leads_on:
            at = getattr(at, at.leads_by)
            if at.pk in seen:
                return self
            seen.add(at.pk)
        return at

    def refusal(self):
        """Why nobody may choose this row any more, as a sentence; empty for a row in use."""
        if not self.has_ended:
            return ""
        final = self.final
        if final.has_ended:
            return self.HAS_ENDED % {"row": self}
        return self.USE_INSTEAD % {"row": self, "successor": final}


def connected(rows, *names):
    """The rows as a list; the foreign keys with these names lead to rows of it, without a query."""
    rows = list(rows)
    by_key = {row.pk: row for row in rows}
    for row in rows:
        for name in names:
            field = row._meta.get_field(name)
            key = getattr(row, field.attname)
            if key is None or key in by_key:
                field.set_cached_value(row, by_key.get(key))
    return rows


def listed_under(rows, nested):
    """{id: ids of the rows whose articles it lists, itself first} of all rows of a model that lead to no other row.

    These are the rows that lead to it and, in a `nested` model, those that lie under any of them. The global region
    lists itself only. `rows`: all of the model, `connected`.
    """
    finals = {row.pk: row.final for row in rows if isinstance(row, Succeeded)}
    inner = defaultdict(list)
    for row in rows:
        if finals.get(row.pk, row) != row:
            inner[finals[row.pk].pk].append(row.pk)
        elif nested and row.parent_id and row.parent.lists_children:
            inner[row.parent_id].append(row.pk)
    return {row.pk: _reached(row.pk, inner) for row in rows if finals.get(row.pk, row) == row}


def _reached(start, inner):
    found = {start: True}
    path = [start]
    for at in path:
        new = [key for key in inner.get(at, ()) if key not in found]
        found |= dict.fromkeys(new, True)
        path += new
    return tuple(found)


def keys_listed_under(row, nested=False):
    """The ids of the rows whose articles the row lists, or the row that stands for it."""
    names = [name for name in (getattr(row, "leads_by", None), nested and "parent") if name]
    rows = connected(type(row)._default_manager.all(), *names)
    return listed_under(rows, nested)[next(one for one in rows if one.pk == row.pk).final.pk]


class Links:
    """Where the rows of one model lead by one foreign key: {row: row}. Finds circles, and how deep a tree is."""

    def __init__(self, pairs=()):
        self._targets, self._sources = {}, defaultdict(set)
        for row, target in pairs:
            self.set(row, target)

    @classmethod
    def stored(cls, model, name, *changing):
        """Those in the database. Until this transaction ends nobody else changes them or the rows in `changing`."""
        linked = models.Q(**{f"{name}__isnull": False})
        rows, connection = model._default_manager.order_by("pk"), connections[router.db_for_write(model)]
        if connection.in_atomic_block and connection.features.has_select_for_update:
            rows = rows.using(connection.alias)
            list(rows.filter(linked | models.Q(pk__in=changing)).select_for_update(no_key=True).values_list("pk"))
        return cls(rows.filter(linked).values_list("pk", model._meta.get_field(name).attname))

    def set(self, row, target):
        self._sources[self._targets.get(row)].discard(row)
        self._targets[row] = target
        self._sources[target].add(row)

    def circle(self, row):
        """The rows of the circle that the row is in: [row, …, row]; empty if it is in none."""
        path, at = {row: True}, self._targets.get(row)
        while at is not None and at not in path:
            path[at] = True
            at = self._targets.get(at)
        return [*path, row] if at == row else []

    def above(self, row):
        """The rows that the row leads to, one after another; each once."""
        path, at = {}, self._targets.get(row)
        while at is not None and at not in path:
            path[at] = True
            at = self._targets.get(at)
        return list(path)

    def levels_below(self, row):
        """How many levels of rows lead to the row."""
        levels, seen, level = 0, {row}, self._sources[row] - {row}
        while level:
            levels, seen = levels + 1, seen | level
            level = {below for one in level for below in self._sources.get(one, ())} - seen
        return levels


def circle_text(names):
    """ "a → b → a" """
    return " → ".join(names)


def refuse_circles(row, *names):
    """For `clean()`: raise ValidationError if one of these foreign keys would lead back to the row.

    The stored rows are read anew and locked, so that of two people who save at once the second one is refused.
    """
    errors = {}
    for name in names:
        target = getattr(row, name)
        if target is None or row.pk is None:
            continue
        links = Links.stored(type(row), name, row.pk, target.pk)
        links.set(row.pk, target.pk)
        if circle := links.circle(row.pk):
            known = type(row)._default_manager.in_bulk(circle)
            path = circle_text("/".join(map(str, known[pk].natural_key())) for pk in circle)
            errors[name] = _("This would make a circular reference: %(path)s") % {"path": path}
    if errors:
        raise ValidationError(errors)


def refuse_ended(row, *names):
    """For `clean()`: raise ValidationError if a foreign key newly leads to a row that is no longer in use."""
    errors = {}
    for name in names:
        # Without a value a required key has no row to ask.
        target = getattr(row, name) if getattr(row, f"{name}_id") is not None else None
        if target is not None and (refusal := target.refusal()):
            stored = type(row)._default_manager.filter(pk=row.pk, **{name: target})
            if row.pk is None or not stored.exists():
                errors[name] = refusal
    if errors:
        raise ValidationError(errors)


def refuse_deep(row, levels, message, is_top=lambda row: False):
    """For `clean()`: raise ValidationError if the tree of parents had more levels, above or below the row.

    `is_top`: whether a row, such as the global region, does not count as a level.
    """
    links = Links.stored(type(row), "parent", *filter(None, [row.pk, row.parent_id]))
    links.set(row.pk, row.parent_id)
    path = [row, *type(row)._default_manager.in_bulk(links.above(row.pk)).values()]
    below = links.levels_below(row.pk) if row.pk else 0
    if sum(not is_top(one) for one in path) + below > levels:
        raise ValidationError({"parent": message})
