"""Repairs the content of blocks: makes paragraphs and lists from lines, and takes blocks out of inline elements."""

import re

from . import lists
from .tree import Element, excerpt, has_content, text_of, texts

# Between two nodes: the end of a `div` or another container without a meaning of its own.
BOUNDARY = Element("boundary")
_blank_line = re.compile(r"\n[ \t\r\xa0]*\n\s*")
_divided_word = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[-\u00ad\u2010]\n[ \t]*([a-zà-ÿœа-яё]+)")
HARD_WRAPPED = range(50, 81)  # characters of a line that a mail program has ended


_word_heading = re.compile(r"\bMso(?:Heading([1-9])|(Title))\b")
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}


def heading_of(element):
    """The tag of the heading that an element is, also by its role or Word's class; "" if it is none."""
    if element.tag in HEADINGS or element.tag not in ("p", "div"):
        return HEADINGS.get(element.tag, "")
    if element.get("role") == "heading":
        return HEADINGS.get(f"h{element.get('aria-level').strip()}", "h2")
    found = _word_heading.search(element.get("class"))
    return HEADINGS.get(f"h{found[1] or 1}", "h3") if found else ""


def is_inline(node):
    return isinstance(node, str) or not (node.is_block or node is BOUNDARY)


def is_break(node):
    return not isinstance(node, str) and node.tag == "br"


def runs(nodes, keeps_boundaries=False):
    """Yield (True, list of neighbouring inline nodes) and (False, [block]), in order."""
    run = []
    for node in nodes:
        if is_inline(node):
            run.append(node)
            continue
        if run:
            yield True, run
            run = []
        if keeps_boundaries or node is not BOUNDARY:
            yield False, [node]
    if run:
        yield True, run


def holds_picture(nodes):
    return any(not isinstance(node, str) and (node.tag == "img" or holds_picture(node.children)) for node in nodes)


def wrapped(nodes, tag, attributes=None, mark=None):
    """The nodes with their inline content within a tag, also that of the blocks among them."""
    found = []
    for inline, run in runs(nodes, keeps_boundaries=True):
        if inline:
            wraps = has_content(run) if mark != "style" else any(piece.strip() for node in run for piece in texts(node))
            found += [Element(tag, dict(attributes or {}), run, mark)] if wraps else run
            continue
        (node,) = run
        if node is not BOUNDARY and not (tag == "strong" and node.tag in ("h2", "h3", "th")):
            node.children = wrapped(node.children, tag, attributes, mark)
        found.append(node)
    return found


def append_inline(out, node):
    """Append a node; formatting read from styles joins the same formatting before it."""
    last = out[-1] if out else None
    if (
        isinstance(node, Element)
        and isinstance(last, Element)
        and node.tag == last.tag
        and node.mark == last.mark == "style"
    ):
        last.children += node.children
    else:
        out.append(node)


def inlined(nodes):
    """Only inline content: blocks are replaced by theirs, with a blank between."""
    found = []
    for at, node in enumerate(nodes):
        if is_inline(node):
            found.append(node)
        elif node is not BOUNDARY:
            found += [" ", *inlined(node.children), " "]
        elif found and at + 1 < len(nodes):
            found.append(" ")
    return found


