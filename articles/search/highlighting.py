"""Where a reader's words are in a text, and the text or an excerpt around them as HTML that marks them."""

import re
from html import escape
from itertools import chain

from . import analysis
from .analysis import ASCII_TOKEN, TOKEN, forms, has_unspaced, normal
from .languages import numbers
from .query import ask

BEFORE, LONGEST = 60, 240  # characters of an excerpt before its first mark, and in all
# The end of a word that is cut off, where words are set apart.
_edge = re.compile(r"\s\S*\Z")
_word = re.compile(f"[^{analysis.JOINTS}]+")


def _tokens_with(initials):
    """A pattern of the tokens of ASCII text that begin with these; all tokens if some are no letters or digits.

    Stemmers cut and change the ends of words, so that in plain ASCII most words can be passed over.
    """
    if not initials.isalnum():
        return TOKEN
    letters = "".join(filter(str.isalpha, initials))
    if "e" in letters:  # that of "EE. UU.", too
        return re.compile(f"(?<![a-z0-9])(?=[{initials}])(?:{ASCII_TOKEN})", re.IGNORECASE)
    word = rf"(?!us\$)[{letters}](?:\.(?:[a-z]\.)*[a-z]\b\.?|[a-z0-9]*(?:['-][a-z0-9]+)*)"
    digits = "".join(filter(str.isdigit, initials))
    parts = [word] * bool(letters) + [f"(?=[{digits}])(?:{numbers.NUMBER})"] * bool(digits)
    return re.compile(f"(?<![a-z0-9])(?:{'|'.join(parts)})", re.IGNORECASE)


class Marks:
    """What to mark in a text of the language of a question: that of what somebody typed, or the one given."""

    def __init__(self, typed, language, question=None):
        self.language = language
        words = [word for word in (question or ask(typed, language)).words() if not word.text.startswith("=")]
        self.whole = {word.text for word in words if not word.begins}
        self.starts = tuple(word.text for word in words if word.begins)
        self._known = {}  # tokens of texts, and the spans to be marked in them
        self._initials = "".join({word.text.lstrip(analysis.CAPITALS)[0] for word in words})
        self._plain = _tokens_with(self._initials)

    def spans(self, text):
        """[(start, end)] of what to mark, in order, joined where they touch."""
        found = []
        for token in self._tokens(text):
            for start, end in self._in_token(token):
                if found and start <= found[-1][1]:
                    found[-1] = (found[-1][0], max(end, found[-1][1]))
                else:
                    found.append((start, end))
        return found

    def _tokens(self, text):
        return (self._plain if text.isascii() else TOKEN).finditer(text)

    def _in_token(self, token):
        text = token.group()
        known = self._known.get(text)
        if known is None:
            if has_unspaced(text):
                return self._pairs(token)
            known = self._known[text] = () if self._is_passed_over(text) else self._asked(text)
        return [(token.start() + start, token.start() + end) for start, end in known] if known else known

    def _is_passed_over(self, text):
        """Whether a token is a sign, or a word of ASCII that begins with another letter than all that are asked for."""
        is_plain = text.isascii() and text.isalnum() and self._initials.isalnum()
        return analysis.is_sign(text) or (is_plain and text[0].lower() not in self._initials)

    def _asked(self, text):
        """What to mark in a token: all of it, if it is one word or joined ("e-mail" for "email"), or its words."""
        parts = list(_word.finditer(text))
        if len(parts) == 1 or text[0].isdecimal():
            return [(0, len(text))] if self._is_asked(text) else []
        words, joined = analysis.split(normal(text))
        if joined and self.whole.intersection(analysis.stems(joined, self.language)):
            return [(0, len(text))]
        own = parts[len(parts) - len(words) :] if len(words) > 1 else [self._named(parts, words)]
        return [part.span() for part in own if self._is_asked(part.group())]

    @staticmethod
    def _named(parts, words):
        """The part that is the one word of a token: "eau" of "l’eau", "Amman" of "Amman’s"."""
        return next((part for part in parts if normal(part.group()) == words[0]), parts[-1])

    def _is_asked(self, text):
        known = {form for place in forms(normal(text), self.language) for form in place}
        return bool(known & self.whole) or any(form.startswith(self.starts) for form in known if self.starts)

    def _pairs(self, token):
        """Single characters and pairs that were asked for."""
        text, spans = token.group(), []
        for at in range(len(text)):
            for size in (2, 1):
                piece = text[at : at + size]
                if {form for place in forms(normal(piece), self.language) for form in place[-1:]} & self.whole:
                    spans.append((token.start() + at, token.start() + at + len(piece)))
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
        return next((span for token in self._tokens(text) for span in self._in_token(token)), None)

    def _cut(self, text, first):
        start = max(0, first[0] - BEFORE) if first and first[1] > LONGEST else 0
        if start:
            before = text[start : first[0]]
            start += before.index(" ") + 1 if " " in before else 0
        part = text[start : start + LONGEST]
        if start + LONGEST < len(text):
            part = _edge.sub("", part) or part
        return f"{'… ' if start else ''}{self.marked(part)}{' …' if start + len(part) < len(text) else ''}"
