"""Reads what stands above the text of a press release: label, region, headline, standfirst, a date, an embargo."""

import re
from dataclasses import dataclass, field, replace

from ..reading import Found
from ..words import EMBARGO, ENDS, REFERENCE
from . import datelines
from .head_words import DETAIL, FORM, REMARK, SUBJECT, likely_label
from .headlines import BLANKS, choose, joined
from .labels import is_at_once, label_of
from .other_dates import day_of

PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—/-]\s+|\s{3,}|\u3000+")
REPEATED = re.compile(r"(.{4,40}?)(?:\s*[*#=~|•-]{1,9}\s*\1){1,5}\Z")
COLUMNS = re.compile(r"\s{3,}|\u3000+")
WITH_DATE = re.compile(r"(?:^|\s)(?:du|de|del|of|dated|от|بتاريخ|le|on)\s*\Z", re.IGNORECASE)
DECORATION = " >»›▶►■□●◆★☆*#=~_"


@dataclass
class Header:
    """`used`: numbers of the lines that are in a field or were left out; the others belong to the text."""

    label: Found | None = None
    kind: Found | None = None
    region: Found | None = None
    headline: Found | None = None
    standfirst: Found | None = None
    embargo: Found | None = None
    country: Found | None = None
    datelines: list = field(default_factory=list)  # [(Dateline of a line, its place)]
    used: set = field(default_factory=set)
    left_out: list = field(default_factory=list)


def read_header(lines, language, places, has_dateline):
    """The Header of the lines above the text. `has_dateline`: the text that follows begins with one."""
    header, candidates, label_at = Header(), [], None
    for number, line in enumerate(lines):
        text = line.text
        if REMARK.fullmatch(text) or FORM.fullmatch(text):
            header.used.add(number)
            _note_date(header, line, language)
            header.left_out.append((line.start, line.end))
        elif ENDS.match(text) or (not any(map(str.isalpha, text)) and not datelines.of_line(text, language, places)):
            header.used.add(number)
        elif is_detail(lines, number):
            candidates.append((number, replace(line, is_item=True)))
        elif len(text) <= 160 and EMBARGO.search(text):
            header.used.add(number)
            header.embargo = header.embargo or Found(text, False, line.start, line.end)
            label_at = number if label_at is None else label_at
        elif _take_known(header, line, language, places):
            header.used.add(number)
            label_at = number if header.label and header.label.start >= line.start else label_at
        elif subject := SUBJECT.match(text):
            candidates = [(number, _shortened(line, subject.end()))]
        elif rest := _after_label(header, line):
            label_at = number
            if _take_part(header, rest.text, rest.start, language, places):
                header.used.add(number)
            else:
                candidates.append((number, rest))
        else:
            candidates.append((number, line))
    if header.label is None and (at := _likely_label(header, candidates)) is not None:
        label_at, candidates = candidates[at][0], candidates[:at] + candidates[at + 1 :]
    # Letterheads stand above the label, the number or the embargo.
    if label_at is not None and any(number >= label_at for number, _line in candidates):
        for number, line in [one for one in candidates if one[0] < label_at]:
            header.used.add(number)
            header.left_out.append((line.start, line.end))
        candidates = [one for one in candidates if one[0] >= label_at]
    choose(header, joined(candidates), has_dateline, language)
    return header


def _note_date(header, line, language):
    """A date among other notes above a headline: "Source: River Fund Date: 2024-05-03". Never sure."""
    days = [day for day in datelines.dates(line.text, language) if day.year and day.day]
    if len(days) == 1:
        header.datelines.append((replace(day_of(days[0], days[0].start, len(line.text)), sure=False), line.start))


def is_detail(lines, number):
    """Whether a line is one of several that announce an event: its date is not that of the release."""
    return any(
        DETAIL.match(line.text) for line in lines[max(0, number - 1) : number + 2] if line is not lines[number]
    ) and bool(DETAIL.match(lines[number].text))


def _likely_label(header, candidates):
    """Take the first line that has words of a label, if others follow; its place among the candidates, or None."""
    for at, (number, line) in enumerate(candidates[:-1]):
        if kind := likely_label(line.text):
            start = line.start + len(line.text) - len(line.text.lstrip(DECORATION))
            label = line.text.strip(DECORATION)
            words = label.split(" ")
            # "University of Bonn press release"
            last = next((at for at in range(1, len(words)) if label_of(" ".join(words[at:]))), 0)
            start, label = start + len(label) - len(" ".join(words[last:])), " ".join(words[last:])
            header.label, header.kind = (Found(value, False, start, start + len(label)) for value in (label, kind))
            header.used.add(number)
            return at
    return None