class Paragraphs:
    """Makes paragraphs and lists; `reads_lines`: line breaks of the text count, because it has no tags for lines."""

    def __init__(self, findings, reads_lines):
        self.findings, self.reads_lines = findings, reads_lines

    def flow(self, nodes):
        """The content of the text or of a quote: blocks only, inline content becomes paragraphs."""
        found = []
        for inline, nodes_of_run in runs(nodes):
            found += self.from_lines(nodes_of_run) if inline else nodes_of_run
        return lists.recognised(found, self.findings)

    def cell(self, nodes):
        """The content of a table cell or list item: paragraphs only where containers were."""
        pieces = list(runs(nodes))
        several = sum(inline and has_content(run) for inline, run in pieces) > 1 and BOUNDARY in nodes
        found = []
        for inline, run in pieces:
            found += self.from_lines(run) if inline and several else run
        return lists.recognised(found, self.findings)

    def paragraph(self, attributes, nodes, mark=None):
        """A `p` element of the given HTML, and what else it holds: blocks, or paragraphs divided by `br br`."""
        found = []
        for inline, run in runs(nodes):
            if not inline:
                found += run
            elif has_content(run):
                groups = [group for group in _groups(run) if has_content(group)]
                found += self._lines(groups, attributes) if self._changes(groups) else [Element("p", attributes, run)]
        if mark and found and found[0].tag == "p":
            found[0].mark = mark
        return found

    def _changes(self, groups):
        return len(groups) > 1 or lists.is_list(lines_of(groups[0]))

    def within(self, nodes, attributes):
        """The content of a container with a language or direction, which its blocks take over."""
        found = []
        for inline, run in runs(nodes, keeps_boundaries=True):
            if not inline and run[0] is not BOUNDARY and run[0].tag != "hr":
                run[0].attributes = attributes | run[0].attributes
            found += self.from_lines(run, attributes) if inline and not holds_picture(run) else run
        return found

    def from_lines(self, run, attributes=None):
        """Paragraphs from inline content that stands in none."""
        if not has_content(run):
            return ["\n"] if any("\n" in node for node in run if isinstance(node, str)) else []
        if any(isinstance(node, str) and "\n" in node for node in run):
            run = self._with_breaks(run)
        return self._lines([group for group in _groups(run) if has_content(group)], attributes or {})

    def _with_breaks(self, run):
        """Blank lines as two breaks, and the other line ends as one, if lines count."""
        has_blank_lines = any(isinstance(node, str) and _blank_line.search(node) for node in run)
        by_line = self.reads_lines and not has_blank_lines and _are_sentences("".join(map(text_of, run)))
        found = []
        for node in run:
            if not isinstance(node, str) or "\n" not in node:
                found.append(node)
                continue
            for number, part in enumerate(_blank_line.split(node)):
                found += [Element("br"), Element("br")] if number else []
                found += _broken(part, 2 if by_line else 1) if self.reads_lines else [part]
        return found

    def _lines(self, groups, attributes):
        made = []
        for group in groups:
            made += lists.from_lines(lines_of(group), attributes, self.findings)
        paragraphs = [element for element in made if element.tag == "p"]
        if len(paragraphs) > 1:
            self.findings.add("paragraphs_made", excerpt(paragraphs[0]), len(paragraphs))
        return made


def _are_sentences(text):
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return all(line[-1] in '.!?:…。！？؟”»"' for line in lines)


def _broken(text, breaks):
    """The lines of a text with `br` between them; with a blank where a mail program ended a line."""
    lines = text.split("\n")
    if len(lines) > 1 and all(len(line.strip()) in HARD_WRAPPED for line in lines[:-1]):
        return [" ".join(_divided_word.sub(lambda found: _undivided(found, text), text).split("\n"))]
    found = [lines[0]]
    for line in lines[1:]:
        found += [*(Element("br") for _ in range(breaks)), line]
    return found


def _undivided(found, text):
    """A word that was divided at the end of a line; with its hyphen if the text has it so elsewhere: "long-term"."""
    first, second = found.groups()
    return f"{first}-{second}" if f"{first}-{second}" in text else first + second


def _groups(run):
    """The run divided where two breaks follow each other."""
    group, pending = [], []
    for node in run:
        if is_break(node) or (pending and isinstance(node, str) and not node.strip()):
            pending.append(node)
            continue
        if sum(map(is_break, pending)) > 1:
            yield group
            group = []
        else:
            group += pending
        pending = []
        group.append(node)
    if sum(map(is_break, pending)) <= 1:
        group += pending
    yield group


def lines_of(group):
    """The lines of inline content: lists of nodes."""
    lines = [[]]
    for node in group:
        if is_break(node):
            lines.append([])
        else:
            lines[-1].append(node)
    return lines
