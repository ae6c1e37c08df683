"""Finds what stands between quotation marks in a line, in six languages."""

import re
from dataclasses import dataclass

CLOSE = {"'": "'", "‘": "’", "“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", '"': '"', "‹": "›", "＂": "＂"}
# Of single marks, those that can be no apostrophes: one before a word, but not those of a name such as “Ann ‘Ace’ Lee”;
# one behind the end of a sentence or clause; `inner`, one behind a word, which ends a quotation within another one.
MARK = re.compile(
    "[“”«»„「」『』\"‹›＂]|(?<![\\w'])[‘'](?=[^\\W\\d_])(?!(?:[\\w-]{1,24} ?){1,3}[’'](?!\\w))|(?<=[,.!?…])[’'](?!\\w)"
    "|(?<=\\w)(?P<inner>[’'])(?!\\w)"
)
BEFORE_CLOSE = re.compile('[,.;]?(?:\\s?[”"]|\\Z)')
FEWEST_WORDS, FEWEST_CHARACTERS = 5, 10  # fewer are a term or a title
FEWEST_OF_A_SENTENCE, CHINESE_END = 5, tuple("。！？\uff0c")  # of a sentence in Chinese
FEWEST_OF_A_SHORT_ONE = 3  # words
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass
class Span:
    """A quotation in a line: from the mark that opens it to the one that closes it, if any. `mark`: the opening one."""

    start: int
    end: int
    is_closed: bool
    mark: str

    def inner(self, text):
        return text[self.start + 1 : self.end - 1 if self.is_closed else self.end].strip()


def spans(text):
    """[Span] of the outermost quotations in a line; only the last may be open."""
    found, closers, start, first = [], [], 0, ""
    for match in MARK.finditer(text):
        mark = match[0]
        closes = bool(closers) and mark in closers[-1]
        if match["inner"] and not (closes and (len(closers) > 1 or BEFORE_CLOSE.match(text, match.end()))):
            continue  # "the drivers’ park"
        if closes:
            closers.pop()
            if not closers:
                found.append(Span(start, match.end(), True, first))
        elif mark in CLOSE and len(closers) < 4:
            if not closers:
                start, first = match.start(), mark
            closers.append(CLOSE[mark])
    if closers:
        found.append(Span(start, len(text), False, first))
    return found


def outside(found, text):
    """The text with strokes in the place of quotations."""
    kept = list(text)
    for span in found:
        if is_long(span.inner(text)):
            kept[span.start : span.end] = "|" * (span.end - span.start)
    return "".join(kept)


def is_long(text, times=1):
    """Whether it is more than a term or a title."""
    characters = len(HAN.findall(text))
    is_sentence = times == 1 and characters >= FEWEST_OF_A_SENTENCE and text.endswith(CHINESE_END)
    return len(text.split()) >= FEWEST_WORDS * times or characters >= FEWEST_CHARACTERS * times or is_sentence


def is_title(span, text):
    """Whether a few words in marks are a name within a sentence: "director of “Two Rivers” in Bonn"."""
    return span.is_closed and bool(re.search(r"[\w)]\s?\Z", text[max(0, span.start - 2) : span.start]))


def is_sentence(text):
    """Whether a few words are a sentence and no name: "Y la dejé abierta" beside a verb of speech."""
    words = text.split()
    return len(words) >= FEWEST_OF_A_SHORT_ONE and text[:1].isupper() and not any(map(str.istitle, words[1:]))
