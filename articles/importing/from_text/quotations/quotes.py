"""Finds quotations in six languages, and joins what belongs to one: over paragraphs, and around "said Ann Lee"."""

import re
from dataclasses import replace
from itertools import islice

from ..reading import Found, Said
from ..words import ROLE
from . import attribution, mentions
from .clauses import DASH, before_comma, within
from .joining import blanks, is_only, is_surely_one, is_whole, joined
from .names import Who, unsure
from .spans import is_long, is_sentence, is_title, outside, spans
from .unclosed import as_next_paragraph

MOST = 40  # quotations of one text
TWICE = 2  # as long as what is usually taken for a quotation
BLOCK = "block"  # in the place of a mark: a block quotation of HTML
INCISE = re.compile(r",\s(?:[^\W\d_]+-t)?[^\W\d_]*-(?:elle|il)s?(?:\s[^\W\d_]+)?,\s")  # "Une pompe, dit-elle, est …"
OPENING_DASH = re.compile(r"[—–-]\s?(?=[^\W\d_]|[¿¡«“])")
FULL_STOP = re.compile(attribution.STOP.pattern + r"|[。！？]")
WHOLE_NAME = range(2, 5)  # words
NEXT_LINE = 3  # characters between two paragraphs
STOPPED = re.compile(r"[.!?。！？]\s*\Z")
BETWEEN = 200  # characters between two quotations in a line that may be one
NEAR = 1000  # characters before a quotation in which a name, or a sentence that leads to it, is looked for
MEMORY = 6000  # characters of the text in which a function is looked for


