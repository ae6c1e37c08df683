"""Records that refer to something not yet there wait here, on disk, until the files are read.

Relation rows of their own (`articles.articleregion`, as dumpdata writes them) wait here too: they
are gathered by article into its lists.
"""

import sqlite3
from collections import Counter

import msgspec

from ..bulk import portions
from ..check.records import Record, check
from ..check.values import ARTICLE
from ..read.sources import Raw
from ..report import Place, named
from .batch import Batch

encode, decode = msgspec.json.encode, msgspec.json.decode


class WaitingRoom:
    def __init__(self):
        self.disk = sqlite3.connect("", isolation_level=None)
        self.disk.execute("PRAGMA cache_size = -8000")
        self.disk.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, round INTEGER, text BLOB)")
        self.disk.execute(
            "CREATE TABLE row (id INTEGER PRIMARY KEY, article BLOB, list TEXT, place INTEGER, text BLOB)"
        )
        self.disk.execute("BEGIN")
        self.round = 0
        self.waiting = self.rows = 0

    def add(self, raw, missing):
        text = encode([raw.place.file, raw.place.line, raw.place.number, raw.model, raw.fields, missing])
        self.disk.execute("INSERT INTO record (round, text) VALUES (?, ?)", [self.round, text])
        self.waiting += 1

    def take(self):
        """All that wait, as (raw, missing). Every second time the last come first: chains unroll fast."""
        now, self.round, self.waiting = self.round, self.round + 1, 0
        order = "DESC" if now % 2 == 0 else "ASC"
        last = None
        while True:
            bound = "" if last is None else f"AND id {'<' if order == 'DESC' else '>'} {last}"
            some = self.disk.execute(
                f"SELECT id, text FROM record WHERE round = ? {bound} ORDER BY id {order} LIMIT 500", [now]
            ).fetchall()
            if not some:
                break
            for last, text in some:  # noqa: B007
                yield self._record(text)
        self.disk.execute("DELETE FROM record WHERE round = ?", [now])

    def _record(self, text):
        file, line, number, model, fields, missing = decode(text)
        return Raw(Place(file, line, number), model, fields), missing

    def add_row(self, raw, article, name, order):
        text = encode([raw.place.file, raw.place.line, raw.place.number, raw.model, raw.fields])
        self.disk.execute(
            "INSERT INTO row (article, list, place, text) VALUES (?, ?, ?, ?)", [encode(article), name, order, text]
        )
        self.rows += 1

    def rows_by_article(self):
        """(article's key, {list: [raw, …] in order}) of the gathered relation rows."""
        if not self.rows:
            return
        self.disk.execute("CREATE INDEX row_article ON row (article, list, place, id)")
        reader = self.disk.cursor()
        reader.execute("SELECT article, list, text FROM row ORDER BY article, list, place, id")
        article, lists = None, {}
        for key, name, text in reader:
            if key != article:
                if lists:
                    yield tuple(decode(article)), lists
                article, lists = key, {}
            file, line, number, model, fields = decode(text)
            lists.setdefault(name, []).append(Raw(Place(file, line, number), model, fields))
        if lists:
            yield tuple(decode(article)), lists


ARTICLES = 500


def gather(room, article_spec, record):
    """Put a relation row aside until its article's other rows are known."""
    name = next(name for name, one in article_spec.lists.items() if one.label == record.spec.label)
    room.add_row(record.raw, list(record.values["article"]), name, record.values.get("order", 0))


class Gathered:
    def __init__(self, loader):
        self.loader = loader
        self.spec = loader.schema.get(ARTICLE)

    def process(self):
        some = []
        for one in self.loader.room.rows_by_article():
            some.append(one)
            if len(some) == ARTICLES:
                self._carry_out(some)
                some = []
        self._carry_out(some)

    def _carry_out(self, some):
        if not some:
            return
        loader = self.loader
        rows = loader.keys.find(ARTICLE, [key for key, _ in some])
        stored = [row for row in rows.values() if row > 0]
        olds = {name: loader.store.lists(one, stored) for name, one in self.spec.lists.items()}
        records = []
        for key, lists in some:
            if key in rows:
                old = {name: olds[name].get(rows[key], ()) for name in self.spec.lists}
                records.append(self._record(key, lists, old))
            else:
                self._refuse_all(lists, "article", f"refers to {named(ARTICLE, key)}, which is not there")
        for portion in portions([record for record in records if record.tallied]):
            Batch(loader, self.spec).carry_out(portion, gathered=True)

    def _record(self, key, lists, old):
        """The article with its present lists and the given rows, each at its place."""
        values = {"language": key[0], "slug": key[1]}
        given, tallied, raws = {}, Counter(), []
        for name, rows in lists.items():
            one = self.spec.lists[name]
            places = {row: place for place, row in enumerate(old[name])}
            for raw in rows:
                record, _ = check(self.loader.schema.get(one.label), raw)
                self.loader.aliases.resolve([record])
                target = record.values[one.row_model.target]
                row = self.loader.keys.current(one.target, [target]).get(target)
                if row is None:
                    refers = f"refers to {named(one.target, target)}, which is not there"
                    self.loader.refuse(record.problem(refers, one.row_model.target))
                    continue
                places[row] = record.values.get("order", 0)
                tallied[one.label] += 1
                raws.append(raw)
            given[name] = tuple(sorted(places, key=places.get))
        raw = raws[0] if raws else next(iter(lists.values()))[0]
        return Record(raw, self.spec, key, values, given, tallied=dict(tallied))

    def _refuse_all(self, lists, field, message):
        for rows in lists.values():
            for raw in rows:
                record, _ = check(self.loader.schema.get(raw.model), raw)
                self.loader.refuse(record.problem(message, field))
