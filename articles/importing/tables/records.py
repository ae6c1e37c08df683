"""Makes the rows of a table into records of a newsroom fixture, and lists what cannot be imported, by row and column.

For the import of tables in the admin and for `manage.py convert`. The importer checks and stores the records.
"""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.plain_text import one_line

from ...fields import normal_slug
from ...models import Article, SlugHistory
from ...models.moving_in import spelling
from ...publishing.slugs import from_headline, numbered
from . import values
from .fields import BY_CODE, guess
from .reading import read

HEADLINE = 250  # characters
TOGETHER = 500  # rows whose slugs are looked up at once
UNDATED = ("draft", "in_review")
SAME_TEXT = ("summary", "notes_to_editors", "dateline_place")
BETWEEN_ADDRESSES = re.compile(r"\s*[;\n]\s*(?=/|https?://)")  # "/a;id=3" is one
NAMED = ("topics", "regions", "countries", "contacts")


@dataclass
class Mapping:
    """`columns`: {header: field, or ""}. All others hold for the rows that say nothing: codes, or empty.

    `source`: what the articles name as the source that they come from. `order`: of day and month, "" for a guess.
    """

    columns: dict
    source: str = "table"
    language: str = ""
    kind: str = "news"
    office: str = ""
    region: str = ""
    topic: str = ""
    order: str = ""
    publish: bool = False  # articles with a date that has passed are public, unless their row says draft


@dataclass(frozen=True)
class Loss:
    """`line` 0: of the whole table. With `is_whole` the row is not imported at all."""

    line: int
    column: str
    sentence: str
    is_whole: bool = False


@dataclass
class Converted:
    """Iterate over it, once, for the records; then `losses` are complete. `lines`: of the row of each record."""

    table: object
    mapping: Mapping
    losses: list = field(default_factory=list)
    lines: list = field(default_factory=list)

    def __iter__(self):
        for line, record in _Rows(self).records():
            self.lines.append(line)
            yield record


def convert(path, mapping=None, encoding="", header_line=0):
    """The records of a CSV or Excel file, as a `Converted`. Raises TableError. Without a mapping it is guessed."""
    return converted(read(Path(path).read_bytes(), encoding, header_line), mapping)


def converted(table, mapping=None):
    return Converted(table, mapping or Mapping(guess(table)))