class Quotations:
    """Reads the lines of a text in order; `said` has what was found."""

    def __init__(self, language):
        self.language, self.said = language, []
        self._open = None  # (mark, [texts], start, end) of a quotation that goes on in the next paragraph
        self._known = None  # Who was named last, for "she added"
        self._begin, self._line = -1, None  # of the line that is read
        self._is_guess = False  # whether the line goes on with a quotation without a mark that says so
        self._has_own = False  # whether the quotation read last names its speaker
        self._is_nobodys = False  # whether nothing beside it says who speaks
        self._announcer = None  # the line before
        self._text = self._outside = ""  # what was read last, and the line that is read, without quotations

    def read(self, line, following=()):
        """A line. following: the texts of those that follow."""
        if len(self.said) >= MOST:
            return
        start, self._is_guess = line.start, False
        if self._open and self._open[0] != BLOCK:
            line = as_next_paragraph(line, following, self._open[0])
            self._is_guess = line.start < start
        announcer, self._announcer = self._announcer, None
        if self._sign(line):
            return
        text = line.text
        if line.is_quoted:
            self._read_block(line, announcer)
            return
        found = spans(text)
        self._line, self._outside = line, outside(found, text)
        if self._open and not (found and found[0].start == 0 and found[0].mark == self._open[0]):
            self._close(self._signed(line) if self._open[0] == BLOCK else None)
        if not any(is_long(span.inner(text)) for span in found) and not self._open:
            self._read_dialogue(line)
        elif not self._open or not self._go_on(line, found):
            self._read_spans(line, found, announcer)
        self._remember(line)

    def _read_block(self, line, announcer):
        """A paragraph of a block quotation of HTML: all of it is one quotation."""
        text = line.text.strip('“”«»„"「」 ')
        if self._open and self._open[0] == BLOCK:
            _mark, texts, start, _end, who = self._open
            self._open = (BLOCK, [*texts, text], start, line.end, who)
            return
        if self._open:
            self._close(None)
        self._open = (BLOCK, [text], line.start, line.end, self._announced_by(announcer))

    def _sign(self, line):
        """Whether the line names who said the quotation above it: "— Ann Lee, head of office"."""
        last = self.said[-1] if self.said else None
        if not (last and OPENING_DASH.match(line.text)) or self._open or self._has_own:
            return False
        if line.start - last.text.end > 3 or not (who := self._signed(line)):
            return False
        is_clear = who.role and ROLE.match(who.role.value) and len(who.speaker.value.split()) in WHOLE_NAME
        who = who.as_sure() if is_clear else who
        self.said[-1], self._has_own = replace(last, speaker=who.speaker, role=who.role), True
        return True

    def _signed(self, line):
        """Who, from a line below a block quotation: "— Ann Lee, head of office". Never sure."""
        who = len(line.text) <= 160 and attribution.name_and_function(line.text.lstrip("—–- "))
        return who and who.moved(line.start + len(line.text) - len(line.text.lstrip("—–- ")))

    def _announced_by(self, announcer):
        """Who, from the paragraph before, if that ends with a colon: "Ann Lee, head of office, said:"."""
        if announcer is None or not announcer.text.endswith((":", "：")):
            return None
        text = announcer.text[-attribution.REACH :]
        has_verb = attribution.has_verb(text, self.language)
        who = (not has_verb and attribution.name_and_function(text.rstrip(" :："))) or attribution.before(
            text, self.language
        )
        return who and who.moved(announcer.end - len(text))

    def _read_dialogue(self, line):
        """A quotation behind a dash: "– First, – says Ann Lee. – Second."."""
        text = line.text
        if dash := OPENING_DASH.match(text):
            inner, who = within(text[dash.end() :], line.start + dash.end(), self.language)
            sure = bool(who)
            if not who:
                inner, who = before_comma(text[dash.end() :], line.start + dash.end(), self.language)
            if who:
                self._add(inner, line.start, line.end, who, is_whole=True, sure=sure)

    def _remember(self, line):
        """Note who is named beside a verb of speech outside of quotations, for "she added" later."""
        self._announcer = line
        text = self._outside
        self._text = f"{self._text}\n{text}"[-MEMORY:]
        if not self.said or self.said[-1].text.end <= line.start:
            self._known = self._mentioned(text, line.start) or self._known

    def _mentioned(self, text, start):
        who = mentions.last_speaker(text, self.language)
        return who and who.moved(start)

    def finish(self):
        if self._open:
            self._close(None)
        return self.said

    def _go_on(self, line, found):
        """A further paragraph of an open quotation. Returns whether the line holds nothing else."""
        mark, texts, start, _end, who = self._open
        first = found[0]
        inner = first.inner(line.text)
        texts = [*texts, inner] if line.gap else [*texts[:-1], joined(texts[-1], inner)]
        self._open = (mark, texts, start, line.start + first.end, who)
        if not first.is_closed:
            return True
        after = attribution.after(line.text[first.end :][: attribution.REACH], self.language)
        self._close(after and after.moved(line.start + first.end))
        if len(found) > 1 and not (after and is_only(after, line.text[first.end : found[1].start])):
            self._read_spans(line, found[1:])
        return True

    def _close(self, who):
        mark, texts, start, end, before = self._open
        self._open = None
        if mark == BLOCK and len(texts) > 1 and (signed := attribution.name_and_function(texts[-1])):
            *texts, last = texts  # the last line of a block quotation says who
            who = who or signed.moved(end - len(last))
        self._add("\n".join(texts), start, end, who or before, is_whole=True, sure=not self._is_guess)

    def _read_spans(self, line, found, announcer=None):
        text, at, self._begin, first_of_line = line.text, 0, line.start, len(self.said)
        is_left_out = False
        found = [span for span in found if is_long(span.inner(text)) or not is_title(span, text)]
        while at < len(found) and len(self.said) < MOST:
            first, sure = found[at], True
            span, since = first, found[at - 1].end if at else 0
            self._known = self._mentioned(text[since : first.start], line.start + since) or self._known
            inner, who, after = self._speaker_of(line, found, at)
            # “First,” said Ann Lee. “Second.” is one quotation.
            while after and self._goes_with(after, text, found, at):
                at += 1
                span = found[at]
                sure = sure and is_surely_one(who, inner, span.inner(text), text[span.end :])
                between = text[found[at - 1].end : span.start].strip()
                inner, after = joined(inner, span.inner(text), between), None
            at += 1
            whole = is_whole(text, first.start, span.end)
            start, end = line.start + first.start, line.start + span.end
            if not span.is_closed:
                self._open = (span.mark, [inner], start, end, who or (whole and self._announced_by(announcer)))
            elif is_sentence(inner) and not is_long(inner):
                if who and self.said:
                    self._add(inner, start, end, who, whole, sure=False)
            elif is_long(inner):
                who = who or (whole and self._announced_by(announcer))
                near = max(0, first.start - NEAR)
                who = who or self._in_sentence(text[near : first.start], line.start + near)
                if who or whole or is_long(inner, TWICE):
                    self._add(inner, start, end, who, whole, sure)
                else:
                    is_left_out = True
        if is_left_out:  # of two quotations in a line, one may be the other's second half
            self.said[first_of_line:] = [replace(one, text=unsure(one.text)) for one in self.said[first_of_line:]]

    def _in_sentence(self, text, start):
        """Who, if the sentence that leads to the quotation says so: "told us that now “…”". Never sure."""
        begin = max([0, *(match.end() for match in FULL_STOP.finditer(text))])
        if not (mentions.has_verb(text[begin:], self.language)):
            return None
        who = self._mentioned(text[begin:], start + begin) or Who(is_pronoun=True)
        return replace(who, is_near=False)

    def _speaker_of(self, line, found, at):
        """(the quotation's text, Who, the Who that follows it): looked for behind, within and in front of it."""
        text, span = line.text, found[at]
        inner = span.inner(text)
        until = found[at + 1].start if at + 1 < len(found) else len(text)
        since = found[at - 1].end if at else 0
        behind = text[span.end : until]
        is_next = STOPPED.search(inner) and behind.rstrip().endswith((":", "："))  # “First.” Ann Lee said: “Second.”
        after = None if is_next else attribution.after(behind[: attribution.REACH], self.language)
        who = after and after.moved(line.start + span.end)
        if not who and (incise := INCISE.search(inner)):
            inner = f"{inner[: incise.start()]}, {inner[incise.end() :]}"
            who = Who(is_pronoun=True, is_clear=False, start=line.start + span.start, end=line.start + span.end)
        if not who and is_long(inner) and DASH.search(inner):
            inner, who = within(inner, line.start + span.start + 1 + blanks(text, span), self.language)
        if not who and is_long(inner):
            lead = text[since : span.start][-attribution.REACH :]
            before = None if since and STOPPED.search(lead) else attribution.before(lead, self.language)
            who = before and before.moved(line.start + max(since, span.start - attribution.REACH))
        return inner, who, after

    def _goes_with(self, who, text, found, at):
        """Whether the next quotation is a part of this one: only who says it is between them, and it has no own."""
        if at + 1 >= len(found) or len(list(islice(self._verbs(text[found[at].end : found[at + 1].start]), 2))) > 1:
            return False  # "asked Ann Lee, who added that"
        if not is_only(who, text[found[at].end : found[at + 1].start]):
            return False
        until = found[at + 2].start if at + 2 < len(found) else len(text)
        return attribution.after(text[found[at + 1].end : until][: attribution.REACH], self.language) is None

    def _verbs(self, text):
        return attribution.VERBS[self.language].finditer(text)

    def _add(self, text, start, end, who, is_whole, sure=True):
        if not is_long(text) and not (who and is_sentence(text)):
            return
        text = text.rstrip(",，、،").rstrip() if who else text
        words = Found(text, sure and (is_whole or (bool(who) and who.is_near and who.is_clear)), start, end)
        if not who or who.is_pronoun or who.speaker is None:
            known = mentions.of_function(self._text, who.function) if who and who.function else None
            known = (
                known
                or self._named_in_line(start)
                or self._known
                or mentions.last_name(self._text[-NEAR:], self.language)
                or Who()
            )
            speaker, role = unsure(known.speaker), unsure(known.role)
            is_part = text[:1].islower() and not is_whole  # a few words of a sentence: perhaps no quotation
            words = unsure(words) if is_part else words
            is_pronoun = bool(who) and who.is_pronoun and not who.function and not is_part
            is_same = is_pronoun and known is self._known and known.speaker and self._is_same_person(known, start)
            if is_same:
                speaker, role = replace(known.speaker, sure=True), known.role
            words = self._beside_last(words, None, start)
            self._is_nobodys = not who
            if who and speaker and who.end > who.start:
                speaker = replace(speaker, start=who.start, end=who.end)
            self.said.append(Said(words if who else unsure(words), speaker, role))
            self._has_own = bool(is_same)
            return
        is_nobodys = bool(self.said) and self._is_nobodys and not self._has_own
        if is_nobodys and start == self._begin and start - self.said[-1].text.end <= NEXT_LINE:
            # The paragraph before is a quotation of nobody: both are one.
            first = self.said.pop().text
            words = Found(f"{first.value}\n{words.value}", False, first.start, end)
        words = self._beside_last(words, who, start)
        self._known, self._has_own = who, True
        self.said.append(Said(words, who.speaker, who.role))

    def _named_in_line(self, start):
        """Who is named in the line before a quotation that only says "he recalls", and was not named last."""
        found = mentions.last_name(self._outside[: max(0, start - self._line.start)], self.language)
        is_known = found and self._known and self._known.speaker and found.speaker.value in self._known.speaker.value
        return found.moved(self._line.start) if found and not is_known else None

    def _is_same_person(self, known, start):
        """Whether who was named last speaks; behind another quotation in the same line, both may be one."""
        is_first = not self.said or self.said[-1].text.end < self._line.start
        before = self._outside[: max(0, start - self._line.start)]
        return is_first and mentions.is_same_person(known, self._text, before, self.language)

    def _beside_last(self, words, who, start):
        """The words of a quotation: not sure, nor are those before them in the line, if both may be one."""
        last = self.said[-1] if self.said else None
        if not last or last.text.start < self._begin or start - last.text.end > BETWEEN:
            return words
        speakers = [one for one in (last.speaker, who and who.speaker) if one and one.sure]
        if len({speaker.value for speaker in speakers}) == len((last, who)):
            return words
        self.said[-1] = replace(last, text=unsure(last.text))
        return unsure(words)
