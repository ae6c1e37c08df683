"""Finds quotations in six languages, and joins what belongs to one: over paragraphs, and around "said Ann Lee"."""

import re
from dataclasses import dataclass

from ..reading import Found, Said
from . import attribution

CLOSE = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』", '"': '"', "‹": "›", "＂": "＂"}
MARK = re.compile('[“”«»„「」『』"‹›＂]')
FEWEST_WORDS, FEWEST_CHARACTERS = 5, 10  # fewer are a term or a title
HAN = re.compile(r"[\u3400-\u9fff]")
MOST = 40  # quotations of one text
ARABIC_REVERSED = {"”": "“"}
ENDED = re.compile(r"[.!?…:]\Z")
DASH = re.compile(r"\s?[—–]\s?|\s-\s")


@dataclass
class Span:
    """A quotation in a line: from the mark that opens it to the one that closes it, if any. `mark`: the opening one."""

    start: int
    end: int
    is_closed: bool
    mark: str

    def inner(self, text):
        return text[self.start + 1 : self.end - 1 if self.is_closed else self.end].strip()


def spans(text, language):
    """[Span] of the outermost quotations in a line; only the last may be open."""
    found, closers, start, first = [], [], 0, ""
    for match in MARK.finditer(text):
        mark = match[0]
        if closers and mark in closers[-1]:
            closers.pop()
            if not closers:
                found.append(Span(start, match.end(), True, first))
        elif mark in CLOSE and len(closers) < 4:
            if not closers:
                start, first = match.start(), mark
            closers.append(CLOSE[mark])
        elif not closers and language == "ar" and mark in ARABIC_REVERSED:
            start, first = match.start(), mark
            closers.append(ARABIC_REVERSED[mark])
    if closers:
        found.append(Span(start, len(text), False, first))
    return found


def is_long(text):
    return len(text.split()) >= FEWEST_WORDS or len(HAN.findall(text)) >= FEWEST_CHARACTERS


