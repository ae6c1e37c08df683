"""Signs of quotes that were not read: marks, dashes, an interview. Also speakers and functions that were not found."""

import re

from ..quotations.names import NAME
from ..quotations.spans import is_long, spans
from ..quotations.verbs import VERBS

LONGEST = 3000  # characters of a paragraph
REACH = 200  # characters before a colon at the end of the paragraph before, in which a verb is looked for
BESIDE = 40  # characters beside a short quotation in which a verb makes it one
OTHER_MARKS = re.compile(r"(?<!\w)'(?=[^\W\d_]).{20,400}?[,.!?…]'(?!\w)|<<.{20,400}?>>")
DIALOGUE = re.compile(r"[—–-]\s?(?=[^\W\d_]|[¿¡«“])")
CLAUSE_BEHIND = re.compile(r"[,.!?…]\s?[—–-]\s?(?=\w)")  # "– We knew, – the mayor sighed."
ENDED = re.compile(r"[,.!?…，。！？؟][”»\"]?(?=\Z|\s)")
# "Ann Lee: We have waited for eleven years …"
INTERVIEW = re.compile(
    rf"(?=[^\s:：]+ [^\s:：]+\s?[^\s:：]*[:：,(]){NAME.pattern}(?:\s?[,(（].{{2,80}}?)?\s?[:：]\s?(?=\S.{{40}})"
)


def doubts(text):
    """Yield (code, fields, start, end) of passages of a `Looking`."""
    headline = text.reading.headline
    for number, line in enumerate(text.lines):
        if text.parts[number] == "contacts" or (headline and headline.start < line.end and line.start < headline.end):
            continue
        before = text.lines[number - 1].text[-REACH:] if number else ""
        is_announced = before.endswith((":", "：")) and VERBS[text.language].search(before)
        for start, end in [(0, len(line.text))] if is_announced else _quotations(line, text.language):
            if not text.is_said(line.start + start, line.start + end):
                yield "quotation", ["quotes"], line.start + start, line.start + end
    for number, said in enumerate(text.reading.quotes):
        if said.speaker is None:
            yield "speaker", [f"quote-{number}-speaker"], said.text.start, said.text.end
        if said.role is None:
            shown = said.speaker or said.text
            yield "function", [f"quote-{number}-role"], shown.start, shown.end


def _quotations(line, language):
    """Yield (start, end) of what may be a quotation in a line."""
    text, verb = line.text[:LONGEST], VERBS[language]
    for span in spans(text):
        if is_long(span.inner(text)) or _is_short_one(span, text, verb):
            yield span.start, span.end
    yield from (found.span() for found in OTHER_MARKS.finditer(text) if is_long(found[0]))
    is_dialogue = DIALOGUE.match(text) and (verb.search(text) or CLAUSE_BEHIND.search(text))
    if is_dialogue or line.is_quoted or INTERVIEW.match(text):
        yield 0, len(text)


def _is_short_one(span, text, verb):
    """Whether a few words in marks are a sentence beside a verb of speech: "“We knew,” she said"."""
    inner = span.inner(text)
    if text[: span.start].endswith((": ", "：", ":")) and span.is_closed:
        return True
    if inner[:1].islower() or not (ENDED.search(inner) or ENDED.match(text[span.end :].lstrip())):
        return False
    return bool(verb.search(f"{text[max(0, span.start - BESIDE) : span.start]}|{text[span.end : span.end + BESIDE]}"))
