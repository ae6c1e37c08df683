"""Stores the history of articles that a fixture brings: revisions, editions, moves, earlier addresses.

History is only added to. Records are kept on disk until all articles are stored, and then judged article by article:
editions must be numbered and chained by their SHA-256, and what is new must follow what is here. An article that has
gone its own way here keeps its own history; its records are conflicts.
"""

import sqlite3

import msgspec
from django.db.models import Q
from django.utils import timezone

from ...models import Article, Correction, Move, Revision, SlugHistory
from ...publishing import revisions
from ..bulk import portions
from ..check.records import check
from ..check.values import ARTICLE
from ..read.sources import RawRecord
from ..report import Place, record_name

ARTICLES = 200  # processed at a time
COUNTER, REVISION, CORRECTION, MOVE, OLD_ADDRESS = (
    "articles.referencecounter", "articles.revision", "articles.correction", "articles.move", "articles.slughistory",
)  # fmt: skip
COVERED = ("content", "contact_lines", "edition", "change_kind", "change_note", "previous_sha256", "sha256")
TEXTS = ("language", "slug", "headline", "summary", "body", "notes_to_editors")
OTHER_HISTORY = "the article has another history here, which is kept"
encode, decode = msgspec.json.encode, msgspec.json.decode


class Histories:
    def __init__(self, loader):
        self.loader = loader
        self.disk = sqlite3.connect("", isolation_level=None)
        self.disk.execute("PRAGMA cache_size = -8000")
        self.disk.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, article BLOB, text BLOB)")
        self.disk.execute("BEGIN")

    def add(self, record):
        if record.spec.label == COUNTER:
            return self._raise_counter(record)
        raw = record.raw
        text = encode([raw.place.file, raw.place.line, raw.place.number, raw.model, raw.fields])
        self.disk.execute("INSERT INTO record (article, text) VALUES (?, ?)", [encode(record.values["article"]), text])

    def _raise_counter(self, record):
        """A number that was given once is never given again, in the newsroom that takes over either."""
        loader = self.loader
        action = loader.numbers.raise_to(record.values["year"], record.values.get("last", 0))
        record.count(loader.report, action)
        if action != "unchanged" and not loader.options.plan:
            loader.history.run_id()

    def process(self):
        self.disk.execute("CREATE INDEX record_article ON record (article, id)")
        articles = [key for (key,) in self.disk.execute("SELECT DISTINCT article FROM record ORDER BY article")]
        for some in portions(articles, ARTICLES):
            self._process({key: [self._record(text) for (text,) in self._texts(key)] for key in some})

    def _texts(self, key):
        return self.disk.execute("SELECT text FROM record WHERE article = ? ORDER BY id", [key])

    def _record(self, text):
        file, line, number, model, fields = decode(text)
        raw = RawRecord(Place(file, line, number), model, fields)
        return check(self.loader.schema.history[model], raw)[0]

    def _process(self, records):
        """`records`: {article's natural key as JSON: its records in order}."""
        loader = self.loader
        keys = {text: tuple(decode(text)) for text in records}
        rows = loader.keys.find(ARTICLE, keys.values())
        present = Present([row for row in rows.values() if row > 0])
        new = []
        for text, several in records.items():
            row = rows.get(keys[text])
            if row is None:
                self._refuse_all(several, keys[text])
            else:
                new += ArticleHistory(loader, row, several, present).judge()
        for spec in loader.schema.history.values():
            self._write(spec, [record for record in new if record.spec is spec])

    def _refuse_all(self, records, key):
        name = record_name(ARTICLE, key)
        for record in records:
            self.loader.refuse(record.problem(f"refers to {name}, which is not stored", "article"))

    def _write(self, spec, records):
        for record in records:
            record.merged = spec.defaults() | {"created_at": timezone.now()} | record.values
        for some in portions(records):
            self.loader.writer.write(spec, some)


class Present:
    """The history that some articles have, by article. Of a working copy and its live row it is one."""

    def __init__(self, ids):
        self.revisions, self.moves, self.corrections, self.story = {}, {}, {}, {row: row for row in ids}
        copies = Article.objects.filter(Q(pk__in=ids) | Q(revises__in=ids), revises__gt=0).order_by()
        for copy, live in copies.values_list("pk", "revises") if ids else ():
            self.story[copy] = self.story[live] = live
        for revision in Revision.objects.filter(article__in=self.story).order_by("id") if ids else ():
            self.revisions.setdefault(self.story[revision.article_id], []).append(revision)
        for row, at, name in self._moves() if ids else ():
            self.moves.setdefault(self.story[row], []).append((at, name))
        for correction in Correction.objects.filter(article__in=self.story) if ids else ():
            self.corrections.setdefault(correction.article_id, {})[correction.edition] = correction

    def _moves(self):
        return Move.objects.filter(article__in=self.story).order_by("id").values_list("article", "at", "name")


