"""Signs of a label, a region, a headline, a standfirst, a place, a date or an embargo that were not read."""

import re

from ....translating.dates import dates, times
from ..contact_blocks.lines import has_data
from ..head.datelines import of_line
from ..head.labels import label_of
from ..words import EMBARGO

SHORT = 160  # characters of a line that may be a label
ONLY_A_DATE = 60  # characters of a line with a date and little else
LAST_LINES = 8  # in which a date may stand
BEGINNING = 110  # characters of the text in which a dateline may stand
MOST_ABOVE = 4  # lines above the text; more are the menu of a web page
MOST_WORDS = 7  # of a place
OTHERS = ("contacts", "aside")  # parts above the text that have no label or headline
NUMERIC_DATE = re.compile(r"(?<![\d/.-])\d{1,4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,4}(?![\d/-])")
PLACE = re.compile(
    r"(?P<place>[^.!?。]{2,60}?)(?:\s?[)）\]】.]?\s?[-–—]{1,3}\s|\s?[-–—]{2}|[:：/]\s|[)）】\]]|\.\s|[电讯])"
)
BETWEEN_NAMES = re.compile(r"\s*[,،，:：|/()•·–—]\s*|\s-\s")
UNTIL = re.compile(
    r"(?<!\w)(?:hold|until|not before|jusqu|avant|hasta|antes|до|ранее|не раньше|حتى|قبل)(?!\w)|之前|以前|[日时点分]前",
    re.IGNORECASE,
)


def doubts(text):
    """Yield (code, fields, start, end) of passages of a `Looking`."""
    above = [line for number, line in enumerate(text.lines[: text.start]) if text.parts[number] not in OTHERS]
    found = [("header", _not_found_above(text, line), line.start, line.end) for line in above]
    yield from [one for one in found if one[1]][-MOST_ABOVE:]
    for number, line in enumerate(text.lines):
        if text.parts[number] == "aside":
            continue
        is_above = number < text.start and text.parts[number] != "contacts"
        if not is_above and label_of(line.text):
            yield "header", text.missing("label"), line.start, line.end
        if _is_embargo(text, line, is_above):
            yield "embargo", text.missing("embargo"), line.start, line.end
    if text.start < len(text.lines):
        yield from _at_beginning(text, text.lines[text.start])
    for line in text.lines[max(text.start + 1, len(text.lines) - LAST_LINES) :]:
        if len(line.text) <= ONLY_A_DATE and _has_date(text, line.text) and not has_data(line.text):
            yield "date", text.missing("date"), line.start, line.end


def _not_found_above(text, line):
    """The fields that were not found and may be in a line above the text, which is in no sure field itself."""
    reading = text.reading
    lines = [one for one in (reading.headline, reading.standfirst) if one]
    others = [reading.label, reading.region, reading.place, reading.date, reading.embargo, reading.country]
    known = [one for one in others if one] + [one for one in lines if one.sure]
    if not any(map(str.isalnum, line.text)) or _overlaps(line, known):
        return []
    is_below = bool(reading.headline) and reading.headline.end < line.start
    fields = text.missing("label") if len(line.text) <= SHORT and not (is_below and _overlaps(line, lines)) else []
    if is_below and not _overlaps(line, lines):
        fields += text.missing("standfirst")
    if _has_date(text, line.text):
        fields += text.missing("date", "place")
    if any(text.places.is_city(name) or text.places.is_region(name) for name in BETWEEN_NAMES.split(line.text)):
        fields += text.missing("region", "place")
    return list(dict.fromkeys(fields))


def _overlaps(line, found):
    return any(one.start < line.end and line.start < one.end for one in found)


def _has_date(text, words):
    return len(words) <= SHORT and bool(dates(words, text.language) or NUMERIC_DATE.search(words))


def _is_embargo(text, line, is_above):
    if EMBARGO.search(line.text[:SHORT]):
        return True
    return is_above and bool(
        UNTIL.search(line.text[:SHORT]) and (times(line.text[:SHORT]) or _has_date(text, line.text))
    )


def _at_beginning(text, line):
    """What stands in front of the text may be a place and a date."""
    if text.reading.headline is None:
        yield "headline", ["headline"], text.lines[0].start, text.lines[0].end
    head = line.text[:BEGINNING]
    for day in dates(head, text.language)[:1]:
        yield "date", text.missing("date"), line.start + day.start, line.start + day.start + len(day.text)
    found = PLACE.match(head)
    if not found or text.reading.country or len(found["place"].split()) > MOST_WORDS:
        return
    if found["place"][:1].isupper() or text.language in ("ar", "zh"):
        yield "place", text.missing("place"), line.start, line.start + found.end("place")


def is_only_date(text):
    """Whether no other line above the text is a date and nothing else, as that of an event or an embargo may be."""
    if text.reading.date is None:
        return True
    lines = [line.text for number, line in enumerate(text.lines[: text.start]) if text.parts[number] not in OTHERS]
    found = [of_line(line, text.language, text.places) for line in lines if len(line) <= SHORT]
    return all(text.reading.date.value.endswith(one.date[0].lstrip("-")) for one in found if one and one.date)
