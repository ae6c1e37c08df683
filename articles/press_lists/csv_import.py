"""Imports journalists from a CSV file: first the plan, then all of it or nothing.

A person is known by the e-mail address. A column that the file has not got, and an empty cell for the consent, change
nothing. Whoever has ended the mails is written to again only after a later consent.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text, labelled
from contacts.models import Country, Region
from contacts.plain_text import email_address

from ..models import Journalist, PressList, Topic
from ..publication_day import earliest
from . import csv_files, journalists
from .lists import may_change, usable

FIELDS = {"name": "name", "outlet": "outlet", "telephone": "telephone", "notes": "notes"}
RELATED = {"regions": (Region, "code"), "countries": (Country, "iso3"), "topics": (Topic, "code")}
BOOLEANS = {"yes": True, "no": False, "1": True, "0": False, "true": True, "false": False, "": True}


@dataclass
class Line:
    """One line of the file: `values` of the row, `related` rows (ids), `problems` as sentences, `changes` by column."""

    number: int
    journalist: Journalist
    values: dict = field(default_factory=dict)
    related: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    changes: list = field(default_factory=list)

    @property
    def is_new(self):
        return self.journalist.pk is None


@dataclass
class Plan:
    """What the import would do; it is possible if no line is wrong. Its rows are locked until the transaction ends."""

    lines: list

    @property
    def new(self):
        return [line for line in self.lines if line.is_new and not line.problems]

    @property
    def changed(self):
        return [line for line in self.lines if not line.is_new and line.changes and not line.problems]

    @property
    def unchanged(self):
        return [line for line in self.lines if not line.is_new and not line.changes and not line.problems]

    @property
    def wrong(self):
        return [line for line in self.lines if line.problems]

    @property
    def fingerprint(self):
        """Differs if the plan does: it is confirmed as it was shown."""
        told = [(line.number, line.journalist.pk, line.changes, line.problems) for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def plan(text, user):
    """The Plan for the text of a file. Raises Unreadable."""
    found = csv_files.records(text)
    reader = _Reader([(record or {}).get("email", "") for _number, record in found], user)
    return Plan([reader.line(number, record) for number, record in found])


@transaction.atomic
def store(found, user):
    """Carry out a Plan without wrong lines."""
    for line in [*found.new, *found.changed]:
        row = line.journalist
        for name, value in line.values.items():
            setattr(row, name, value)
        if line.values:
            row.save(update_fields=None if line.is_new else line.values)
        for name, keys in line.related.items():
            getattr(row, name).set(keys)
        if "consent" in line.changes:
            journalists.note_consent(row, user)


class _Reader:
    """Checks the lines of one file. What they refer to is read once."""

    def __init__(self, addresses, user):
        rows = Journalist.objects.alias(address=Lower("email"))
        rows = rows.filter(address__in={email_address(one).lower() for one in addresses})
        rows = rows.prefetch_related("press_lists", *RELATED).select_for_update(no_key=True).order_by("pk")
        self.known = {row.email.lower(): row for row in rows}
        self.ended = journalists.ended_on(self.known.values())
        self.codes = {name: dict(model.objects.values_list(key, "pk")) for name, (model, key) in RELATED.items()}
        picked = usable(user).filter(kind=PressList.Kind.PICKED)
        self.lists = {row.name.lower(): row for row in picked}
        self.changeable = {row.pk for row in picked if may_change(user, row)}
        self.languages = {code.lower(): code for code, _name in settings.LANGUAGES}
        self.seen = {}

    def line(self, number, record):
        if record is None:
            return Line(number, Journalist(), problems=[_("more cells than columns")])
        email = email_address(record["email"])
        row = self.known.get(email.lower()) or Journalist(email=email)
        line = Line(number, row)
        if email.lower() in self.seen:
            line.problems.append(_("this e-mail address stands in line %(number)s, too") % {
                "number": self.seen[email.lower()]
            })  # fmt: skip
        self.seen.setdefault(email.lower(), number)
        self._texts(line, record)
        self._languages(line, record)
        self._consent(line, record)
        for name in RELATED.keys() & record.keys():
            self._codes(line, name, record[name])
        if "lists" in record:
            self._lists(line, record["lists"])
        if "active" in record:
            self._set(line, "active", "is_active", BOOLEANS.get(record["active"].lower()), _("write yes or no"))
        return line

    def _set(self, line, column, name, value, problem=""):
        if value is None:
            line.problems.append(labelled(column, problem))
        elif line.is_new or getattr(line.journalist, name) != value:
            line.values[name] = value
            line.changes.append(column)

    def _texts(self, line, record):
        names = {column: name for column, name in FIELDS.items() if column in record}
        for column, name in (({"email": "email"} if line.is_new else {}) | names).items():
            model_field = Journalist._meta.get_field(name)
            try:
                self._set(
                    line, column, name, model_field.clean(record[column][: csv_files.LONGEST_CELL], line.journalist)
                )
            except ValidationError as error:
                line.problems.append(labelled(column, " ".join(error.messages).rstrip(".")))

    def _languages(self, line, record):
        unknown = _("use one of %(codes)s") % {"codes": joined_text(self.languages.values())}
        self._set(line, "language", "language", self.languages.get(record["language"].lower()), unknown)
        if "other languages" in record:
            codes = [self.languages.get(part.lower()) for part in _parts(record["other languages"])]
            self._set(line, "other languages", "other_languages", None if None in codes else codes, unknown)

    def _codes(self, line, name, cell):
        parts = [part.upper() if name == "countries" else part.lower() for part in _parts(cell)]
        if unknown := [part for part in parts if part not in self.codes[name]]:
            line.problems.append(_("%(column)s: unknown code “%(code)s”") % {"column": name, "code": unknown[0]})
            return
        self._relate(line, name, name, {self.codes[name][part] for part in parts})

    def _relate(self, line, column, name, keys):
        before = set() if line.is_new else {one.pk for one in getattr(line.journalist, name).all()}
        if keys != before:
            line.related[name] = keys
            line.changes.append(column)

    def _lists(self, line, cell):
        """Lists that the user may not change stay as they are."""
        before = set() if line.is_new else {one.pk for one in line.journalist.press_lists.all()}
        keys = before - self.changeable
        for name in (part for part in cell.split(csv_files.BETWEEN) if part.strip()):
            row = self.lists.get(" ".join(name.split()).lower())
            if row is None or (row.pk not in self.changeable and row.pk not in before):
                line.problems.append(
                    _("lists: there is no list “%(name)s” that you may change") % {"name": name.strip()}
                )
            else:
                keys.add(row.pk)
        self._relate(line, "lists", "press_lists", keys)

    def _consent(self, line, record):
        cell, source = record["consent"], record["consent source"]
        if not cell:
            if line.is_new:
                line.problems.append(_("consent: a date is needed, such as 2026-03-31"))
            return
        day, row = _day(cell), line.journalist
        if problem := self._problem_of(row, day, source):
            line.problems.append(labelled("consent", problem))
        elif (row.consent_on, row.consent_source) != (day, source):
            line.values |= {"consent_on": day, "consent_source": source}
            line.changes.append("consent")

    def _problem_of(self, row, day, source):
        if day is None:
            return _("write the date as in 2026-03-31")
        if earliest(day) > timezone.now():
            return _("this day is to come")
        if not 0 < len(source) <= Journalist._meta.get_field("consent_source").max_length:
            return _("say in “consent source”, in at most 200 characters, how it was given")
        if (ended := self.ended.get(row.pk)) and day <= ended:
            return _("it ended on %(day)s; only a later consent counts") % {"day": ended.isoformat()}
        return ""


def _parts(cell):
    return re.split(r"[|,;\s]+", cell.strip()) if cell.strip() else []


def _day(cell):
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
