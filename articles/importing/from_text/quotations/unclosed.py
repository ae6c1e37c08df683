"""Quotations whose marks are open at the end of a paragraph: how the next one goes on with them."""

from dataclasses import replace

from .spans import CLOSE


def as_next_paragraph(line, following, mark):
    """The line with an opening mark in front if it goes on with a quotation that `mark` has opened, else the line.

    Such a line may begin with the closing mark, as in French and Spanish, or with none. `following`: further texts.
    """
    closing = CLOSE[mark]
    if line.text[:1] in closing and mark not in closing:
        return replace(line, text=mark + line.text[1:])
    if mark in closing or line.text.startswith(mark) or not _closes([line.text, *following], mark, closing):
        return line
    return replace(line, text=mark + line.text, start=line.start - 1)


def _closes(texts, mark, closing):
    """Whether the first mark in these texts is a closing one."""
    for text in texts:
        for letter in text:
            if letter == mark:
                return False
            if letter in closing:
                return True
    return False
