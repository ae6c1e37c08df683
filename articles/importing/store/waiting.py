"""Keeps records on disk that cannot be stored yet, until all files are read.

A record waits if it refers to a row that is not there yet. Relation rows that are records of their own
(`articles.articleregion`, as dumpdata writes them) wait until all rows of their article are known; together they
become the ordered lists of the article.
"""

import sqlite3
from collections import Counter

import msgspec

from ..bulk import portions
from ..check.records import Record, check
from ..check.values import ARTICLE
from ..read.sources import RawRecord
from ..report import Place, record_name
from .batch import Batch

ARTICLES = 500  # processed at a time
encode, decode = msgspec.json.encode, msgspec.json.decode


class WaitingRecords:
    def __init__(self):
        self.disk = sqlite3.connect("", isolation_level=None)
        self.disk.execute("PRAGMA cache_size = -8000")
        self.disk.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, round INTEGER, text BLOB)")
        self.disk.execute(
            "CREATE TABLE row (id INTEGER PRIMARY KEY, article BLOB, list TEXT, place INTEGER, text BLOB)"
        )
        self.disk.execute("BEGIN")
        self.round = 0
        self.count = self.rows = 0

    def add(self, raw, missing):
        """`missing`: [field, label, natural key] of the row that the record waits for."""
        text = encode([raw.place.file, raw.place.line, raw.place.number, raw.model, raw.fields, missing])
        self.disk.execute("INSERT INTO record (round, text) VALUES (?, ?)", [self.round, text])
        self.count += 1

    def take(self):
        """Yield and remove all waiting records, as (raw record, missing).

        The order is reversed every second time: so a chain of references, in either direction, needs few rounds.
        """
        now, self.round, self.count = self.round, self.round + 1, 0
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
                file, line, number, model, fields, missing = decode(text)
                yield RawRecord(Place(file, line, number), model, fields), missing
        self.disk.execute("DELETE FROM record WHERE round = ?", [now])

    def add_row(self, article_spec, record):
        """Keep a relation row."""
        raw = record.raw
        name = next(name for name, relation in article_spec.lists.items() if relation.label == record.spec.label)
        text = encode([raw.place.file, raw.place.line, raw.place.number, raw.model, raw.fields])
        article, order = encode(list(record.values["article"])), record.values.get("order", 0)
        self.disk.execute(
            "INSERT INTO row (article, list, place, text) VALUES (?, ?, ?, ?)", [article, name, order, text]
        )
        self.rows += 1

    def rows_by_article(self):
        """Yield (article's natural key, {list: [raw record, …] in order}) of all relation rows."""
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
            lists.setdefault(name, []).append(RawRecord(Place(file, line, number), model, fields))
        if lists:
            yield tuple(decode(article)), lists


class RelationRows:
    """Turns relation rows into the ordered lists of their articles, and stores those."""

    def __init__(self, loader):
        self.loader = loader
        self.spec = loader.schema.get(ARTICLE)

    def process(self):
        some = []
        for article in self.loader.waiting.rows_by_article():
            some.append(article)
            if len(some) == ARTICLES:
                self._process(some)
                some = []
        self._process(some)

    def _process(self, some):
        if not some:
            return
        loader = self.loader
        rows = loader.keys.find(ARTICLE, [key for key, _ in some])
        stored = [row for row in rows.values() if row > 0]
        olds = {name: loader.database.lists(relation, stored) for name, relation in self.spec.lists.items()}
        records = []
        for key, lists in some:
            if key in rows:
                old = {name: olds[name].get(rows[key], ()) for name in self.spec.lists}
                records.append(self._record(key, lists, old))
            else:
                self._refuse_all(lists, "article", f"refers to {record_name(ARTICLE, key)}, which is not there")
        for portion in portions([record for record in records if record.row_counts]):
            Batch(loader, self.spec).carry_out(portion, relation_rows=True)

    def _record(self, key, lists, old):
        """A record of the article with its present lists, into which the relation rows are sorted by `order`."""
        values = {"language": key[0], "slug": key[1]}
        given, row_counts, raws = {}, Counter(), []
        for name, rows in lists.items():
            relation = self.spec.lists[name]
            places = {row: place for place, row in enumerate(old[name])}
            for raw in rows:
                record, _ = check(self.loader.schema.get(relation.label), raw)
                self.loader.paths.resolve([record])
                target = record.values[relation.row_model.target]
                row = self.loader.keys.find(relation.target, [target]).get(target)
                if row is None:
                    message = f"refers to {record_name(relation.target, target)}, which is not there"
                    self.loader.refuse(record.problem(message, relation.row_model.target))
                    continue
                places[row] = record.values.get("order", 0)
                row_counts[relation.label] += 1
                raws.append(raw)
            given[name] = tuple(sorted(places, key=places.get))
        raw = raws[0] if raws else next(iter(lists.values()))[0]
        return Record(raw, self.spec, key, values, given, row_counts=dict(row_counts))

    def _refuse_all(self, lists, field, message):
        for rows in lists.values():
            for raw in rows:
                record, _ = check(self.loader.schema.get(raw.model), raw)
                self.loader.refuse(record.problem(message, field))
