"""Where a reader's words are in a text: cut into pieces, marked or not, and an excerpt around them."""

import re

from django.utils.html import format_html, format_html_join

from .question import ask
from .words import WORD, forms, is_unspaced, normal

BEFORE, LONGEST = 60, 240  # characters of an excerpt before its first mark, and in all
# The end of a word that is cut off, where words are set apart.
_edge = re.compile(r"\s\S*\Z")


class Marks:
    """What to mark for a question in a text of its language."""

    def __init__(self, typed, language):
        self.language = language
        words = [word for term in ask(typed, language).terms for word in term]
        self.whole = {word.text for word in words if not word.begins}
        self.starts = tuple(word.text for word in words if word.begins)

    def spans(self, text):
        """[(start, end)] of what to mark, in order, joined where they touch."""
        found = []
        for word in WORD.finditer(text):
            for start, end in self._in_word(word):
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], max(end, found[-1][1]))
                else:
                    found.append((start, end))
        return found

    def _in_word(self, word):
        if any(map(is_unspaced, word.group())):
            return self._pairs(word)
        places = forms(normal(word.group()), self.language)
        known = {form for place in places for form in place}
        hit = known & self.whole or (self.starts and any(form.startswith(self.starts) for form in known))
        return [word.span()] if hit else []

    def _pairs(self, word):
        """Single characters and pairs that were asked for, and words between them."""
        text, spans, at = word.group(), [], 0
        for run in re.finditer(r"[a-zA-Z0-9]+|.", text, re.DOTALL):
            at = run.start()
            for size in (2, 1):
                piece = run.group() if len(run.group()) > 1 else text[at : at + size]
                if {form for place in forms(normal(piece), self.language) for form in place[-1:]} & self.whole:
                    spans.append((word.start() + at, word.start() + at + len(piece)))
                    break
        return spans

    def marked(self, text, spans=None):
        """The text as HTML with `mark` elements; all of it escaped."""
        pieces, at = [], 0
        for start, end in self.spans(text) if spans is None else spans:
            pieces += [(text[at:start], False), (text[start:end], True)]
            at = end
        pieces.append((text[at:], False))
        return format_html_join(
            "", "{}", ((format_html("<mark>{}</mark>", t) if hit else t,) for t, hit in pieces if t)
        )

    def excerpt(self, *texts):
        """A part of the first text that has a word (else of the first one), marked."""
        for text in texts:
            if spans := self.spans(text):
                return self._cut(text, spans)
        return self._cut(texts[0], [])

    def _cut(self, text, spans):
        start = max(0, spans[0][0] - BEFORE) if spans and spans[0][1] > LONGEST else 0
        if start:
            before = text[start : spans[0][0]]
            start += before.index(" ") + 1 if " " in before else 0
        part = text[start : start + LONGEST]
        if start + LONGEST < len(text):
            part = _edge.sub("", part) or part
        inside = [(a - start, b - start) for a, b in spans if a >= start and b - start <= len(part)]
        dots = ("… " if start else "", " …" if start + len(part) < len(text) else "")
        return format_html("{}{}{}", dots[0], self.marked(part, inside), dots[1])
