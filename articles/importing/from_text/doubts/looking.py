"""Runs all searches for overlooked fields on a text, and marks values on the same lines as not sure."""

from dataclasses import replace
from itertools import chain, islice

from ..reading import Doubt
from . import contacts, head, quotes

MOST_LINES = 2000
BESIDE = 3  # characters
OF_CONTACT = ("name", "kind", "role", "office")


class Looking:
    """What the finders need. `parts`, `cuts`: as in `contact_blocks.finding`; `start`: the first line of the text."""

    MOST = 40  # doubts of one text

    def __init__(self, reading, lines, parts, cuts, start, language, places):
        self.reading, self.lines, self.parts, self.cuts, self.start = reading, lines[:MOST_LINES], parts, cuts, start
        self.language, self.places = language, places
        self._read = self._marked(reading.all_found())
        self._said = self._marked(said.text for said in reading.quotes)

    def _marked(self, found):
        """A byte for each character of the text: 1 if it is in one of these passages."""
        marks = bytearray(len(self.reading.text))
        for one in found:
            marks[one.start : one.end] = b"\1" * (one.end - one.start)
        return marks

    def is_read(self, start, end):
        """Whether a part of the passage is in a field."""
        return any(self._read[start:end])

    def is_said(self, start, end):
        """Whether a part of the passage is in a quote."""
        return any(self._said[start:end])

    def missing(self, *names):
        """Those of the fields that were not found."""
        return [name for name in names if getattr(self.reading, name) is None]

    def look(self):
        """Fill `reading.doubts`."""
        found = chain(head.doubts(self), quotes.doubts(self), contacts.doubts(self))
        once = {(code, start): Doubt(code, tuple(fields), start, end) for code, fields, start, end in found if fields}
        self.reading.doubts = list(islice(once.values(), self.MOST))
        self._make_unsure()

    def _make_unsure(self):
        """What was read is not sure where a doubt says that it may be longer, or another."""
        reading = self.reading
        if not head.is_only_date(self):
            reading.date = replace(reading.date, sure=False)
        if not contacts.are_alike(reading.contacts):
            reading.contacts = [unsure(person) for person in reading.contacts]
        words = [doubt for doubt in reading.doubts if doubt.code == "words"]
        lines = [line for line in self.lines if any(line.start <= one.start < line.end for one in words)]
        reading.contacts = [_unsure_below(_unsure_beside(person, words), lines) for person in reading.contacts]


def unsure(person):
    """The contact with nothing in it sure."""
    values = {name: getattr(person, name) for name in (*OF_CONTACT, "email")}
    values = {name: replace(value, sure=False) for name, value in values.items() if value}
    return replace(person, phones=[replace(phone, sure=False) for phone in person.phones], **values)


def _unsure_beside(person, doubts):
    """The contact, of which nothing is sure that stands beside words in no field: they may belong to it."""
    found = {name: getattr(person, name) for name in OF_CONTACT}
    unsure = {
        name: replace(value, sure=False)
        for name, value in found.items()
        if value and any(one.start - BESIDE <= value.end and value.start <= one.end + BESIDE for one in doubts)
    }
    return replace(person, **unsure)


def _unsure_below(person, lines):
    """The contact, of which no number is sure that stands in another line than the name, if other words begin that."""
    if not person.name:
        return person
    others = [line for line in lines if line.start > person.name.end]
    is_other = {phone: any(line.start < phone.start < line.end for line in others) for phone in person.phones}
    return replace(person, phones=[replace(phone, sure=phone.sure and not other) for phone, other in is_other.items()])
