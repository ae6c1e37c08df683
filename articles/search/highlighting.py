"""Where a reader's words are in a text, and the text or an excerpt around them as HTML that marks them."""

import re
from html import escape
from itertools import chain

from .analysis import WORD, forms, has_unspaced, normal
from .query import ask

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
        self._known = {}  # words of texts, and whether they are to be marked
        initials = "".join({word.text[0] for word in words})
        # Stemmers cut and change the ends of words, so that in plain ASCII most words can be passed over.
        self._plain = re.compile(rf"(?<![a-z0-9])[{initials}][a-z0-9]*", re.IGNORECASE) if initials.isalnum() else WORD

    def spans(self, text):
        """[(start, end)] of what to mark, in order, joined where they touch."""
        found = []
        for word in self._words(text):
            for start, end in self._in_word(word):
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], max(end, found[-1][1]))
                else:
                    found.append((start, end))
        return found

    def _words(self, text):
        return (self._plain if text.isascii() else WORD).finditer(text)

    def _in_word(self, word):
        text = word.group()
        if has_unspaced(text):
            return self._pairs(word)
        if text not in self._known:
            self._known[text] = self._is_asked(text)
        return [word.span()] if self._known[text] else []

    def _is_asked(self, text):
        known = {form for place in forms(normal(text), self.language) for form in place}
        return bool(known & self.whole) or any(form.startswith(self.starts) for form in known if self.starts)

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

    def marked(self, text):
        """The text as HTML with `mark` elements; all of it escaped."""
        pieces, at = [], 0
        for start, end in self.spans(text):
            pieces += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
            at = end
        return "".join((*pieces, escape(text[at:])))

    def excerpt(self, standfirst, texts):
        """The standfirst if it has a word, else a part of the first of the texts that has one (else the standfirst)."""
        for text in chain([standfirst], texts):
            if first := self._first(text):
                return self._cut(text, first)
        return self._cut(standfirst, None)

    def _first(self, text):
        """Where the first word to mark is."""
        return next((span for word in self._words(text) for span in self._in_word(word)), None)

    def _cut(self, text, first):
        start = max(0, first[0] - BEFORE) if first and first[1] > LONGEST else 0
        if start:
            before = text[start : first[0]]
            start += before.index(" ") + 1 if " " in before else 0
        part = text[start : start + LONGEST]
        if start + LONGEST < len(text):
            part = _edge.sub("", part) or part
        return f"{'… ' if start else ''}{self.marked(part)}{' …' if start + len(part) < len(text) else ''}"