class Quotations:
    """Reads the lines of a text in order; `said` has what was found."""

    def __init__(self, language):
        self.language, self.said = language, []
        self._open = None  # (mark, [texts], start, end) of a quotation that goes on in the next paragraph
        self._last = None  # the speaker of the last one, for "she added"

    def read(self, line):
        if len(self.said) >= MOST:
            return
        text = line.text
        found = spans(text, self.language)
        if self._open and not (found and found[0].start == 0 and found[0].mark == self._open[0]):
            self._close(None)
        if not found:
            return
        if self._open and self._go_on(line, found):
            return
        self._read_spans(line, found)

    def finish(self):
        if self._open:
            self._close(None)
        return self.said

    def _go_on(self, line, found):
        """A further paragraph of an open quotation. Returns whether the line holds nothing else."""
        mark, texts, start, _end, who = self._open
        first = found[0]
        self._open = (mark, [*texts, first.inner(line.text)], start, line.start + first.end, who)
        if not first.is_closed:
            return True
        after = attribution.after(line.text[first.end :][: attribution.REACH], self.language)
        self._close(after and self._placed(after, line.start + first.end))
        if len(found) > 1 and not (after and _is_only(after, line.text[first.end : found[1].start])):
            self._read_spans(line, found[1:])
        return True

    def _close(self, who):
        _mark, texts, start, end, before = self._open
        self._open = None
        self._add("\n".join(texts), start, end, who or before, is_whole=True)

    def _read_spans(self, line, found):
        text, at = line.text, 0
        while at < len(found):
            first = span = found[at]
            inner, who, after = self._speaker_of(line, found, at)
            # “First,” said Ann Lee. “Second.” is one quotation.
            while after and self._goes_with(after, text, found, at):
                at += 1
                span = found[at]
                inner, after = _joined(inner, span.inner(text)), None
            at += 1
            is_whole = _is_whole(text, found[0].start, span.end)
            start, end = line.start + first.start, line.start + span.end
            if not span.is_closed:
                self._open = (span.mark, [inner], start, end, who)
            elif is_long(inner) and (who or is_whole):
                self._add(inner, start, end, who, is_whole)

    def _speaker_of(self, line, found, at):
        """(the quotation's text, Who, the Who that follows it): looked for behind, within and in front of it."""
        text, span = line.text, found[at]
        inner = span.inner(text)
        until = found[at + 1].start if at + 1 < len(found) else len(text)
        since = found[at - 1].end if at else 0
        after = attribution.after(text[span.end : until][: attribution.REACH], self.language)
        who = after and self._placed(after, line.start + span.end)
        if not who and is_long(inner) and DASH.search(inner):
            inner, who = self._within(inner, line.start + span.start + 1 + _blanks(text, span))
        if not who and is_long(inner):
            before = attribution.before(text[since : span.start][-attribution.REACH :], self.language)
            who = before and self._placed(before, line.start + max(since, span.start - attribution.REACH))
        return inner, who, after

    def _within(self, inner, offset):
        """(text without the clause, Who) of "First, — says Ann Lee. — Second.", or (inner, None)."""
        pieces, at = [], 0
        for dash in [*DASH.finditer(inner), None]:
            end = dash.start() if dash else len(inner)
            pieces.append((inner[at:end], at))
            at = dash.end() if dash else end
        for number, (piece, start) in enumerate(pieces[1:], 1):
            verb = attribution.VERBS[self.language].match(piece)
            who = verb and len(piece) <= attribution.REACH and attribution.after(piece, self.language)
            if who:
                before = " – ".join(text.strip() for text, _at in pieces[:number])
                after = " – ".join(text.strip() for text, _at in pieces[number + 1 :])
                return _around(before, after), self._placed(who, offset + start)
        return inner, None

    def _goes_with(self, who, text, found, at):
        """Whether the next quotation is a part of this one: only who says it is between them, and it has no own."""
        if at + 1 >= len(found) or not _is_only(who, text[found[at].end : found[at + 1].start]):
            return False
        until = found[at + 2].start if at + 2 < len(found) else len(text)
        return attribution.after(text[found[at + 1].end : until][: attribution.REACH], self.language) is None

    def _placed(self, found, offset):
        return found.moved(offset)

    def _add(self, text, start, end, who, is_whole):
        if not is_long(text):
            return
        text = text.rstrip(",，、،").rstrip() if who else text
        words = Found(text, bool(who) or is_whole, start, end)
        if who is None:
            known = self._last
            speaker = known and Found(known.speaker.value, False, known.speaker.start, known.speaker.end)
            self.said.append(Said(words if who else Found(text, False, start, end), speaker or None))
        elif who.is_pronoun:
            known = self._last
            speaker = known and Found(known.speaker.value, False, who.start, who.end)
            role = known and known.role and Found(known.role.value, False, known.role.start, known.role.end)
            self.said.append(Said(words, speaker, role or None))
        else:
            said = Said(words, who.speaker, who.role)
            self._last = said
            self.said.append(said)


def _blanks(text, span):
    inside = text[span.start + 1 : span.end]
    return len(inside) - len(inside.lstrip())


def _around(before, after):
    """Two parts of a quotation, between which stood who says it."""
    if after[:1] in ".,;:!?":
        return f"{before.rstrip(' ,')}{after}"
    return _joined(before, after) if after else before


def _is_only(who, between):
    """Whether all that stands between two quotations is who says them."""
    return not between[who.end_of_clause :].strip(" .,;:—–-،")


def _is_whole(text, start, end):
    return not text[:start].strip(" -–—") and not text[end:].strip(" .,;-–—。")


def _joined(first, second):
    first = first.rstrip()
    if second[:1].isupper() and not ENDED.search(first):
        first = f"{first.rstrip(',،')}."  # the sentence ended behind its speaker
    return f"{first} {second}"


__all__ = ["Quotations", "is_long", "spans"]
