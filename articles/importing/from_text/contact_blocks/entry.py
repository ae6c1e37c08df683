"""One contact of a press release while its lines are read."""

import re
from dataclasses import replace

from ..head.places import folded
from ..quotations.verbs import HONORIFIC
from ..reading import Found, Person
from ..words import EMAIL, UNIT
from .addresses import MAILBOXES
from .lines import phones_in
from .patterns import SHORT_CHINESE
from .tables import cells_of

FEWEST_DIGITS = 8  # of a telephone number with its area code
MOST_WORDS = 3  # of a name that is surely that of a person
ARABIC = re.compile("[\u0600-\u06ff]")
EMPTY = re.compile(r"[\s–—-]*")  # of a cell in a table
LONG = 2  # letters of a word of a name that may be in an e-mail address


def _is_whole(number):
    """Whether it has as many digits as a national number with its area code."""
    return sum(letter.isdecimal() for letter in number) >= FEWEST_DIGITS


def has_word_of(address, name):
    """Whether an e-mail address has a word of a name in it, in front of the @."""
    words = [word for word in re.split(r"[^a-z]+", folded(name)) if len(word) > LONG and word not in MAILBOXES]
    return any(word in folded(address.partition("@")[0]) for word in words)


class Entry:
    """One contact while its lines are read."""

    def __init__(self):
        self.name = self.kind = self.role = self.office = self.email = None
        self.place = None  # "In Nairobi:", which is the office if nothing else is
        self.phones = []
        self.has_own_line = False  # whether the address stands in a line below the name and the telephones

    def note_line(self, line_start):
        """Note, before an address is taken, whether it stands in another line than the name and the telephones."""
        ends = [one.end for one in (self.name, *self.phones) if one]
        self.has_own_line = bool(ends) and max(ends) < line_start

    @property
    def has_data(self):
        return bool(self.email or self.phones)

    @property
    def is_empty(self):
        return not (self.name or self.has_data)

    def person(self):
        if self.office and self.name and self.email and not self.name.sure:
            address = self.email.value
            if has_word_of(address, self.office.value) and not has_word_of(address, self.name.value):
                self.name, self.office = self.office, self.name  # "River Fund – Ann Lee – ann@…"
        is_guess = self.office and SHORT_CHINESE.fullmatch(self.office.value)  # "尤佳（品牌部）": perhaps the name
        if self.kind and self.kind.value == "unit" and is_guess:
            self.name, self.kind = replace(self.name, sure=False), replace(self.kind, sure=False)
        if self.kind and self.kind.value == "person" and not (self.name.sure and self._agrees()):
            self.name, self.kind = replace(self.name, sure=False), replace(self.kind, sure=False)
        if self.name and self.name.sure:
            self.phones = [replace(phone, sure=phone.sure or _is_whole(phone.value)) for phone in self.phones]
        return Person(self.name, self.kind, self.role, self.office or self.place, self.email, self.phones)

    def _agrees(self):
        """Whether the address has a word of the name in it too; also if it can have none, as in Chinese."""
        if len(HONORIFIC.sub("", self.name.value).split()) > MOST_WORDS:
            return False
        if ARABIC.search(self.name.value):
            return self.role is not None  # a unit is written no differently
        has_words = any(len(word) > LONG for word in re.split(r"[^a-z]+", folded(self.name.value)))
        return not self.email or not has_words or has_word_of(self.email.value, self.name.value)


def with_common_address(entries):
    """The entries, and one more for an address below several persons that is nobody's own: the last one's at first."""
    *others, last = entries or [None]
    if not others or not (last.email and last.name and last.has_own_line) or any(one.email for one in others):
        return entries
    if has_word_of(last.email.value, last.name.value):
        return entries
    common = Entry()
    common.email, last.email = replace(last.email, sure=False), None
    return [*entries, common]


def entry_of(text, start, columns):
    """The Entry of a row of such a table, or None if it has other columns."""
    cells, entry, at = cells_of(text), Entry(), 0
    if len(cells) != len(columns):
        return None
    for cell, part in zip(cells, columns, strict=True):
        at = text.index(cell, at)
        begin, end = start + at, start + at + len(cell)
        at += len(cell)
        if part == "data":
            _take_data(entry, cell, begin)
        elif part != "other" and not EMPTY.fullmatch(cell):
            setattr(entry, part, Found(cell, part == "name", begin, end))
    if entry.name:
        kind = "unit" if UNIT.search(entry.name.value) else "person"
        entry.kind = Found(kind, True, entry.name.start, entry.name.end)
    return entry


def _take_data(entry, cell, start):
    if (email := EMAIL.search(cell)) and not entry.email:
        entry.email = Found(email[0].rstrip("."), True, start + email.start(), start + email.end())
    entry.phones += [Found(one[0].strip(), True, start + one.start(), start + one.end()) for one in phones_in(cell)]
