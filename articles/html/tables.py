"""Repairs figures and tables: captions, header cells, elements in wrong places."""

from .blocks import BOUNDARY, holds_picture, inlined
from .tree import Element, elements

OF_LAYOUT = ("cellpadding", "cellspacing", "width", "bgcolor", "background", "align")


def as_paragraph(node):
    return Element("p", node.attributes, node.children) if getattr(node, "tag", "") == "figcaption" else node


def with_caption(nodes):
    """The content of a figure; text that stands loose beside the picture is its caption."""
    loose = [node for node in nodes if isinstance(node, str) and node.strip()]
    if not loose or any(getattr(node, "tag", "") == "figcaption" for node in nodes):
        return [node for node in nodes if node is not BOUNDARY]
    pictures = [node for node in nodes if node is not BOUNDARY and not isinstance(node, str) and is_shown(node)]
    words = [node for node in nodes if node is not BOUNDARY and node not in pictures]
    return [*pictures, Element("figcaption", {}, inlined(words))]


def is_shown(node):
    return node.tag in ("img", "table", "blockquote") or holds_picture([node])


def divided(nodes, tags):
    """(the elements with these tags and the blanks between them, all other nodes)"""
    parts = [node for node in nodes if (not node.strip() if isinstance(node, str) else node.tag in tags)]
    return parts, [node for node in nodes if (node.strip() if isinstance(node, str) else node.tag not in tags)]


def caption_first(parts):
    """(the parts of a table with its caption first, its further captions as paragraphs)"""
    captions = [part for part in parts if getattr(part, "tag", "") == "caption"]
    others = [part for part in parts if part not in captions] if captions else parts
    return captions[:1] + others, [Element("p", part.attributes, part.children) for part in captions[1:]]


def set_headings(table):
    """Make the first row header cells, unless the table has header cells, another table or only one row."""
    rows = _rows(table)
    cells = [cell for row in rows for cell in elements(row)]
    if len(rows) < 2 or any(cell.tag == "th" or holds_table(cell) for cell in cells):
        return
    for cell in elements(rows[0]):
        cell.tag = "th"
        cell.attributes = {"scope": "col"} | cell.attributes


def is_layout(element, table):
    """Whether a table only puts the text of a mailing or an old page in its place: one column without borders.

    `element`: the table as it was given, `table`: as it was repaired.
    """
    is_bare = element.get("border") in ("", "0") and any(name in element.attributes for name in OF_LAYOUT)
    if not is_bare and element.get("role") not in ("presentation", "none"):
        return False
    has_caption = any(part.tag == "caption" for part in elements(table))
    return not has_caption and all([cell.tag for cell in elements(row)] == ["td"] for row in _rows(table))


def contents_of(table):
    """The content of the cells of a table of one column, in order."""
    return [node for row in _rows(table) for cell in elements(row) for node in (*cell.children, BOUNDARY)]


def _rows(table):
    parts = [part for part in elements(table) if part.tag != "caption"]
    return [row for part in parts for row in ([part] if part.tag == "tr" else elements(part))]


def holds_table(node):
    return not isinstance(node, str) and any(
        not isinstance(child, str) and (child.tag == "table" or holds_table(child)) for child in node.children
    )
