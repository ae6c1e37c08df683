"""Reads the contact block of a press release: persons and units, functions, offices, e-mail addresses, telephones."""

import re
from dataclasses import replace

from contacts.phones import parse

from ..lines import URL
from ..quotations.names import NAME, length_of_function
from ..quotations.verbs import CHINESE_TITLE, SURNAMES
from ..reading import Found
from ..words import AT_SIGN, COMPANY, DATA_LABEL, DOT, EMAIL, FAX_LABEL, OFFICE, ROLE, UNIT
from .entry import Entry
from .lines import LONGEST_LINE, has_data, intro_at, phones_in, pieces
from .names import function_in_front, kind_of_name

MOST_CONTACTS = 12
MOST_WORDS = 5  # of a function that is surely nothing else
LABEL = 12  # characters in front of a number in which its label stands
ROUND = re.compile(r"[(（](?P<inner>[^()（）]{2,80})[)）]")
EDGE = re.compile(
    r"^(?:(?:或|请|可|致电|发至|发|至)+|(?:or|and|ou|et|o|y|или|и|أو|或)(?:\s|\Z)"
    r"|con (?:la|el) |avec (?:le |la |l[’'])|the )+|(?:(?:^|\s)(?:on|at|au|al|or|and|ou|et|by"
    r"|par|por|call|llame|appelez|звоните|write|по|على|to|via|or by|o al|a|or email)[\s:]*)+\Z"
    r"|(?:或|请|致电|拨打|至|发送?(?:电子)?邮件至?)+\Z",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\w\D{0,40}[ ,]\d{1,5}(?:,|\Z)|^\d{1,5},? \w")  # a street with a number, in a line without data
# "firstname.lastname@…" says how addresses are made.
PLACEHOLDER = re.compile(
    r"(?:first_?name|name|surname|pr[eé]nom|nombre|имя|initial)[._-]?(?:last_?name|surname|nom|apellidos?|фамилия)?@",
    re.IGNORECASE,
)
THREE_IN_RUSSIAN = re.compile(
    r"(?P<more>[А-ЯЁ][а-яё]+ )(?P<name>[А-ЯЁ][а-яё]+ (?![А-ЯЁ][а-яё]+(?:вич|вна|чна)\Z)[А-ЯЁ][а-яё-]+)"
)
NO_OFFICE = re.compile(
    r"(?<!\w)(?:whatsapp|telegram|signal|viber|wechat|english|français|anglais|español|inglés|mob)", re.IGNORECASE
)
UNIT_AND_NAME = re.compile(
    rf"(?P<unit>[\u4e00-\u9fff]{{2,20}}[部处科组室局])(?P<name>[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}(?:女士|先生|小姐)?)"
)
AT = re.compile(r"\s(?:at|chez|from)\s(?=\S)")
# "传播部主任李娜": a function in front of a name of two to four characters, or one with a dot.
CHINESE_FUNCTION = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{CHINESE_TITLE.pattern}\s?(?=.{{2,4}}\Z|.*·)")
IN_PLACE = re.compile(r"(?:in|à|au|en|в|في|在)\s+(?P<place>[^\s:].{0,40})\Z", re.IGNORECASE)


class ContactBlock:
    """Reads the lines of a block in order. `language`, `places` and `country` as in `read_text`."""

    def __init__(self, language, places, country=None):
        self.language, self.places, self.country = language, places, country
        self.entries, self.left_out = [Entry()], []
        self.gap = False  # an empty line stands before what is read now

    @property
    def contacts(self):
        return [entry.person() for entry in self.entries if not entry.is_empty][:MOST_CONTACTS]

    def read(self, text, start, gap, in_sentence=False):
        """A line; `gap`: an empty line stands before it. in_sentence: it goes on after "For more information …"."""
        self.in_sentence = in_sentence
        text = ROUND.sub(lambda remark: self._remark(remark, start), text[:LONGEST_LINE])
        self.gap = self.gap or gap
        if ADDRESS.search(text) and not has_data(text):
            self.left_out.append((start, start + len(text)))
            return
        rest = self._take_data(text, start)
        for piece, at in pieces(rest):
            self._take_text(piece, start + at)

    def _remark(self, remark, start):
        """What stands in parentheses, as text to read: functions as another part, other words not at all."""
        inner = remark["inner"]
        if re.search(r"\d", inner) or EMAIL.search(inner) or re.fullmatch(AT_SIGN, remark[0], re.IGNORECASE):
            return remark[0]
        if ROLE.search(inner) or (UNIT.search(inner) and len(inner.split()) > 1):
            return f",{inner},"
        if inner[:1].isupper() and not NO_OFFICE.search(inner):
            return f",{inner},"
        self.left_out.append((start + remark.start("inner"), start + remark.end("inner")))
        return "," + " " * len(inner) + ","

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
            before = rest[: match.start()]
            for piece, place in pieces(before):
                self._take_text(piece, start + place)
            rest = "|" * match.start() + rest[match.start() :]
            self._take_datum(match, text, start)
        return rest

    def _take_datum(self, match, text, start):
        begin, end = start + match.start(), start + match.end()
        if match.re is URL:
            return
        if match.re is EMAIL and PLACEHOLDER.match(match[0]):
            self.left_out.append((begin, end))
            return
        if match.re is EMAIL:
            email = re.sub(r"\s", "", re.sub(AT_SIGN, "@", re.sub(DOT, ".", match[0], flags=re.I), flags=re.I)).rstrip(
                "."
            )
            if self.entry.email:
                if self.entry.email.value == email:
                    return
                self.entries.append(Entry())
            self.gap = False
            self.entry.email = Found(email, True, begin, begin + len(match[0].rstrip(".")))
            return
        before = text[max(0, match.start() - LABEL) : match.start()]
        if FAX_LABEL.search(before):
            self.left_out.append((begin, end))
            return
        number = match[0].strip()
        if self.gap and self.entry.name and self.entry.phones:
            self.entries.append(Entry())
        self.gap = False
        value = Found(number, bool(parse(number, self.country) or DATA_LABEL.search(before)), begin, end)
        if number not in [phone.value for phone in self.entry.phones]:
            self.entry.phones.append(value)

    def _take_text(self, piece, start):
        colon = re.search(r"[:：]", piece)
        if colon:
            left, right = piece[: colon.start()].strip(), piece[colon.end() :].strip()
            if left:
                self._label(left, start, bool(right))
            if right:
                self._take_text(right, start + piece.index(right, colon.end()))
            return
        self._take_text_plain(piece, start)

    def _label(self, text, start, has_more):
        """What stands before a colon and is no label of a number: "In Nairobi:", "Press office:"."""
        place = IN_PLACE.match(text)
        name = place["place"] if place else text
        if place or self.places.is_city(name) or self.places.country(name):
            if self.entry.has_data:
                self.entries.append(Entry())
            begin = start + text.index(name)
            self.entry.office = Found(name, False, begin, begin + len(name))
        elif UNIT.search(text) or ROLE.search(text) or (not has_more and self._is_person(text)):
            self._take_text_plain(text, start)
        elif has_more and text[:1].isupper() and len(text.split()) <= 6:
            # "River Fund: Ann Lee, …"
            if self.entry.has_data:
                self.entries.append(Entry())
            self.entry.office = self.entry.office or Found(text, False, start, start + len(text))
        else:
            self.left_out.append((start, start + len(text)))

    def _take_text_plain(self, text, start):
        trimmed = EDGE.sub("", text.strip(" .:：-–—•*()（）<>")).strip(" .:：-–—")
        if not trimmed or not re.search(r"[^\W\d_]", trimmed):
            return
        start += text.index(trimmed)
        end = start + len(trimmed)
        if self.gap and self.entry.has_data and self.entry.name:
            self.entries.append(Entry())
        self.gap = False
        entry, kind = self.entry, kind_of_name(trimmed, self.language) or self._kind_of_person_at(trimmed)
        if entry.name and entry.kind.value == "unit" and kind == "person" and not entry.has_data:
            # "Communications Department", and behind it who is to be asked there.
            begin = entry.office.start if entry.office else entry.name.start
            unit = f"{entry.office.value} {entry.name.value}" if entry.office else entry.name.value
            entry.office, entry.name = Found(unit, False, begin, entry.name.end), None
            self._take_name(trimmed, start, kind)
        elif (
            entry.name
            and not entry.kind.sure
            and kind
            and not entry.has_data
            and entry.office is None
            and entry.role is None
        ):
            # A name that could be anything, and now a person or a unit: the first was the organisation.
            entry.office, entry.name = Found(entry.name.value, False, entry.name.start, entry.name.end), None
            self._take_name(trimmed, start, kind)
        elif entry.name is None or (entry.has_data and kind):
            if entry.name is not None:
                self.entries.append(Entry())
            self._take_name(trimmed, start, kind)
        elif entry.role is None and ROLE.search(trimmed) and not OFFICE.search(trimmed):
            # A long one may have the name of the office within it.
            is_short = len(trimmed.split()) <= MOST_WORDS
            entry.role = Found(trimmed, not entry.has_data and is_short, start, end)
        elif entry.role is None and ROLE.search(trimmed):
            entry.role = Found(trimmed, False, start, end)
        elif (
            entry.office is None
            and not re.search(r"\d", trimmed)
            and len(trimmed) <= 120
            and (not trimmed[0].islower() or UNIT.search(trimmed))
        ):
            if kind == "unit" and entry.kind.value == "unit" and not entry.has_data:
                entry.name = replace(entry.name, sure=False)  # one of the two is the organisation
            entry.office = Found(trimmed, False, start, end)  # or the organisation, or a function: never sure
        else:
            self.left_out.append((start, end))

    def _is_person(self, text):
        return kind_of_name(text, self.language) == "person" and intro_at(f"{text}: ") < 0

    def _kind_of_person_at(self, text):
        """ "person" for "Ann Lee at River Fund", else None."""
        at = AT.search(text)
        is_person = at and kind_of_name(text[: at.start()], self.language) == "person"
        return "person" if is_person else None

    def _take_name(self, text, start, kind):
        entry = self.entry
        if both := UNIT_AND_NAME.fullmatch(text):
            unit, name, at = both["unit"], both["name"], start + both.start("name")
            entry.office = Found(unit, False, start, start + len(unit))
            entry.name, entry.kind = Found(name, False, at, at + len(name)), Found("person", False, at, at + len(name))
            return
        if (at := AT.search(text)) and self._kind_of_person_at(text):
            office = text[at.end() :]
            entry.office = Found(office, False, start + at.end(), start + len(text))
            text = text[: at.start()]
        cut = length_of_function(text)
        title = CHINESE_FUNCTION.match(text) if self.language == "zh" else None
        cut = title.end() if title else cut
        if not cut or (not title and not NAME.fullmatch(text[cut:].strip())):
            cut = function_in_front(text, self.language)
        if cut and entry.role is None:
            # "Пресс-секретарь Совета Айрат Нуриев": the function may have another word.
            three = THREE_IN_RUSSIAN.fullmatch(text[cut:])
            cut += len(three["more"]) if three else 0
            role = text[:cut].strip()
            entry.role = Found(role, not three, start, start + len(role))
            text, start = text[cut:], start + cut
            kind = kind_of_name(text, self.language) or kind
        if kind is None and len(text.split()) > 6:
            self.left_out.append((start, start + len(text)))
            return
        # In Russian, who is to be asked has another ending than a name: "Еленой Сидоровой".
        is_bent = self.language == "ru" and self.in_sentence and kind == "person"
        # "River Fund Press Office" is a unit with its organisation.
        is_bent = is_bent or (kind == "unit" and bool(COMPANY.search(text)))
        entry.kind = Found(kind or "person", kind is not None, start, start + len(text))
        entry.name = Found(
            text,
            kind is not None and not entry.has_data and not is_bent and not text[0].islower(),
            start,
            start + len(text),
        )
