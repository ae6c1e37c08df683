"""Decides which of the lines above a text are the headline and the standfirst."""

import re
from dataclasses import replace

from ..asides import REQUEST
from ..reading import Found
from . import datelines
from .head_lines import HAN, LONGEST_HEADLINE, SENTENCE, goes_on, is_overline, is_prose, is_sender, size
from .head_words import DETAIL
from .labels import is_at_once
from .other_dates import day_of

OVERLINE = re.compile(r"(?:\S+\s){0,2}\S+\s[–—-]\s")  # "Media alert – Booksellers …": a label that is not known?
BULLET = re.compile(r"[•▪●◦○■*·–\ue000-\uf8ff-]\s")  # those of the private use area come from PDF files
WORD_IN_CAPITALS = re.compile(r"[^\W\d_a-zà-ÿа-яё\u0600-\u9fff]{6,}\s[a-zà-ÿа-яё]")  # "STATEMENT of the union …"
SUBTITLE = re.compile(r"[—–-]{1,3}\s?(?=\S)")  # in front of a second line: "——百名扳道工口述史展览"
SHORTEST, SHORTEST_SURE = 24, 30  # letters of a standfirst
LONGEST_BYLINE = 80
QUOTES = '«“„"「'
OTHER_SCRIPTS = re.compile("[\u0400-\u9fff]")
BLANKS = re.compile(r" {2,}")
OF_THE_PRESS = ("press-release", "media-advisory")  # kinds of which no label is a usual heading


def joined(candidates):
    """Candidates with a headline over two lines as one: [([numbers], text, the first line, end of the last)]."""
    found = []
    for number, line in candidates:
        last = found[-1] if found else None
        if last and not line.gap and number == last[0][-1] + 1 and goes_on(last[1], line.text):
            found[-1] = ([*last[0], number], f"{last[1]} {line.text}", last[2], line.end)
        else:
            found.append(([number], line.text, line, line.end))
    return found


def choose(header, candidates, has_dateline, language):
    """Decide which of the unknown lines is the headline, and which the standfirst."""
    every = candidates
    candidates = [one for one in every if not (BULLET.match(one[1]) or one[2].is_item or DETAIL.match(one[1]))]
    if not candidates:
        return
    chosen, certain = _headline(header, candidates)
    at = candidates.index(chosen)
    numbers, text, line, end = chosen
    is_long_enough = len(text.split()) > 4 or (size(text) >= 24 if HAN.search(text) else len(text) >= 35)
    is_usual = len(text) <= LONGEST_HEADLINE and is_long_enough and not SENTENCE.search(text)
    # A line with a date may be a dateline that was not understood, and the headline another line.
    sure = certain and is_usual and not OVERLINE.match(text) and not WORD_IN_CAPITALS.match(text)
    is_whole = not (len(numbers) > 1 or line.is_wrapped) or _ends_block(candidates[at + 1 :])
    is_whole = is_whole and not text[:1].islower()  # else it goes on with the line above
    sure = sure and is_whole and not datelines.dates(text, language)
    header.headline = Found(BLANKS.sub(" ", text), sure, line.start, end)
    is_heading = header.label and header.label.start > line.start and header.kind.value not in OF_THE_PRESS
    if is_heading or (header.label and is_at_once(header.label.value) and (header.left_out or not sure)):
        # "Story" below a headline may be a heading of the text; beside "for immediate release" is perhaps another label
        header.label, header.kind = replace(header.label, sure=False), replace(header.kind, sure=False)
    header.used.update(numbers)
    for numbers, _text, line, _end in candidates[:at]:
        header.used.update(numbers)
        header.left_out.append((line.start, line.end))
    following = candidates[at + 1 :]
    if following and (has_dateline or header.datelines or not is_prose(following[0][1])):
        is_only = len(following) == 1 and len(every) == len(candidates)
        _take_standfirst(header, following[0], sure and is_only and has_dateline, language)


def _take_standfirst(header, candidate, is_only, language):
    """Take a line below the headline, if it is like a sentence. is_only: nothing else is above the dateline."""
    numbers, text, line, end = candidate
    if size(text) < SHORTEST or text.endswith((":", "：")) or REQUEST.search(text):
        return  # "Key findings", "Dear guests:"
    days = [day for day in datelines.dates(text, language) if day.year and day.day]
    if OTHER_SCRIPTS.search(header.headline.value) and not OTHER_SCRIPTS.search(text):
        header.left_out.append((line.start, line.end))  # the headline once more, in English
    elif days and size(text) <= LONGEST_BYLINE and not SENTENCE.search(text):
        header.datelines.append((replace(day_of(days[0], days[0].start, len(text)), sure=False), line.start))
        header.left_out.append((line.start, line.end))  # "By Ann Lee on 3 May 2026 - 11:20"
    else:
        certain = is_only and bool(header.label) and size(text) >= SHORTEST_SURE and text[0] not in QUOTES
        certain = certain and not text.endswith("。")  # in Chinese as often the first sentence of the text
        cut = SUBTITLE.match(text)
        start, text = (line.start + cut.end(), text[cut.end() :]) if cut else (line.start, text)
        header.standfirst = Found(text, certain, start, end)
    header.used.update(numbers)


def _headline(header, candidates):
    """(the candidate that is the headline, whether nothing else can be meant)."""
    headings = [one for one in candidates if one[2].is_heading]
    if len(headings) == 1:
        return headings[0], True
    others = [one for one in candidates if not is_sender(one[1])] or candidates
    first, following = others[0], others[1:]
    if following and is_overline(first[1], following[0][1]):
        return following[0], False
    # A label announces the headline; without one, the second line must be a sentence to be the standfirst.
    is_alone = not following or (len(following) == 1 and bool(header.label or SENTENCE.search(following[0][1])))
    return first, is_alone and first is candidates[0]


def _ends_block(following):
    """Whether an empty line follows, so that all lines of a headline were taken."""
    return not following or following[0][2].gap
