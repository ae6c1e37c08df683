"""Takes a pasted text or HTML apart into lines, each with its place in the text and its HTML."""

import re
from dataclasses import dataclass, replace
from html import escape
from itertools import accumulate, pairwise

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from ...html import clean, plain, without_controls
from ...html.tree import Element, elements, parse, text_of, without_start, write
from .layout import content, rows_of, without_layout
from .messages import without_signs

LARGEST = 200 * 1024  # bytes in UTF-8
TAG = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|li|table|body|html|article|section|span|a)\b[^<>]{0,2000}>", re.I)
NOT_TEXT = re.compile(r"<(script|style|head|nav|footer|button|select)\b[^<>]{0,2000}>", re.I)
MOST_QUOTED = 8  # lines of a quotation; a block quotation with more is an e-mail that was forwarded
MOST_NODES = 3000  # blocks of HTML; all that follow are taken as one
WRAPPED = range(50, 91)  # characters of a line that a program has wrapped
CHINESE_END = ("。", "！", "？", "”", "」", "：", "；")  # Chinese has no spaces at which a line can be broken
COLUMNS = re.compile(r"\S {4,}\S")  # blanks between two columns
FEWEST_BROKEN = 5  # such lines of a text
DIVIDED = re.compile(
    r"(?<=[^\W\d_])[-\u00ad\u2010]\n[ \t]*(?=[a-zà-ÿœа-яё])"
)  # "fire-" at the end of a line, and "wood" below
INDENT = re.compile(r"(?<![ \t])[ \t]*+\n[ \t]*")  # of a line that goes on
URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»()\[\]（）「」，。、；؛،\u4e00-\u9fff]{3,500}", re.I)
# An address without a beginning: "unwto.example/report", "example.org". Never sure.
BARE_URL = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:[a-z]{2,10}/[^\s<>\"“”«»()\[\]（）「」，。、；؛،\u4e00-\u9fff]{1,200}"
    r"|(?:org|int|com|net|eu|gov|edu|info|ngo|ch|fr|es|ru|cn|uk)(?![\w@.-]))"
)
_item = re.compile(r"[-•*] +(?=\S)")
URL_END = ".,;:!?'’…/" + "\u060c"


class TooLong(ValueError):
    """The text is larger than LARGEST; the sentence is for the person who pasted it."""


@dataclass(frozen=True)
class Line:
    """A paragraph or line: its place in the text; `group` counts the blocks of HTML; `gap`: an empty line before it."""

    start: int
    text: str
    group: int
    gap: bool = False
    is_heading: bool = False
    is_wrapped: bool = False  # several lines of the text were taken for one
    is_quoted: bool = False  # in a block quotation of HTML
    is_item: bool = False  # of a list of HTML

    @property
    def end(self):
        return self.start + len(self.text)


@dataclass(frozen=True)
class Lines:
    """`text`, its lines, the HTML of each group, and [(address, place in the text)] of links with another text.

    joints: where words that were divided at the end of a line were made one. Perhaps they have a hyphen.
    """

    text: str
    lines: list
    groups: list
    anchors: list
    joints: tuple = ()


def take_apart(text):
    """The Lines of a text or of HTML. Raises TooLong, and TooComplex of the cleaner."""
    if len(text) > LARGEST or len(text.encode("utf-8", "ignore")) > LARGEST:
        raise TooLong(_("The text is larger than %(size)s.") % {"size": filesizeformat(LARGEST)})
    text = without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\ufeff", "")
    return _of_html(text) if TAG.search(text) else _of_plain(without_signs(text))


def _of_plain(text):
    lines, groups, joints, kept, size, at = [], [], [], [], 0, 0
    for start, end, gap in _paragraphs(text):
        size += start - at
        parts = [INDENT.sub("\n", part) for part in DIVIDED.split(text[start:end])]
        joined = "".join(parts)
        kept += [text[at:start], joined]
        joints += [size + length for length in accumulate(map(len, parts[:-1]))]
        lines.append(Line(size, joined.replace("\n", " "), len(groups), gap, is_wrapped="\n" in text[start:end]))
        groups.append(f"<p>{linked(lines[-1].text)}</p>")
        size, at = size + len(joined), end
    return Lines("".join(kept) + text[at:], *_with_lists(lines, groups), [], tuple(joints))


def _with_lists(lines, groups):
    """(lines, groups): neighbouring lines that begin with a hyphen are one list. With a dash, people speak."""
    lines, start = [*lines], 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not lines[at].gap and _item.match(lines[at].text) and _item.match(lines[start].text):
            continue
        if at - start > 1:
            items = (linked(line.text[_item.match(line.text).end() :]) for line in lines[start:at])
            groups[lines[start].group] = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
            lines[start:at] = [replace(line, group=lines[start].group) for line in lines[start:at]]
        start = at
    return lines, groups


def _paragraphs(text):
    """Yield (start, end, whether an empty line is before it) of each line; lines that were wrapped are one."""
    block, gap = [], False
    width = _width(text)
    at = 0
    for raw in [*text.split("\n"), ""]:
        start = at + len(raw) - len(raw.lstrip())
        if stripped := raw.strip():
            block.append((start, start + len(stripped)))
        elif block:
            yield from _of_block(block, gap, text, width)
            block, gap = [], True
        at += len(raw) + 1


def _width(text):
    """The width at which a program has broken the lines of a text, or None if none has: all lines are as short."""
    lines = [line.strip() for line in text.split("\n")]
    longest = max((len(line) for line, after in pairwise(lines) if after), default=0)
    if longest not in WRAPPED or max(map(len, lines)) > WRAPPED.stop:
        return None
    broken = [bool(line and after) and _did_not_fit(line, after, longest) for line, after in pairwise(lines)]
    return longest if sum(broken) >= FEWEST_BROKEN else None


