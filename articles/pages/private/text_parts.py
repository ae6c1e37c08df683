"""The parts of a text to which a fact check takes remarks: headline, standfirst, and each block of body and notes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...html import TooComplex, paragraphs, plain

BEGINNING = 120  # characters


@dataclass
class Part:
    """`kind` is headline, summary, body or notes. `opens` marks the first block of the body, which has the dateline."""

    number: int
    kind: str
    text: str
    opens: bool = False

    @property
    def about(self):
        """The beginning of its text, by which editors find the place."""
        text = plain(self.text, with_struck=True) if self.kind in ("body", "notes") else self.text
        text = text or _("(picture)")
        return text if len(text) <= BEGINNING else f"{text[:BEGINNING].rsplit(' ', 1)[0]}…"


def parts(article):
    """[Part] of an article, numbered from 0 in the order of the text."""
    found = [("headline", article.headline), ("summary", article.summary)]
    found += [("body", block) for block in _blocks(article.body)]
    found += [("notes", block) for block in _blocks(article.notes_to_editors)]
    found = [Part(number, kind, text) for number, (kind, text) in enumerate((k, t) for k, t in found if t)]
    for part in found:
        if part.kind == "body":
            part.opens = True
            break
    return found


def _blocks(html):
    try:
        return paragraphs(html) if html else []
    except TooComplex:  # older than today's limits
        return [html]
