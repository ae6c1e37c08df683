"""What changed between two texts of HTML: the new text, with what was added in `ins` and what was removed in `del`.

Both texts are cleaned first. Blocks (paragraphs, list items, cells of tables) are aligned, then compared word by word.
`ins` and `del` stand within the blocks, around words whose tags are closed in them, so the result is valid HTML.
"""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ..html import TooComplex, clean, plain
from ..html.tree import BLOCKS, VOID, Element, parse, texts, write
from . import word_diff
from .word_diff import Limit

SIMILAR = 0.4  # share of words that two blocks must have in common to be compared word by word
LOOK_AHEAD = 6  # blocks


@dataclass(frozen=True)
class Block:
    """One top-level block of the compared text."""

    html: SafeString
    is_changed: bool


class Token(NamedTuple):
    """A word or a void element within its inline tags. `tags` are their start tags, the outermost first."""

    text: str
    tags: tuple
    html: str


def marked(what, html):
    """The HTML as added ("ins") or removed ("del"). The first words are for screen readers."""
    label = _("added:") if what == "ins" else _("removed:")
    return f'<{what}><span class="visually-hidden">{escape(label)} </span>{html}</{what}>'


def text_changes(old, new, limit=None):
    """Two plain texts as one text of HTML, compared word by word."""
    old_words, new_words = (
        [Token(word, (), escape(word, quote=False)) for word in word_diff.words(text)] for text in (old, new)
    )
    return mark_safe(_tokens_compared(old_words, new_words, limit or Limit()))


def html_changes(old, new, limit=None):
    """[Block] of two texts of HTML. Texts that are too complex to be cleaned are compared as plain texts."""
    limit = limit or Limit()
    try:
        trees = [_blocks(parse(clean(html)).children) for html in (old, new)]
    except TooComplex:
        return [Block(format_html("<p>{}</p>", text_changes(plain(old), plain(new), limit)), True)]
    return [Block(mark_safe(html), is_changed) for html, is_changed in _blocks_compared(*trees, limit)]


def blocks_of(html):
    """[the HTML of each top-level block of a text, cleaned]; one block of plain text if it is too complex."""
    try:
        return [mark_safe(_written(block)) for block in _blocks(parse(clean(html)).children)]
    except TooComplex:
        return [format_html("<p>{}</p>", plain(html))]


def _blocks(nodes):
    """The children as blocks: `html` and `body` opened, inline content between blocks in an element without a tag."""
    found = []
    for node in nodes:
        if not isinstance(node, str) and node.tag in ("html", "body"):
            found += _blocks(node.children)
        elif not isinstance(node, str) and node.is_block:
            found.append(node)
        elif isinstance(node, str) and not node.strip() and (not found or found[-1].tag):
            continue
        elif found and not found[-1].tag:
            found[-1].children.append(node)
        else:
            found.append(Element("", children=[node]))
    return found


def _has_blocks(element):
    return any(not isinstance(child, str) and child.tag in BLOCKS for child in element.children)


def _blocks_compared(old, new, limit):
    """Yield (HTML, whether it changed) of two lists of blocks."""
    old_html, new_html = ([_written(block) for block in blocks] for blocks in (old, new))
    for what, i, j, k, m in word_diff.steps(old_html, new_html, limit):
        if what == "equal":
            yield from ((html, False) for html in new_html[k:m])
        else:
            for before, after in _pairs(old[i:j], new[k:m]):
                yield _pair_compared(before, after, limit), True


def _pairs(old, new):
    """Yield (old block, new block): of two similar ones, or one with None."""
    next_new = 0
    new_counts = [word_diff.counted(" ".join(texts(block))) for block in new]
    for block in old:
        counts = word_diff.counted(" ".join(texts(block)))
        ahead = range(next_new, min(len(new), next_new + LOOK_AHEAD))
        likely = [at for at in ahead if new[at].tag == block.tag]
        best = max(likely, key=lambda at: word_diff.likeness(counts, new_counts[at]), default=None)
        if best is None or word_diff.likeness(counts, new_counts[best]) < SIMILAR:
            yield block, None
            continue
        yield from ((None, one) for one in new[next_new:best])
        yield block, new[best]
        next_new = best + 1
    yield from ((None, one) for one in new[next_new:])


def _pair_compared(before, after, limit):
    if before is None or after is None:
        return _whole(after or before, "ins" if before is None else "del")
    if _has_blocks(before) or _has_blocks(after):
        inner = "".join(
            html for html, _changed in _blocks_compared(_blocks(before.children), _blocks(after.children), limit)
        )
    else:
        inner = _tokens_compared(list(_tokens(before.children)), list(_tokens(after.children)), limit)
    return _within(after, inner)


def _whole(block, what):
    """A block of which all was added or removed: its words are marked within it."""
    if block.tag == "hr":
        return marked(what, "<hr>")
    if _has_blocks(block):
        return _within(block, "".join(_whole(child, what) for child in _blocks(block.children)))
    inner = write(block.children)
    return _within(block, marked(what, inner) if inner.strip() else inner)


def _tokens_compared(old, new, limit):
    def length(start, end):
        return sum(len(token.text) for token in old[start:end])

    numbers, found = {}, []  # numbers are compared quicker than words with their tags
    keys = [[numbers.setdefault((one.text.strip(), one.tags), len(numbers)) for one in some] for some in (old, new)]
    for what, i, j, k, m in word_diff.join_short_equals(word_diff.steps(*keys, limit), length):
        if what == "equal":
            found.append(_joined(new[k:m]))
            continue
        found += [marked("del", _joined(old[i:j]))] if j > i else []
        found += [marked("ins", _joined(new[k:m]))] if m > k else []
    return "".join(found)


def _joined(tokens):
    """The tokens as HTML; neighbours within the same tags share them."""
    found, open_tags = [], ()
    for token in tokens:
        if token.tags != open_tags:
            found += [*_ends(open_tags), *token.tags]
            open_tags = token.tags
        found.append(token.html)
    return "".join([*found, *_ends(open_tags)])


def _ends(tags):
    return [f"</{tag[1:].split('>')[0].split(' ')[0]}>" for tag in reversed(tags)]


def _tokens(nodes, tags=()):
    for node in nodes:
        if isinstance(node, str):
            yield from (Token(word, tags, escape(word, quote=False)) for word in word_diff.words(node))
        elif node.tag in VOID:
            yield Token(_start(node), tags, _start(node))
        else:
            yield from _tokens(node.children, (*tags, _start(node)))


def _start(element):
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.attributes.items())
    return f"<{element.tag}{attributes}>"


def _within(element, inner):
    return f"{_start(element)}{inner}</{element.tag}>" if element.tag else inner


def _written(block):
    return write([block] if block.tag else block.children)