class _Rows:
    def __init__(self, result):
        self.table, self.mapping, self.losses = result.table, result.mapping, result.losses
        self.names, self.zones = values.Names(), {}
        columns = enumerate(self.table.headers)
        self.columns = [(at, header, code) for at, header in columns if (code := self.mapping.columns.get(header))]
        self.headers = {code: header for _at, header, code in reversed(self.columns)}
        self.order = self.mapping.order or self._guessed_order()
        self.stored = self._stored()
        self.taken, self.identifiers, self.addresses = {}, {}, {}
        self.numbers = {}  # {(language, slug): the last number given to that slug}: many headlines may be the same
        self.asked, self.used = set(), set()  # slugs that the database was asked for; (language, slug) that it has

    def records(self):
        for line, sentence in self.table.problems:
            self.lose(line, "", sentence, is_whole=True)
        self._tell_left_out()
        for number, row in enumerate(self.table.rows):
            if number % TOGETHER == 0:
                self._ask_for_slugs(self.table.rows[number : number + TOGETHER])
            if fields := self._article(row):
                yield row.line, {"model": "articles.article", "fields": fields}
                for address in self._old_addresses(row, fields):
                    yield row.line, address

    def lose(self, line, code, sentence, is_whole=False):
        self.losses.append(Loss(line, self.headers.get(code, code), sentence, is_whole))

    def _tell_left_out(self):
        for at, header in enumerate(self.table.headers):
            filled = sum(bool(row.cells[at]) for row in self.table.rows)
            if not self.mapping.columns.get(header) and filled:
                sentence = _("The column is left out. Rows that have something there: %(number)s.")
                self.lose(0, header, sentence % {"number": filled})

    def _guessed_order(self):
        dates = [row.cells[at] for at, _header, code in self.columns if code == "publish_at" for row in self.table.rows]
        return values.order_of(dates) or "dmy"

    def _given(self, row):
        """{field: text}; the texts of several columns of one field are joined by ";"."""
        given = {}
        for at, _header, code in self.columns:
            if row.cells[at]:
                given[code] = f"{given[code]};{row.cells[at]}" if code in given else row.cells[at]
        return given

    def _article(self, row):
        given = self._given(row)
        headline = one_line(given.get("headline", ""))
        language = self._language(row, given)
        if not headline:
            return self.lose(row.line, "headline", _("The row has no headline."), is_whole=True)
        if not language:
            return None
        if len(headline) > HEADLINE:
            sentence = _("The headline has %(number)s characters; %(most)s are the limit.")
            sentence %= {"number": len(headline), "most": HEADLINE}
            return self.lose(row.line, "headline", sentence, is_whole=True)
        fields = {"language": language, "headline": headline, "external_source": self.mapping.source}
        fields["external_id"] = self._identifier(row, given, language, headline)
        if fields["external_id"] is None or self._is_closed(row, fields["external_id"]):
            return None
        fields |= {code: given[code] for code in SAME_TEXT if code in given}
        if "body" in given:
            fields["body"] = values.html_of(given["body"])
        if "notes_to_editors" in given:
            fields["notes_to_editors"] = values.html_of(given["notes_to_editors"])
        self._add_names(row, given, fields)
        self._add_state(row, given, fields)
        fields["slug"] = self._slug(row, given, fields)
        return fields

    def _language(self, row, given):
        if "language" not in given:
            if not self.mapping.language:
                self.lose(row.line, "language", _("The row has no language: choose one for all rows."), is_whole=True)
            return self.mapping.language
        found = self.names.code("language", given["language"])
        if found is None:
            sentence = _("This newsroom has no language “%(text)s”.") % {"text": given["language"]}
            self.lose(row.line, "language", sentence, is_whole=True)
        return found

    def _identifier(self, row, given, language, headline):
        """That of the row, else one that is the same for the same headline and date. None if another row has it."""
        text = one_line(given.get("external_id", ""))[:200]
        if not text:
            parts = "\n".join((language, headline.casefold(), given.get("publish_at", "")))
            text = hashlib.sha256(parts.encode()).hexdigest()[:20]
        earlier = self.identifiers.setdefault(text, row.line)
        if earlier == row.line:
            return text
        told = _("Row %(line)s is the same article: it has the same identifier, or the same headline and date.")
        return self.lose(row.line, "external_id", told % {"line": earlier}, is_whole=True)

    def _add_names(self, row, given, fields):
        for code in NAMED:
            codes, unknown = self.names.codes(code, given.get(code, ""))
            for name in unknown:
                sentence = _("There is no “%(name)s” among the %(kind)s; left out.")
                self.lose(row.line, code, sentence % {"name": name, "kind": BY_CODE[code].label})
            shared = {"topics": self.mapping.topic, "regions": self.mapping.region}
            if codes := codes or list(filter(None, [shared.get(code)])):
                fields[code] = [[one] for one in codes]
        for code in ("office", "kind", "dateline_country"):
            found = self.names.code(code, given[code]) if code in given else None
            if code in given and found is None:
                sentence = _("“%(name)s” is unknown; left out.") % {"name": given[code]}
                self.lose(row.line, code, sentence)
            if found := found or getattr(self.mapping, code, ""):
                fields[code] = found if code == "kind" else [found]

    def _add_state(self, row, given, fields):
        office = fields.get("office", [""])[0]
        if office not in self.zones:
            self.zones[office] = values.zone_of(office)
        date = values.date_of(given["publish_at"], self.order, self.zones[office]) if "publish_at" in given else None
        if "publish_at" in given and date is None:
            sentence = _("“%(text)s” is no date that can be read; left out.") % {"text": given["publish_at"][:60]}
            self.lose(row.line, "publish_at", sentence)
        if date:
            fields["publish_at"] = date[0].isoformat()
        state = values.state_of(given["state"]) if "state" in given else "approved"
        if state is None:
            sentence = _("“%(text)s” says neither published nor draft: the article stays a draft.")
            self.lose(row.line, "state", sentence % {"text": given["state"][:60]})
        is_public = state == "approved" and self.mapping.publish and not settings.FOUR_EYES
        lacks = [_("date")] if not date else []
        lacks += [BY_CODE[code].label for code in ("office", "regions") if code not in fields]
        if is_public and lacks:
            sentence = _("The article stays a draft: it has no %(what)s.")
            self.lose(row.line, "state", sentence % {"what": ", ".join(map(str, lacks))})
        if is_public and not lacks:
            fields["state"] = "approved"
        elif fields["external_id"] not in self.stored:  # what is public here does not become a draft again
            fields["state"] = "draft"

    def _stored(self):
        """{identifier: Article} of those that came from this source before, with the columns that are needed here."""
        rows = Article.objects.filter(external_source=self.mapping.source, revises=None).exclude(external_id="")
        needed = ("external_id", "language", "slug", "state", "publish_at", "restricted", "revises")
        return {row.external_id: row for row in rows.only(*needed).order_by()}

    def _is_closed(self, row, identifier):
        """Whether the row is of an article that no table may change; it is listed."""
        stored = self.stored.get(identifier)
        if stored and stored.restricted and not stored.was_public:
            sentence = _("Its article is limited to named people.")
        elif stored and settings.FOUR_EYES and stored.state not in UNDATED:
            sentence = _("Its article is approved or public: two people change it, in the desk.")
        else:
            return False
        self.lose(row.line, "external_id", sentence, is_whole=True)
        return True

    def _slug(self, row, given, fields):
        """That of the row or of the stored article, else one of the headline; another one if it is taken."""
        language, stored = fields["language"], self.stored.get(fields["external_id"])
        stored = stored and (stored.language, stored.slug)
        if stored and stored[0] == language and "slug" not in given:
            wanted = stored[1]
        else:
            wanted = _wanted_slug(given, fields["headline"]) or from_headline(fields["external_id"]) or "article"
        number = 1 if stored else self.numbers.get((language, wanted), 1)
        while self._is_taken(language, numbered(wanted, number), stored):
            number += 1
        self.numbers[language, wanted] = number
        if number > 1 and "slug" in given:
            sentence = _("The slug “%(slug)s” is taken: it became “%(other)s”.")
            self.lose(row.line, "slug", sentence % {"slug": wanted, "other": numbered(wanted, number)})
        self.taken.setdefault(language, set()).add(numbered(wanted, number))
        return numbered(wanted, number)

    def _is_taken(self, language, slug, stored):
        if slug in self.taken.get(language, ()):
            return True
        if stored == (language, slug):
            return False
        if slug not in self.asked:
            self._ask({slug})
        return (language, slug) in self.used

    def _ask_for_slugs(self, rows):
        """Ask the database for the likely slugs of these rows at once: one by one they take nine tenths of the time."""
        given = [self._given(row) for row in rows]
        self._ask({_wanted_slug(one, one.get("headline", "")) for one in given})

    def _ask(self, slugs):
        self.asked |= slugs
        same = {"slug__in": slugs}
        for rows in (Article.objects.filter(revises=None, **same), SlugHistory.objects.filter(**same)):
            self.used.update(rows.order_by().values_list("language", "slug"))

    def _old_addresses(self, row, fields):
        """Yield the records of the row's former addresses; a cell may hold several."""
        target = [fields["language"], fields["slug"]]
        told = _("Another row has this address, or it is a pattern; left out.")
        for text in filter(None, BETWEEN_ADDRESSES.split(self._given(row).get("old_address", ""))):
            address, why = spelling.one_spelling(text), ""
            try:
                spelling.validate_address(address)
            except ValidationError as error:
                why = " ".join(error.messages)
            if why or spelling.is_pattern(address) or address in self.addresses:
                self.lose(row.line, "old_address", why or told)
                continue
            self.addresses[address] = row.line
            yield {"model": "articles.oldaddress", "fields": {"address": address, "article": target, "path": ""}}


def _wanted_slug(given, headline):
    return from_headline(normal_slug(given["slug"]) if "slug" in given else one_line(headline))
