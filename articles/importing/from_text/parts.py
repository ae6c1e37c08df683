"""Divides a text into its parts (header, text, notes, contact block), and has each of them read."""

from dataclasses import replace

from .asides import Letter, is_aside, is_closing, is_greeting, is_notice, menus, running_heads
from .chinese_forms import Forms, in_simplified
from .contact_blocks.block import ContactBlock
from .contact_blocks.finding import Finding
from .contact_blocks.lines import has_data, in_columns
from .corroboration import corroborate
from .doubts.looking import Looking
from .head import datelines
from .head.head_lines import SENTENCE, SHORTEST_LEAD, is_lead, is_prose, size
from .head.header import is_detail, read_header
from .head.labels import label_of
from .head.other_dates import is_ambiguous, of_today, with_year
from .head.places import Places
from .language import language_of
from .lines import linked, take_apart, without_beginning
from .links import links_of
from .messages import around_release
from .quotations.quotes import Quotations
from .reading import Found, Reading
from .words import ENDS, LANGUAGES, NOTES

HEADER_LINES = 60  # in which the beginning of the text is looked for
HEADING = 80  # characters of a heading within the text at most
LAST_LINES = 8  # in which a date may stand below the text
MOST_PARAGRAPHS = 3  # of a quotation that has marks only at its beginning and end
MOST_LINES = 2000  # what stands further down is text


def read_text(text, language=None, places=None):
    """The Reading of a text or of HTML. Raises TooLong, and TooComplex of the cleaner (`articles.html`).

    language: what it is in, if that is known. places: a `Places` that knows those of the newsroom.
    """
    taken = take_apart(text)
    code, sure = language_of("\n".join(line.text for line in taken.lines))
    if language in LANGUAGES:
        code, sure = language, True
    typed, taken = taken, in_simplified(taken) if code == "zh" else taken
    reading = Reading(taken.text)
    if taken.lines:
        reading.language = Found(code, sure, taken.lines[0].start, taken.lines[-1].end)
        Reader(taken, code, places or Places(), reading, typed.text).read()
    if typed is not taken:
        Forms(taken.text, typed.text).restore(reading)
    return reading


