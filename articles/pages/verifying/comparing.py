"""Compares a pasted text with ours, word by word; quotation marks, dashes, case and white space do not count.

A pasted text may be a part of ours. Its blocks (paragraphs or lines) must stand in ours without a change, in their
order. What stands around the text (captions, labels, contacts) may stand anywhere.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import mark_safe

from ...review import html_changes, word_diff
from ...search.analysis import UNSEEN

SHINGLE = 4  # words
LINE_OF_MAIL = range(40, 101)  # characters: lines that a program has broken
LONGEST_CUT = 8  # words at the beginning or end of our paragraph that are left out of a difference
MOST_SHOWN = 20  # differences
SIMILAR = 0.3  # share of the words of a pasted block that one of our paragraphs must have to be compared with it
_ideographs = word_diff.IDEOGRAPHS
_word = re.compile(rf"[{_ideographs}]|(?:(?<=\s)|(?<=^))[-−+](?=\d)|\d+(?:[.,٫٬]\d+)*|[^\W_{_ideographs}]+|[%٪$€£]")
_unseen = re.compile(f"[{UNSEEN}]")


class Limit(word_diff.Limit):
    """Less work than a page of the desk may take: anybody may ask."""

    PAIRS, PAIRS_AT_ONCE = 100_000, 40_000


def words_of(text):
    """The words of a text as they are compared."""
    text = unicodedata.normalize("NFKC", _unseen.sub("", text)).casefold()
    return _word.findall(text.replace("'", "").replace("’", "").replace("−", "-"))


def joined(several):
    return f" {' '.join(several)} "


def shingles(several):
    return {tuple(several[at : at + SHINGLE]) for at in range(max(1, len(several) - SHINGLE + 1))}


def blocks(text):
    """[(text, its lines if it was joined)]: paragraphs or lines; lines that a mail program has broken are joined."""
    found = []
    for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line.lstrip("> ").strip() for line in paragraph.split("\n")]
        lines = [line for line in lines if line]
        if len(lines) > 1 and all(len(line) in LINE_OF_MAIL for line in lines[:-1]):
            found.append((" ".join(lines), lines))
        else:
            found += [(line, []) for line in lines]
    return found


@dataclass
class Block:
    """`lines`: the Blocks that it was joined of; it may be a list of long lines, and no paragraph."""

    text: str
    words: list
    lines: list = field(default_factory=list)


@dataclass
class Pasted:
    """A pasted text. `text` is as it came."""

    text: str

    @cached_property
    def blocks(self):
        found = (Block(text, words_of(text), _with_words(lines)) for text, lines in blocks(self.text))
        return [block for block in found if block.words]

    @cached_property
    def words(self):
        return [word for block in self.blocks for word in block.words]


def _with_words(lines):
    return [Block(line, several) for line in lines if (several := words_of(line))]


@dataclass
class Ours:
    """One of our texts in plain text: its paragraphs, and what stands around it.

    seen: the paragraphs as the page shows them, which is without the addresses of links.
    around: a list for each line of the page, of its parts: a program may break the line between them.
    """

    paragraphs: list
    around: list = field(default_factory=list)
    seen: list = field(default_factory=list)

    @cached_property
    def lists(self):
        return [words_of(paragraph) for paragraph in self.paragraphs]

    @cached_property
    def text(self):
        return joined([word for several in self.lists for word in several])

    @cached_property
    def texts(self):
        """The text as the plain text and as the page has it."""
        return [self.text, joined([word for paragraph in self.seen for word in words_of(paragraph)])]

    @cached_property
    def rest(self):
        return "\n".join(joined([word for part in parts for word in words_of(part)]) for parts in self.around)

    @cached_property
    def lines(self):
        """Lines and parts of lines around the text, without those that are a whole paragraph of it."""
        parts = {joined(words_of(part)) for several in self.around for part in several}
        return parts.union(self.rest.split("\n")) - {joined(several) for several in self.lists}

    @cached_property
    def pairs(self):
        """All neighbours: what has another pair cannot stand in it."""
        found = set()
        for text in (*self.texts, *self.rest.split("\n")):
            several = text.split()
            found.update(pairwise(several))
        return found

    def compared(self, pasted):
        """The Comparison with a Pasted."""
        found = [self._compared(pasted, text) for text in self.texts]
        return min(found, key=lambda one: (not one.is_same, len(one.other)))

    def _compared(self, pasted, text):
        other, at, in_order, number = [], 0, True, 0
        for block in self._found_blocks(pasted, text, other):
            needle = joined(block.words)
            if needle in self.lines or needle not in text:
                continue
            found = text.find(needle, at)
            if found < 0:
                found = text.find(needle)
                in_order = in_order and text.count(needle) > 1
            at, number = found + len(needle) - 1, number + len(block.words)
        return Comparison(self, other, in_order, number)

    def _found_blocks(self, pasted, text, other):
        """The blocks that are in the text or around it, as a whole or by their lines; the rest goes to `other`."""
        for block in pasted.blocks:
            if self._has(block, text):
                yield block
            elif block.lines and all(self._has(line, text) for line in block.lines):
                yield from block.lines
            else:
                other.append(block)

    def _has(self, block, text):
        if not all(pair in self.pairs for pair in pairwise(block.words)):
            return False
        needle = joined(block.words)
        return needle in text or needle in self.rest

    def likeness(self, pasted):
        """The share of the pasted runs of words that are ours, too: 0 to 1."""
        theirs = shingles(pasted.words)
        return len(theirs & shingles(self.text.split())) / len(theirs) if theirs else 0


@dataclass
class Comparison:
    """`other`: the blocks that are not ours; `number`: how many words of our text itself were found."""

    ours: Ours
    other: list
    in_order: bool
    number: int

    @property
    def is_same(self):
        return not self.other and self.in_order

    def differences(self):
        """([HTML of each block that is not ours, compared with the paragraph that is most like it], how many more)."""
        limit = Limit()
        return [self._difference(block, limit) for block in self.other[:MOST_SHOWN]], len(self.other[MOST_SHOWN:])

    def _difference(self, block, limit):
        counts = Counter(block.words)
        likes = [(Counter(several) & counts).total() / len(block.words) for several in self.ours.lists]
        best = max(range(len(likes)), key=likes.__getitem__, default=None)
        if best is None or likes[best] < SIMILAR:
            return mark_safe(html_changes.marked("ins", escape(block.text)))
        return _marked(self.ours.paragraphs[best], block.text, limit)


def _marked(old, new, limit):
    """Our paragraph as the pasted text has it; what was left out before and after a passage is "…"."""
    old_words, new_words = word_diff.words(old), word_diff.words(new)
    keys = [[" ".join(words_of(word)) for word in one] for one in (old_words, new_words)]
    steps = word_diff.steps(*keys, limit)
    parts = []
    for number, (what, i, j, k, m) in enumerate(steps):
        is_cut = what == "delete" and number in (0, len(steps) - 1) and j - i > LONGEST_CUT
        if is_cut:
            parts.append("… ")
        elif what == "equal":
            parts.append(escape("".join(new_words[k:m])))
        else:
            parts += [html_changes.marked("del", escape("".join(old_words[i:j])))] if j > i else []
            parts += [html_changes.marked("ins", escape("".join(new_words[k:m])))] if m > k else []
    return mark_safe("".join(parts))