class ArticleHistory:
    """The records of one article's history, compared with the history that it has here."""

    def __init__(self, loader, row, records, present):
        self.loader, self.row, self.records = loader, row, records
        self.made = ((loader.writer.revisions and loader.writer.revisions.made) or {}).get(row, [])
        story = present.story.get(row)
        here = present.revisions.get(story, [])
        self.own = [revision for revision in here if revision.pk in self.made]
        self.here = [revision for revision in here if revision.pk not in self.made]
        self.moves = present.moves.get(story, [])
        self.corrections = present.corrections.get(row, {})
        self.is_conflict = row in loader.history.conflicts

    def judge(self):
        """The records that are new and can be stored; the others are counted and reported."""
        for record in self.records:
            record.values["article"] = self.row
        revisions_new = self._new_revisions([r for r in self.records if r.spec.label == REVISION])
        corrections = self._new_corrections([r for r in self.records if r.spec.label == CORRECTION], revisions_new)
        moves = self._new_moves([r for r in self.records if r.spec.label == MOVE])
        addresses = self._new_addresses([r for r in self.records if r.spec.label == OLD_ADDRESS])
        return revisions_new + corrections + moves + addresses

    def _new_revisions(self, records):
        if broken := broken_chain(records):
            self.loader.refuse(broken)
            return []
        known, new, other = {_moment(revision.created_at): revision for revision in self.here}, [], []
        is_taken_back = False
        for record in records:
            there = known.get(_moment(record.values["created_at"]))
            if there is None:
                new.append(record)
            elif _is_same(there, record.values):
                record.count(self.loader.report, "unchanged")
            elif self._is_taken_back(there, record.values):
                self._take_back(there, record)
                is_taken_back = True
            else:
                other.append(record)
        if other or (new and not self._follows(new)):
            return self._leave([*other, *new])
        if (new or is_taken_back) and self.own and self._is_present_text(records[-1]):
            # The file has what this run recorded.
            Revision.objects.filter(pk__in=[revision.pk for revision in self.own]).delete()
            self._forget_corrections([revision.edition for revision in self.own])
            self.own = []
        return new

    def _forget_corrections(self, editions):
        Correction.objects.filter(article=self.row, edition__in=editions).delete()
        self.corrections = {number: one for number, one in self.corrections.items() if number not in editions}

    def _new_corrections(self, records, new_revisions):
        """Each belongs to an edition that is here or comes with it."""
        editions = {revision.edition for revision in (*self.here, *self.own)}
        editions |= {record.values.get("edition") for record in new_revisions}
        new, other = [], []
        for record in records:
            there = self.corrections.get(record.values["edition"])
            if there is not None:
                is_same = all(getattr(there, name) == record.values.get(name, "") for name in ("wrong", "now"))
                other += [] if is_same else [record]
                if is_same:
                    record.count(self.loader.report, "unchanged")
            elif self.is_conflict or record.values["edition"] not in editions:
                other.append(record)
            else:
                new.append(record)
        if other:
            self._leave(other)
        return new

    def _is_taken_back(self, there, values):
        """Whether the approval for a later date was taken back, and with it the number of the edition."""
        numbered = [revision for revision in self.here if revision.edition]
        same = there.content == values["content"] and not values.get("edition")
        return same and not self.is_conflict and bool(numbered) and there is numbered[-1]

    def _take_back(self, there, record):
        there.edition, there.sha256, there.previous_sha256 = None, "", ""
        record.count(self.loader.report, "update")
        if not self.loader.options.plan:
            self.loader.history.run_id()
            there.save(update_fields=["edition", "sha256", "previous_sha256"])

    def _follows(self, new):
        """Whether these revisions continue those that are here, and end with the text that the article has now."""
        if self.is_conflict or (self.here and new[0].values["created_at"] < self.here[-1].created_at):
            return False
        if self.own and not self._is_present_text(new[-1]):
            return False
        last = next((revision for revision in reversed(self.here) if revision.edition), None)
        first = next((record.values for record in new if record.values.get("edition")), None)
        return first is None or _continues(first, last.edition if last else 0, last.sha256 if last else "")

    def _is_present_text(self, record):
        return all(self.own[-1].content[name] == record.values["content"].get(name) for name in TEXTS)

    def _new_moves(self, records):
        known, new = {(_moment(at), name) for at, name in self.moves}, []
        for record in records:
            if (_moment(record.values["at"]), record.values["name"]) in known:
                record.count(self.loader.report, "unchanged")
            else:
                new.append(record)
        is_later = not self.moves or not new or new[0].values["at"] >= self.moves[-1][0]
        return new if is_later and not self.is_conflict else self._leave(new)

    def _new_addresses(self, records):
        new = []
        for record in records:
            address = {"language": record.values["language"], "slug": record.values["slug"]}
            owner = SlugHistory.objects.filter(**address).values_list("article", flat=True).first()
            if owner == self.row:
                record.count(self.loader.report, "unchanged")
            elif owner or self.is_conflict:
                self._leave([record], "is an address of another article here" if not self.is_conflict else "")
            else:
                new.append(record)
        return new

    def _leave(self, records, reason=OTHER_HISTORY):
        """Count the records as conflicts. If the article is one, it is listed already."""
        for at, record in enumerate(records):
            record.count(self.loader.report, "conflict")
            if at == 0 and not self.is_conflict:
                self.loader.report.conflict(record.problem(reason))
        return []


def broken_chain(records):
    """A Problem for the first edition that was altered, or before which one is missing; None if there is none."""
    before = None
    for record in records:
        values = record.values
        if type(values["content"]) is not dict:
            return record.problem("must be an object", "content", value=values["content"])
        if not values.get("edition"):
            if values.get("sha256") or values.get("previous_sha256"):
                return record.problem("is given, but the number of the edition is not", "sha256")
            continue
        if revisions.digest(_edition(values)) != values.get("sha256"):
            return record.problem("does not fit the edition, which was altered", "sha256", value=values.get("sha256"))
        if before is not None and not _continues(values, before["edition"], before["sha256"]):
            return record.problem("is not the sha256 of the edition before", "previous_sha256")
        before = values
    return None


def _moment(at):
    """A time in milliseconds: Django's dumpdata leaves the microseconds out."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _edition(values):
    return Revision(**{"change_kind": "", "previous_sha256": ""} | {n: values[n] for n in COVERED if n in values})


def _continues(values, number, sha256):
    return values["edition"] == number + 1 and values.get("previous_sha256", "") == sha256


def _is_same(revision, values):
    """Whether a revision of a file is the one that is here."""
    other = _edition(values)
    return all(getattr(revision, name) == getattr(other, name) for name in COVERED)
