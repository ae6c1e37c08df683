"""HTML as a tree of elements: reads any HTML in linear time, within limits of size and depth, and writes it again."""

import re
from html import escape

from django.utils.translation import gettext as _
from lxml import etree

from .report import TooComplex
from .text import without_controls

SIZE = 1_000_000  # characters, pictures within the text (data:) not counted: half a long novel
DEPTH = 100  # levels; programs write fewer than 60
ELEMENTS = 30_000  # tags: five times a long report with tables, as Word writes it
PIECES = 250_000  # texts: each character code (&eacute;) is one

VOID = {"br", "hr", "img"}
BLOCKS = set("p h2 h3 ul ol li blockquote figure figcaption table caption thead tbody tfoot tr th td hr".split())

# lxml closes these tags where a block begins; their equivalents (`strong`, `em`, `span`) it keeps open, as browsers do.
SAME = {"b": "strong", "i": "em", "font": "span", "big": "span", "tt": "span"}
_ended_early = re.compile(rf"<(/?)({'|'.join(SAME)})(?=[\s/>])", re.IGNORECASE)
# The data of a picture that stands in its address; it is left out in any case, and may be megabytes.
_picture_data = re.compile(r"""(=\s{0,9}["']?data:)[^\s"'<>]{100,}""", re.IGNORECASE)


class Element:
    """A tag with its attributes and children: elements and texts. `mark` is a note of the cleaner's own."""

    __slots__ = ("attributes", "children", "mark", "tag")

    def __init__(self, tag, attributes=None, children=(), mark=None):
        self.tag, self.attributes, self.children, self.mark = tag, attributes or {}, list(children), mark

    def get(self, name):
        return self.attributes.get(name, "")

    @property
    def is_block(self):
        return self.tag in BLOCKS


def too_deep():
    return TooComplex(
        _("The HTML has more than %(limit)s levels of tags within tags. Paste it as plain text.") % {"limit": DEPTH}
    )


def too_many():
    return TooComplex(
        _("The HTML has more than %(limit)s tags. Paste it as plain text, or in parts.") % {"limit": f"{ELEMENTS:,}"}
    )


def too_long(length):
    return TooComplex(
        _("The text has %(count)s characters of HTML; %(limit)s is the limit.")
        % {"count": f"{length:,}", "limit": f"{SIZE:,}"}
    )


def checked(html):
    """Cleaned HTML, if it is within the limits of size."""
    if len(html) > SIZE:
        raise too_long(len(html))
    if len(html) > ELEMENTS and html.count("<") - html.count("</") > ELEMENTS:
        raise too_many()
    return html


class _Builder:
    """Receives the events of lxml's parser."""

    def __init__(self):
        self.root = Element("")
        self.open, self.elements, self.pieces = [self.root], 0, 0

    def start(self, tag, attributes):
        self.elements += 1
        if len(self.open) > DEPTH + 2:  # lxml adds `html` and `body` around the content
            raise too_deep()
        if self.elements > ELEMENTS:
            raise too_many()
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, tag):
        if len(self.open) > 1:
            self.open.pop()

    def data(self, text):
        self.pieces += 1
        if self.pieces > PIECES:
            raise too_many()
        self.open[-1].children.append(without_controls(text))

    def comment(self, text):
        """Left out; comments carry notes of programs, and Word's conditions."""

    def close(self):
        return self.root


def parse(html):
    """The root of the tree, whose tag is empty. Raises TooComplex."""
    if len(html) > SIZE:
        html = _picture_data.sub(r"\1", html)
    if len(html) > SIZE:
        raise too_long(len(html))
    if html.count("\n") > ELEMENTS:  # lines may become paragraphs
        raise too_many()
    html = _ended_early.sub(lambda tag: f"<{tag[1]}{SAME[tag[2].lower()]}", html)
    if not html.strip():
        return Element("", children=[html])
    return etree.fromstring(f"<body>{html}", parser=etree.HTMLParser(target=_Builder(), huge_tree=True))


def write(nodes):
    """The nodes as HTML. Raises TooComplex before more than SIZE is in memory: a link may be repeated often."""
    parts, size = [], 0

    def add(part):
        nonlocal size
        size += len(part)
        if size > SIZE:
            raise too_long(size)
        parts.append(part)

    _write(nodes, add)
    return without_controls("".join(parts))


def _write(nodes, add):
    for node in nodes:
        if isinstance(node, str):
            add(escape(node, quote=False))
            continue
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
        add(f"<{node.tag}{attributes}>")
        if node.tag not in VOID:
            _write(node.children, add)
            add(f"</{node.tag}>")


def elements(node):
    return [child for child in node.children if not isinstance(child, str)]


def texts(node):
    """Yield the pieces of text of a node, in order."""
    if isinstance(node, str):
        yield node
    else:
        for child in node.children:
            yield from texts(child)


def text_of(node):
    return "".join(texts(node))


def excerpt(node, length=80):
    """The beginning of the node's text, for a report."""
    found = ""
    for number, piece in enumerate(texts(node)):
        found += piece[:length]
        if len(found) >= length or number > length:
            break
    return found


def has_content(nodes):
    """Whether the nodes hold a text that can be seen, a picture or a rule."""
    return any(
        bool(node.strip()) if isinstance(node, str) else node.tag in ("img", "hr") or has_content(node.children)
        for node in nodes
    )


def without_start(node, length):
    """Remove the first characters of a node's text; the number of those that are still to be removed."""
    for at, child in enumerate(node.children):
        if not length:
            break
        if isinstance(child, str):
            node.children[at] = child[length:]
            length = max(0, length - len(child))
        else:
            length = without_start(child, length)
    return length


def paragraphs(html):
    """[HTML of each block of cleaned HTML], in order: paragraphs, lists, tables, and texts between them."""
    root = parse(html)
    while len(found := elements(root)) == 1 and found[0].tag in ("html", "body"):
        root = found[0]
    return [write([node]) for node in root.children if not isinstance(node, str) or node.strip()]