def _did_not_fit(line, after, width):
    """Whether the first word of the next line had no more room in a line."""
    ends = line.endswith(CHINESE_END) or COLUMNS.search(line) or COLUMNS.search(after)
    return not ends and len(line) + 1 + len(after.split(" ", 1)[0]) > width


def _of_block(block, gap, text, width):
    """A block without empty lines is one paragraph if all of its lines but the last have the length of wrapped ones."""
    if _is_wrapped(block, text):
        yield block[0][0], block[-1][1], gap
        return
    begin = block[0][0]
    for (start, end), (following, last) in pairwise([*block, (0, 0)]):
        if last and width and _did_not_fit(text[start:end], text[following:last], width):
            continue
        yield begin, end, gap
        gap, begin = False, following


def _is_wrapped(block, text):
    lengths = [end - start for start, end in block[:-1]]
    if not lengths or not all(length in WRAPPED for length in lengths) or block[-1][1] - block[-1][0] >= WRAPPED.stop:
        return False
    if any(COLUMNS.search(text[start:end]) for start, end in block):
        return False
    # Two lines may be a headline and what stands below it.
    first, second = text[slice(*block[0])], text[slice(*block[1])]
    return len(block) > 2 or second[:1].islower() or first.endswith((",", "،"))


def _of_html(html):
    root = without_layout(clean(_without_machinery(html)))
    lines, groups, anchors, text = [], [], [], ""
    rest = Element("", children=root.children[MOST_NODES:])
    for node in [*root.children[:MOST_NODES], *([rest] if rest.children else [])]:
        shown = [line for line in _lines_of(node) if line.strip()]
        if not shown:
            continue
        heading = isinstance(node, Element) and node.tag in ("h2", "h3")
        quoted = isinstance(node, Element) and node.tag == "blockquote" and len(shown) <= MOST_QUOTED
        item = isinstance(node, Element) and node.tag in ("ul", "ol")
        text += "\n\n" if text else ""
        for number, line in enumerate(shown):
            text += "\n" if number else ""
            gap = bool(lines) and not number
            lines.append(
                Line(len(text), line, len(groups), gap=gap, is_heading=heading, is_quoted=quoted, is_item=item)
            )
            text += line
        first = len(text) - len("\n".join(shown))
        anchors += [(address, *_place(words, text, first)) for address, words in _addresses(node)]
        groups.append(f"<p>{linked(node.strip())}</p>" if isinstance(node, str) else _html_of(node))
    return Lines(text, lines, groups, anchors)


def _html_of(node):
    return write([node] if node.tag else node.children)


def _without_machinery(html):
    """Without scripts, styles, and the parts of a page that are not its text. Each is looked for once."""
    kept, at, small = [], 0, html.lower()
    while found := NOT_TEXT.search(html, at):
        end = small.find(f"</{found[1].lower()}", found.end())
        if end < 0:
            break
        kept.append(html[at : found.start()])
        close = html.find(">", end)
        at = close + 1 if close >= 0 else len(html)
    return "".join(kept) + html[at:]


def _lines_of(node):
    if isinstance(node, str):
        return [" ".join(node.split())]
    if not node.tag:
        return [plain(write(node.children))]
    if node.tag == "blockquote":
        rows = [part for child in node.children for part in re.split(r"<br\s*/?>", write([child]))]
        return [" ".join(plain(row).split()) for row in rows]
    if node.tag in ("ul", "ol"):
        return [" ".join(plain(write([child])).split()) for child in node.children]
    if node.tag == "table":
        return ["\t".join(plain(write([cell])) for cell in elements(row)).strip() for row in rows_of(node)]
    return [" ".join(plain(part).split()) for part in re.split(r"<br\s*/?>", write([node]))]


def _addresses(node):
    """Yield (address, words that are the link) of each link in a node."""
    if isinstance(node, str):
        return
    if node.tag == "a" and node.get("href").startswith("http"):
        yield node.get("href"), " ".join(plain(write(node.children)).split())
    for child in node.children:
        yield from _addresses(child)


def _place(words, text, first):
    """(start, end) of the words of a link in the text of a block that begins at `first`."""
    at = text.find(words, first)
    return (at, at + len(words)) if at >= 0 else (first, len(text))


def addresses(text):
    """Yield (address, start, end) of each in a text, without the punctuation of the sentence."""
    plain = list(URL.finditer(text))
    taken = [found.span() for found in plain]
    bare = [found for found in BARE_URL.finditer(text) if not any(start <= found.start() < end for start, end in taken)]
    for found in sorted([*plain, *bare], key=lambda match: match.start()):
        address = found[0].rstrip(URL_END.replace("/", ""))
        yield address, found.start(), found.start() + len(address)


def linked(text):
    """The text as HTML, with its addresses as links."""
    if "://" not in text:
        return escape(text, quote=False)
    parts, at = [], 0
    for address, start, end in addresses(text):
        if address.lower().startswith("http"):
            shown = escape(address)
            parts += [escape(text[at:start], quote=False), f'<a href="{shown}">{shown}</a>']
            at = end
    return "".join(parts) + escape(text[at:], quote=False)


def without_beginning(html, length):
    """The HTML of a paragraph without the first characters of its text, such as a dateline."""
    root = content(parse(html))
    blank = len(text_of(root)) - len(text_of(root).lstrip())
    without_start(root, length + blank)
    return write(root.children)
