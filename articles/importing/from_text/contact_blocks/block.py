"""Reads the contact block of a press release: persons and units, functions, offices, e-mail addresses, telephones."""

import re
from dataclasses import replace

from contacts.phones import parse

from ..lines import URL
from ..quotations.verbs import CHINESE_TITLE
from ..reading import Found
from ..words import DATA_LABEL, EMAIL, FAX_LABEL, OFFICE, UNIT
from . import patterns
from .addresses import plain_address
from .entry import Entry, entry_of, with_common_address
from .lines import LONGEST_LINE, has_data, phones_in, pieces
from .names import (
    at_work,
    function_in_front,
    in_own_script,
    is_person,
    is_purpose,
    is_short_name,
    kind_of_name,
    likely_kind,
    may_be_other,
    remark_as_text,
)
from .tables import columns_of, is_head

MOST_CONTACTS = 12
MOST_WORDS = 5  # of a function that is surely nothing else
LABEL = 12  # characters in front of a number in which its label stands


class ContactBlock:
    """Reads the lines of a block in order. `language`, `places` and `country` as in `read_text`."""

    def __init__(self, language, places, country=None):
        self.language, self.places, self.country = language, places, country
        self.entries, self.left_out = [Entry()], []
        self.gap = False  # an empty line stands before what is read now
        self.columns, self.heads = None, []  # of a table of contacts; passages of the lines that name them

    @property
    def contacts(self):
        entries = with_common_address([entry for entry in self.entries if not entry.is_empty])
        return [entry.person() for entry in entries][:MOST_CONTACTS]

    def read(self, text, start, gap, in_sentence=False):
        """A line; `gap`: an empty line stands before it. in_sentence: it goes on after "For more information …"."""
        self.in_sentence = in_sentence
        if columns := columns_of(text):
            self.columns = columns
            self.heads.append((start, start + len(text)))
            return
        if self.columns and (entry := entry_of(text, start, self.columns)):
            self.entries.append(entry)
            return
        text = text[:LONGEST_LINE]
        names = (kind_of_name(piece, self.language) for piece, _at in pieces(text))
        if self.entry.has_data and self.entry.name and has_data(text) and "person" in names:
            self.entries.append(Entry())  # "River Fund, director Ann Lee, +41 22 …" below another contact
        text = patterns.ROUND.sub(lambda remark: self._remark(remark, start), text)
        self.gap = self.gap or gap
        if patterns.ADDRESS.search(text) and not has_data(text):
            self.left_out.append((start, start + len(text)))
            return
        self.line_start = start + len(text) - len(text.lstrip(" -–—•*"))
        rest, self.is_email_next = self._take_data(text, start), False
        for piece, at in pieces(rest):
            self._take_text(piece, start + at)

    def _remark(self, remark, start):
        """What stands in parentheses, as text to read; other words are left out."""
        if (text := remark_as_text(remark, self.language)) is None:
            self.left_out.append((start + remark.start("inner"), start + remark.end("inner")))
            return "," + " " * len(remark["inner"]) + ","
        return text

    @property
    def entry(self):
        return self.entries[-1]

    def _take_data(self, text, start):
        """The line with its addresses and numbers replaced by separators; those are noted."""
        order = sorted(
            [*EMAIL.finditer(text), *URL.finditer(text), *phones_in(text)],
            key=lambda match: (match.start(), -match.end()),
        )
        rest, at, found = "", 0, []
        for match in order:
            if match.start() < at:
                continue
            rest += text[at : match.start()] + "|" * (match.end() - match.start())
            found.append(match)
            at = match.end()
        rest += text[at:]
        for match in found:
            # A name in the same line, before its data, is read before the data.
            before, self.is_email_next = rest[: match.start()], match.re is EMAIL
            for piece, place in pieces(before):
                self._take_text(piece, start + place)
            rest = "|" * match.start() + rest[match.start() :]
            self._take_datum(match, text, start)
        return rest

    def _take_datum(self, match, text, start):
        begin, end = start + match.start(), start + match.end()
        if match.re is URL:
            return
        if match.re is EMAIL and (patterns.PLACEHOLDER.match(match[0]) or patterns.FOR_GUESTS.match(match[0])):
            self.left_out.append((begin, end))
            return
        if match.re is EMAIL:
            email = plain_address(match[0])
            if self.entry.email:
                if self.entry.email.value == email:
                    return
                self.entries.append(Entry())
            self.gap = False
            self.entry.note_line(self.line_start)
            self.entry.email = Found(email, True, begin, begin + len(match[0].rstrip(".")))
            return
        before = text[max(0, match.start() - LABEL) : match.start()]
        if FAX_LABEL.search(before):
            self.left_out.append((begin, end))
            return
        number = match[0].strip()
        if self.gap and self.entry.name and self.entry.phones and not DATA_LABEL.search(before):
            self.entries.append(Entry())
        self.gap = False
        value = Found(number, bool(parse(number, self.country) or DATA_LABEL.search(before)), begin, end)
        if number not in [phone.value for phone in self.entry.phones]:
            self.entry.phones.append(value)

    def _take_text(self, piece, start):
        colon = re.search(r"[:：]", piece)
        if colon:
            left, right = piece[: colon.start()].strip(" ."), piece[colon.end() :].strip()
            if left:
                self._label(left, start + piece.index(left), bool(right))
            if right:
                self._take_text(right, start + piece.index(right, colon.end()))
            return
        self._take_text_plain(piece, start)

    def _label(self, text, start, has_more):
        """What stands before a colon and is no label of a number: "In Nairobi:", "Press office:"."""
        if self._take_place(text, start) or (self.entry.name and patterns.STREET.search(text)):
            return
        if patterns.OF_EMAIL.fullmatch(text):
            self.entries.append(Entry())
            return
        if start == self.line_start and not has_more and self.entry.has_data and self.is_email_next:
            # "Registry: registry@…" below another contact
            self.entries.append(Entry())
            self._take_name(text, start, kind_of_name(text, self.language))
            self.entry.name = replace(self.entry.name, sure=False) if self.entry.name else None
        elif UNIT.search(text) or patterns.has_role(text) or (not has_more and is_person(text, self.language)):
            self._take_text_plain(text, start)
        elif has_more and text[:1].isupper() and len(text.split()) <= 6:
            # "River Fund: Ann Lee, …"
            if self.entry.has_data:
                self.entries.append(Entry())
            if is_purpose(text):
                self.left_out.append((start, start + len(text)))
            else:
                self.entry.office = self.entry.office or Found(text, False, start, start + len(text))
        else:
            self.left_out.append((start, start + len(text)))

    def _take_place(self, text, start):
        """Whether the text is a place and nothing else: "In Nairobi". It is the office if nothing better follows."""
        place = patterns.IN_PLACE.fullmatch(text)
        name = place["place"] if place else text
        is_place = bool(place or self.places.is_city(name) or self.places.country(name))
        if is_place:
            self.entries += [Entry()] if self.entry.has_data else []
            begin = start + text.index(name)
            self.entry.place = Found(name, False, begin, begin + len(name))
        return is_place

    def _take_text_plain(self, text, start):
        trimmed = patterns.EDGE.sub("", text.strip(" .:：-–—•*()（）<>")).strip(" .:：-–—")
        if not trimmed or not re.search(r"[^\W\d_]", trimmed):
            return
        start += text.index(trimmed)
        is_label = self.entry.has_data and OFFICE.fullmatch(trimmed)  # "Office: +41 …" below "Mobile: +41 …"
        if (
            is_label
            or is_head(trimmed)
            or patterns.HANDLE.fullmatch(trimmed)
            or (self.entry.name and patterns.STREET.search(trimmed))
        ):
            self.left_out.append((start, start + len(trimmed)))
        elif CHINESE_TITLE.fullmatch(trimmed) and not self.entry.name:
            self.entry.role = Found(trimmed, False, start, start + len(trimmed))  # "科长 简佩珊"
        elif (self.entry.has_data or not self.entry.name) and patterns.IN_PLACE.fullmatch(trimmed):
            self._take_place(trimmed, start)
        else:
            if self.gap and self.entry.has_data and self.entry.name:
                self.entries.append(Entry())
            self.gap = False
            kind = "person" if at_work(trimmed, self.language) else kind_of_name(trimmed, self.language)
            if not self._take_as_name(trimmed, start, kind):
                self._take_as_other(trimmed, start, kind)

    def _take_as_name(self, text, start, kind):
        """Whether the text is the name of the contact, or of the next one."""
        entry = self.entry
        if entry.name is None or (entry.has_data and kind):
            if entry.name is not None:
                self.entries.append(Entry())
            self._take_name(text, start, kind)
            return True
        if (
            kind == "person"
            and self.language in ("ar", "ru", "zh")
            and patterns.is_latin(text) > patterns.is_latin(entry.name.value)
        ):
            self.left_out.append((start, start + len(text)))  # the same name in Latin letters
            return True
        is_unit = entry.kind.value == "unit" and not entry.has_data
        is_guess = is_unit and not kind and self.language == "zh" and is_short_name(text, self.places)
        if is_unit and (kind == "person" or is_guess):
            # "Communications Department", and behind it who is to be asked there.
            parts = sorted([one for one in (entry.office, entry.name) if one], key=lambda one: one.start)
            unit = " ".join(one.value for one in parts)
            entry.office, entry.name = Found(unit, False, parts[0].start, parts[-1].end), None
            self._take_name(text, start, kind)
            return True
        if not entry.kind.sure and kind and not entry.has_data and entry.office is None:
            # A name that could be anything, and now a person or a unit: the first was the organisation.
            entry.office, entry.name = replace(entry.name, sure=False), None
            if is_purpose(entry.office.value):
                self.left_out.append((entry.office.start, entry.office.end))
                entry.office = None
            self._take_name(text, start, kind)
            return True
        return False

    def _take_as_other(self, text, start, kind):
        """Take the text as the function or the office of the contact, or leave it out."""
        entry, found = self.entry, Found(text, False, start, start + len(text))
        is_short = len(text.split()) <= MOST_WORDS  # a long one may have the name of the office within it
        if entry.role is None and patterns.has_role(text):
            entry.role = replace(found, sure=not entry.has_data and is_short and not OFFICE.search(text))
        elif (
            entry.role is None
            and not entry.has_data
            and entry.kind.value == "person"
            and patterns.is_small_function(text)
        ):
            entry.role = found
        elif entry.office is None and not re.search(r"\d", text) and patterns.is_like_an_office(text):
            self._doubt_name(kind)
            entry.office = found  # or the organisation, or a function: never sure
        else:
            self.left_out.append((start, found.end))

    def _doubt_name(self, kind):
        """Of two names without data one is the organisation: "River Fund – Ann Lee"."""
        entry = self.entry
        both = entry.kind.value == "unit" and (kind == "unit" or self.language in ("ar", "zh"))
        if not entry.has_data and (both or kind == "person"):
            entry.name = replace(entry.name, sure=False)
            entry.kind = replace(entry.kind, sure=kind == "unit" and entry.kind.sure)

    def _take_name(self, text, start, kind):
        entry = self.entry
        if both := patterns.UNIT_AND_NAME.fullmatch(text):
            unit, name, at = both["unit"], both["name"], start + both.start("name")
            entry.office = Found(unit, False, start, start + len(unit))
            entry.name, entry.kind = Found(name, False, at, at + len(name)), Found("person", False, at, at + len(name))
            return
        if at := at_work(text, self.language):
            office = text[at.end() :]
            entry.office = Found(office, False, start + at.end(), start + len(text))
            text = text[: at.start()]
        cut, is_clear = function_in_front(text, self.language)
        if cut and entry.role is None:
            role = text[:cut].strip()
            entry.role = Found(role, is_clear, start, start + len(role))
            text, start = text[cut:], start + cut
            kind = kind_of_name(text, self.language) or kind
        if kind is None and len(text.split()) > 6:
            self.left_out.append((start, start + len(text)))
            return
        own = in_own_script(text, self.language)
        is_clear = own == text and not may_be_other(text, kind, self.language, self.in_sentence)
        text = own
        entry.kind = Found(kind or likely_kind(text, self.language), kind is not None, start, start + len(text))
        entry.name = Found(
            text,
            kind is not None and not entry.has_data and is_clear and not text[0].islower(),
            start,
            start + len(text),
        )