def _take_known(header, line, language, places):
    """Whether all that stands in the line is known: label, region, date, number."""
    if len(line.text) > 120:
        return False
    if _take_part(header, line.text, line.start, language, places):
        return True
    parts, at = [], 0
    for separator in [*PARTS.finditer(line.text), None]:
        end = separator.start() if separator else len(line.text)
        parts.append((line.text[at:end], line.start + at))
        at = separator.end() if separator else end
    if len(parts) < 2:
        return False
    if len(parts) == 2 and label_of(parts[1][0]) and len(parts[0][0].split()) <= 8:
        # "River Council – Press release"
        header.left_out.append((parts[0][1], parts[0][1] + len(parts[0][0])))
        return _take_part(header, *parts[1], language, places)
    known = [part for part in parts if _take_part(Header(), *part, language, places)]
    if len(known) < len(parts) and not (known and COLUMNS.search(line.text)):
        return False
    for part in parts:
        if not (part in known and _take_part(header, *part, language, places)):
            header.left_out.append((part[1], part[1] + len(part[0])))
    return True


def _take_part(header, text, start, language, places):
    start += len(text) - len(text.lstrip(DECORATION))
    text = text.strip(DECORATION)
    end = start + len(text)
    if kind := label_of(text):
        if header.label is None or (is_at_once(header.label.value) and not is_at_once(text)):
            text = REPEATED.sub(r"\1", text)
            end = min(end, start + len(text))
            header.label, header.kind = Found(BLANKS.sub(" ", text), True, start, end), Found(kind, True, start, end)
        return True
    if _take_label_with_date(header, text, start, language, places):
        return True
    if places.is_region(text):
        header.region = header.region or Found(text, True, start, end)
        return True
    if (code := places.country(text)) and not places.is_city(text):
        header.country = header.country or Found(code, True, start, end)
        return True
    if found := datelines.of_line(text, language, places):
        header.datelines.append((found, start))
        return True
    if found := datelines.labelled(text, language):
        header.datelines.append((found, start))
        return True
    if REFERENCE.match(text):
        header.left_out.append((start, end))
        return True
    return False


def _take_label_with_date(header, text, start, language, places):
    """Whether the text is a label and a date: "Communiqué de presse du 9 septembre 2025"."""
    day = next(iter(datelines.dates(text, language)), None)
    if day is None or not datelines.iso(day):
        return False
    at = text.find(day.text)
    label = WITH_DATE.sub("", text[:at]).strip(" ,:|–—-")
    kind = label_of(label)
    rest = text[at + len(day.text) :].strip(" .гم|,")
    if (not rest and REFERENCE.match(label)) or (not label and REFERENCE.fullmatch(rest)):
        # "№ 12-26 от 4 марта 2026 г.", "от 4 марта 2026 г. № 12-26"
        begin = text.index(label or rest)
        header.left_out.append((start + begin, start + begin + len(label or rest)))
        header.datelines.append((day_of(day, at, len(text)), start))
        return True
    if not kind or (rest and not places.is_region(rest)) or (header.label and not is_at_once(header.label.value)):
        return False
    if rest:
        header.region = Found(rest, True, start + text.rindex(rest), start + text.rindex(rest) + len(rest))
    header.label, header.kind = (Found(value, True, start, start + len(label)) for value in (label, kind))
    header.datelines.append((day_of(day, at, len(text)), start))
    return True


def _after_label(header, line):
    """The rest of a line that begins with a label: "PRESS RELEASE: River fund opens"."""
    found = re.match(r"(?P<label>[^:：|]{2,40}?)(?:\s*[:：|]|\s[–—-]\s)\s*(?=\S)", line.text)
    kind = found and label_of(found["label"])
    if not kind:
        return None
    if header.label is None:
        label = found["label"].strip()
        header.label = Found(label, True, line.start, line.start + len(label))
        header.kind = Found(kind, True, line.start, line.start + len(label))
    return _shortened(line, found.end())


def _shortened(line, length):
    """The line without its first characters."""
    return replace(line, start=line.start + length, text=line.text[length:])
