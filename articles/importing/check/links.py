"""Checks links between rows of one model: circles, and trees that are too deep.

Checked are the stored rows with all records of a batch in place, so that it does not matter which of them comes first.
"""

from contacts.models import Region
from contacts.models.links import Links, circle_text

from ...models import Topic
from ..bulk import portions
from ..report import clause, record_name
from .values import ARTICLE

# Of articles, only "read instead" is followed; `store.articles` looks after translations.
FOLLOWED = {ARTICLE: ("redirect_to",)}
REGION = "contacts.region"
LEVELS = {REGION: Region, "articles.topic": Topic}  # models whose trees have a limit


class LinkChecks:
    """`lock`: keep others from changing links until the transaction ends."""

    def __init__(self, database, lock):
        self.database, self.lock = database, lock and database.is_postgresql
        self.links = {}  # {label: {field: Links}}
        self.is_top = {}  # {region: whether it is the global region, which is no level}

    def accepted(self, spec, records, refuse):
        """The records that make no circle and no tree that is too deep; the others are refused."""
        names = FOLLOWED.get(spec.label, spec.self_references)
        if not any(self._is_to_check(spec, record, names) for record in records):
            self._note(spec.label, records)
            return records
        self._load(spec, names)
        self._note(spec.label, records)
        problems = {}
        while problem := next(filter(None, (self._problem(spec, record, names) for record in records)), None):
            record, problems[problem[0].key] = problem
            self.take_back(record)
            records = [one for one in records if one is not record]
            refuse(problems[record.key])
        return records

    def _is_to_check(self, spec, record, names):
        has_level = spec.label == REGION and "kind" in record.changed
        return has_level or any(record.merged[name] is not None or name in record.changed for name in names)

    def remember(self, record):
        """Note a row that was just created or changed."""
        if record.spec.label == REGION:
            self.is_top.pop(record.key, None)
            self.is_top[record.row] = _is_global(record.merged)
        for name, links in self.links.get(record.spec.label, {}).items():
            links.set(record.key, None)
            links.set(record.row, record.merged[name])

    def take_back(self, record):
        """Forget the changes of a record that is not stored after all."""
        if record.spec.label == REGION:
            self.is_top[_node(record)] = _is_global(record.old or {})
        for name, links in self.links.get(record.spec.label, {}).items():
            links.set(_node(record), record.old[name] if record.old else None)

    def forget_rows(self, label, rows):
        """Rows that will be deleted lead nowhere."""
        for links in self.links.get(label, {}).values():
            for row in rows:
                links.set(row, None)

    def _note(self, label, records):
        if label == REGION:
            self.is_top.update((_node(record), _is_global(record.merged)) for record in records)
        for name, links in self.links.get(label, {}).items():
            for record in records:
                links.set(_node(record), record.merged[name])

    def _load(self, spec, names):
        if spec.label in self.links and spec.label != ARTICLE:
            return
        if self.lock and spec.label != ARTICLE:
            self.database.query(f"SELECT id FROM {spec.table} ORDER BY id FOR NO KEY UPDATE")
        self.links[spec.label] = {name: Links(self._stored(spec, name)) for name in names}
        if spec.label == REGION:
            stored = self.database.query(f"SELECT id FROM {spec.table} WHERE kind = 'global'")
            self.is_top = dict.fromkeys((row for (row,) in stored), True) | self.is_top

    def _stored(self, spec, name):
        column = spec.fields[name].column
        return self.database.query(f'SELECT id, "{column}" FROM {spec.table} WHERE "{column}" IS NOT NULL')

    def _problem(self, spec, record, names):
        """(record, Problem) or None"""
        for name in names if record.row is not None else ():  # nothing leads to a row that is still to come
            if circle := self.links[spec.label][name].circle(_node(record)):
                return record, record.problem(f"circular reference: {self._path(spec, record, circle)}", name)
        if (model := LEVELS.get(spec.label)) and self._levels(record) > model.LEVELS:
            return record, record.problem(clause(model.TOO_DEEP), "kind" if "kind" in record.changed else "parent")
        return None

    def _levels(self, record):
        """How many levels the tree has above the record, with it, and below."""
        links, node = self.links[record.spec.label]["parent"], _node(record)
        path = [node, *links.above(node)]
        is_top = self.is_top if record.spec.label == REGION else {}
        return sum(not is_top.get(row) for row in path) + links.levels_below(node)

    def _path(self, spec, record, circle):
        names, columns = {_node(record): _name(record.key)}, [spec.fields[name].column for name in spec.key]
        columns = columns[:2] if spec.label == ARTICLE else columns
        for some in portions([row for row in circle if isinstance(row, int)]):
            marks, select = ", ".join(["%s"] * len(some)), ", ".join(f'"{column}"' for column in ("id", *columns))
            for row, *key in self.database.query(f"SELECT {select} FROM {spec.table} WHERE id IN ({marks})", some):
                names.setdefault(row, _name(key))
        return circle_text(names.get(row, "?") for row in circle)


def _is_global(values):
    return values.get("kind") == Region.Kind.GLOBAL


def _node(record):
    """What stands for a record among the links: the id of its row, or the natural key of a row to come."""
    return record.key if record.row is None else record.row


def _name(key):
    return record_name("", tuple(key)) if len(key) > 1 else str(key[0])