class Reader(Finding):
    """Reads one text into `reading`. Each line has a part in `part`: {number of the line: name}.

    `typed` is the text as it was typed: Chinese is read in simplified characters.
    """

    def __init__(self, taken, language, places, reading, typed):
        self.taken, self.lines, self.language, self.typed = taken, taken.lines, language, typed
        self.places, self.reading = places, reading
        super().__init__()

    def read(self):
        self._find_asides()
        self.find_contacts(0, min(len(self.lines), HEADER_LINES), only_block=True)
        start = self._find_start()
        self._read_header(start)
        self._divide(start)
        self.find_unannounced(start)
        self.find_late_addresses(start)
        self._find_date_at_end(start)
        self._complete_date(start)
        self._read_contacts()
        self._read_quotes()
        self.reading.links = links_of(self.taken, self.part)
        Looking(self.reading, self.lines, self.part, self.cut, start, self.language, self.places).look()
        corroborate(self.reading, self.places)
        self.reading.body = self._html("text")
        self.reading.notes = self._html("notes")
        outside = [line for number, line in enumerate(self.lines) if self.part[number] in ("out", "aside")]
        self._leave_out([(line.start, line.end) for line in outside])

    def _leave_out(self, passages):
        text = self.reading.text
        passages = sorted({*passages, *((one.start, one.end) for one in self.reading.left_out)})
        self.reading.left_out = [Found(" ".join(text[start:end].split()), True, start, end) for start, end in passages]

    def _find_asides(self):
        """Set aside what belongs to a web page, a mailing or an e-mail around the release."""
        self.letter = Letter(self.lines, self.language, self._is_head)
        messages, self.stamp = around_release(self.lines[:MOST_LINES])
        others = messages | running_heads(self.lines[:MOST_LINES]) | menus(self.lines[:HEADER_LINES])
        self.part |= dict.fromkeys(self.letter.numbers | others, "aside")
        for number, line in enumerate(self.lines[:MOST_LINES]):
            if is_aside(line.text):
                self.part |= dict.fromkeys(self._aside_with(number), "aside")
            elif number < HEADER_LINES // 2 and is_greeting(line.text):
                self.part[number] = "aside"
            elif number > len(self.lines) // 2 and is_closing(line.text):
                self.part[number] = "mark"

    def _is_head(self, text):
        """Whether a line is a label, or a place with a date."""
        found = datelines.of_line(text, self.language, self.places)
        return bool(label_of(text) or (found and found.place and found.date))

    def _aside_with(self, number):
        """The numbers of the lines that are set aside with one: of a list of links, and of the end of a mailing."""
        line, last = self.lines[number], len(self.lines)
        if line.is_item:
            return [one for one in range(last) if self.lines[one].group == line.group]
        following = self.lines[number + 1 :]
        ends = is_notice(line.text) and number > last // 2 and len(following) <= LAST_LINES
        if ends and not any(is_prose(one.text) or has_data(one.text) for one in following):
            return range(number, last)
        return [number]

    def _find_start(self):
        """The number of the line with which the text begins, and its dateline if it has one."""
        unsure = None
        for number, line in enumerate(self.lines[:HEADER_LINES]):
            if number in self.part:
                continue
            found = datelines.at_beginning(line.text, self.language, self.places)
            rest = line.text[found.end :] if found else ""
            if not found or size(rest) < 40 or not (SENTENCE.search(rest) or size(line.text) >= 140):
                continue
            if found.sure:
                return self._begin_at(number, found)
            if unsure is None and size(line.text) >= SHORTEST_LEAD:
                unsure = number, found
        above = (
            [line for number, line in enumerate(self.lines[: unsure[0]]) if number not in self.part] if unsure else []
        )
        if unsure and not any(is_prose(line.text) for line in above):
            return self._begin_at(*unsure)
        rest = [number for number in range(min(len(self.lines), HEADER_LINES)) if number not in self.part]
        for is_text in (is_prose, is_lead):
            if (found := next((one for one in rest if is_text(self.lines[one].text)), None)) is not None:
                return found
        return min(rest[0] + 1, len(self.lines)) if rest else 0

    def _begin_at(self, number, dateline):
        self.cut[number] = dateline.end
        self._note_dateline(dateline, self.lines[number].start)
        return number

    def _note_dateline(self, dateline, start):
        for name in ("place", "country", "date"):
            if (found := getattr(dateline, name)) and self._is_better(name, found[0]):
                value, first, last = found
                sure = dateline.sure and (
                    name != "place" or self.places.is_spelt(self.reading.text[start:][first:last])
                )
                setattr(self.reading, name, Found(value, sure, start + first, start + last))

    def _is_better(self, name, value):
        """Whether nothing was read yet, or a date without the year that this one has."""
        known = getattr(self.reading, name)
        return known is None or (known.value.startswith("--") and value.endswith(known.value[1:]))

    def _read_header(self, start):
        numbers = [number for number in range(start) if number not in self.part]
        lines = [self.lines[number] for number in numbers]
        header = read_header(lines, self.language, self.places, has_dateline=bool(self.cut))
        for name in ("label", "kind", "region", "headline", "standfirst", "embargo"):
            setattr(self.reading, name, getattr(header, name))
        for dateline, begin in header.datelines:
            self._note_dateline(dateline, begin)
        self.reading.country = self.reading.country or header.country
        for place, number in enumerate(numbers):
            self.part[number] = "header" if place in header.used else "text"
        text = self.reading.text
        self.reading.left_out += [Found(text[begin:end], True, begin, end) for begin, end in header.left_out]

    def _divide(self, start):
        """Give each line behind the header its part."""
        now = "text"
        for number in range(start, len(self.lines)):
            line = self.lines[number]
            if number in self.part:
                continue
            if number > MOST_LINES:
                self.part[number] = now
                continue
            text = line.text
            if ENDS.match(text) and number > start:
                self.part[number], now = "mark", "notes" if now == "text" else now
            elif self.find_contacts(number, number + 1):
                now = "after"
            elif number > start and len(text) <= HEADING and (notes := NOTES.match(text)) and not text[notes.end() :]:
                self.part[number], now = "mark", "notes"
            elif number > start and self.is_about(number):
                self.part[number], now = "out", "out"
            else:
                if now == "after":
                    now = "out" if not is_prose(text) else "notes"
                self.part[number] = now

    def _find_date_at_end(self, start):
        """A line below the text that is a date and nothing else: where nothing says better. Sure if it says so."""
        last = self.lines[max(start + 1, len(self.lines) - LAST_LINES) :]
        for line in reversed([one for number, one in enumerate(last) if not is_detail(last, number)]):
            found = datelines.of_line(line.text, self.language, self.places) if self.reading.date is None else None
            if found and found.date and self._is_likely(found.place):
                sure = found.sure and datelines.is_announced(line.text)
                self._note_dateline(replace(found, sure=sure), line.start)

    def _complete_date(self, start):
        """Without a date, that of the first sentences or of the e-mail; without a year, the year of the same day."""
        for line in self.lines[start : start + 2] if self.reading.date is None else []:
            if self.reading.date is None and (found := of_today(line.text, self.language)):
                self._note_dateline(found, line.start)
        if self.letter.day and self.reading.date is None:
            self.reading.date = Found(datelines.iso(self.letter.day), False, *self.letter.place)
        if self.stamp is not None and self.reading.date is None:
            self._note_day_of_message(self.lines[self.stamp])
        if self.reading.date and self.language == "en" and is_ambiguous(self.reading.date, self.reading.text):
            self.reading.date = replace(self.reading.date, sure=False)
        if self.reading.date and self.reading.date.value.startswith("--"):
            texts = [line.text for line in self.lines[:MOST_LINES]]
            self.reading.date = with_year(self.reading.date, texts, self.language)

    def _note_day_of_message(self, stamp):
        for day in datelines.dates(stamp.text, self.language)[:1]:
            self.reading.date = Found(
                datelines.iso(day), False, stamp.start + day.start, stamp.start + day.start + len(day.text)
            )

    def _is_likely(self, place):
        """Whether a place is none, known, or in a language whose capitals say that it is a name."""
        return not place or self.language not in ("ar", "zh") or self.places.is_city(place[0])

    def _contact_line(self, number):
        line, cut = self.lines[number], self.cut.get(number, 0)
        return line.text[cut:], line.start + cut, line.gap and not cut, cut > 0

    def _read_contacts(self):
        country = self.reading.country.value if self.reading.country else None
        block = ContactBlock(self.language, self.places, country)
        numbers = [number for number in range(len(self.lines)) if self.part[number] == "contacts"]
        for text, start, gap, in_sentence in in_columns([self._contact_line(number) for number in numbers]):
            block.read(text, start, gap, in_sentence)
        late = [self.lines[number] for number in self.late]
        self.reading.contacts = [
            unsure(one, _is_in(one, late)) if not self.is_announced or _is_in(one, late) else one
            for one in block.contacts
        ]
        text = self.reading.text
        self.reading.left_out += [Found(text[start:end], True, start, end) for start, end in block.left_out]

    def _read_quotes(self):
        quotations = Quotations(self.language)
        lines = [line for number, line in enumerate(self.lines[:MOST_LINES]) if self.part[number] == "text"]
        for number, line in enumerate(lines):
            quotations.read(line, [one.text for one in lines[number + 1 : number + 1 + MOST_PARAGRAPHS]])
        self.reading.quotes = [unsure_over(said, self.taken.joints) for said in quotations.finish()]

    def _html(self, part):
        """The HTML of all lines of a part: whole blocks as they are, lines of others as paragraphs."""
        parts, done = [], set()
        numbers = {}
        for number, line in enumerate(self.lines):
            numbers.setdefault(line.group, []).append(number)
        is_whole = {group: all(self.part[one] == part for one in some) for group, some in numbers.items()}
        for number, line in enumerate(self.lines):
            if self.part[number] != part or line.group in done:
                continue
            if is_whole[line.group]:
                done.add(line.group)
                html, cut = self.taken.groups[line.group], self.cut.get(number, 0)
                parts.append(without_beginning(html, cut) if cut else html)
            else:
                text = self.typed[line.start + self.cut.get(number, 0) : line.end].replace("\n", " ")
                parts.append(f"<p>{linked(text)}</p>")
        return "\n".join(parts)


def unsure_over(said, joints):
    """The Said with what holds a word that was divided at the end of a line not sure."""
    values = {name: getattr(said, name) for name in ("text", "speaker", "role")}
    divided = {name: one for name, one in values.items() if one and any(one.start < at < one.end for at in joints)}
    return replace(said, **{name: replace(one, sure=False) for name, one in divided.items()})


def _is_in(contact, lines):
    data = [one for one in (contact.email, *contact.phones) if one]
    return any(line.start <= one.start < line.end for one in data for line in lines)


def unsure(contact, also_data=False):
    """The contact with nothing in it sure but its address and numbers: no line says that it is one."""
    names = ("name", "kind", "role", "office", *(("email",) if also_data else ()))
    values = {name: getattr(contact, name) for name in names}
    phones = [replace(phone, sure=phone.sure and not also_data) for phone in contact.phones]
    return replace(contact, phones=phones, **{name: one and replace(one, sure=False) for name, one in values.items()})
