"""`import_fixture --plan`: counts what a run would do, and stores nothing.

Rows that the run would create get negative ids. They are remembered in a temporary SQLite file, so that later
records can refer to them.
"""

import sqlite3
from contextlib import nullcontext

import msgspec

from ..check.records import digest
from ..check.values import ARTICLE
from .articles import ReferenceNumbers
from .keys import Keys
from .writer import Writer

encode, decode = msgspec.json.encode, msgspec.json.decode


class PlannedKeys(Keys):
    """Also finds rows that exist only in the plan."""

    def __init__(self, schema, database):
        super().__init__(schema, database)
        self.disk = sqlite3.connect("")  # a temporary file, which SQLite deletes with the connection
        self.disk.execute("CREATE TABLE planned (key BLOB PRIMARY KEY, id INTEGER) WITHOUT ROWID")
        self.disk.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text BLOB)")
        self.left = set()  # (label, key) of articles that the run would rename

    def find(self, label, keys):
        return super().find(label, [key for key in keys if (label, key) not in self.left])

    def forget(self, label, key):
        super().forget(label, key)
        self.left.add((label, key))

    def remember(self, label, key, row):
        super().remember(label, key, row)
        self.left.discard((label, key))
        if row < 0:
            self.disk.execute("INSERT OR REPLACE INTO planned VALUES (?, ?)", [encode([label, key]), row])

    def _look_up(self, label, keys):
        found = super()._look_up(label, keys)
        return found | self.planned(label, [key for key in keys if key not in found])

    def planned(self, label, keys):
        found = {}
        for key in keys:
            row = self.disk.execute("SELECT id FROM planned WHERE key = ?", [encode([label, key])]).fetchone()
            if row:
                found[key] = row[0]
        return found

    def remember_row(self, row, known):
        self.disk.execute("INSERT OR REPLACE INTO row VALUES (?, ?)", [row, encode(known)])

    def planned_row(self, row):
        found = self.disk.execute("SELECT text FROM row WHERE id = ?", [row]).fetchone()
        return found and decode(found[0])


class PlannedNumbers(ReferenceNumbers):
    """Gives no numbers: only a stored row uses one up."""

    def _number(self, record):
        pass

    def _raise(self, reference):
        pass


class PlanWriter(Writer):
    Keys, Numbers = PlannedKeys, PlannedNumbers
    lock = transaction = staticmethod(lambda database: nullcontext())

    def __init__(self, loader):
        super().__init__(loader)
        self.last_id = 0

    def write(self, spec, records):
        new = [record for record in records if record.row is None]
        changed = [record for record in records if record.row is not None]
        for record in new:
            self._remember_new(spec, record)
        for record in changed:
            self.loader.history.stated.remember(record, record.digest)
        self._count(new, "create")
        self._count(changed, "update")

    def _remember_new(self, spec, record):
        self.last_id -= 1
        record.row = self.last_id
        known = {"digest": record.digest, "place": (self.loader.file_number(record), record.place.number)}
        known |= {"size": record.extra["size"]} if "size" in record.extra else {}
        if spec.label == ARTICLE:
            merged = record.merged
            known |= {"language": merged["language"], "translation_of_id": merged["translation_of"]}
        keys = self.loader.keys
        keys.remember_row(record.row, known)
        for unique in self.loader.rules[spec.label].uniques:
            if (values := unique.values(record.merged)) is not None:
                keys.remember(unique.label, values, record.row)

    def compare_planned(self, record, problems):
        """Judge a record whose row exists only in the plan: of that only the digest is known."""
        if record.row_counts:
            return record.count(self.report, "create")
        known = self.loader.keys.planned_row(record.row)
        if not problems and digest(record.spec, record.merged, record.merged_lists) != known["digest"]:
            problems = [record.problem(self.loader.stated_before(*known["place"]))]
        if problems:
            self.loader.refuse(*problems)
        else:
            record.count(self.report, "unchanged")

    def lock_rows(self, spec, records):
        return False

    def finish(self):
        pass
