"""Tables of HTML: those that only place things on a page, as mail programs and old web sites use them, are taken apart.

`without_layout` gives the content of their cells one below the other. A table of words and numbers stays.
"""

from ...html import clean
from ...html.tree import Element, elements, parse, texts, write

MOST_CELLS = 3000  # of one text; tables beyond are left as they are
FEWEST_BREAKS = 2  # in a cell that holds lines of its own, such as a contact
CONTAINERS = ("html", "body")
BLOCKS = {"table", "h2", "h3", "ul", "ol", "blockquote", "figure", "hr"}


def without_layout(html):
    """The root of cleaned HTML, without tables that hold paragraphs, headings or other tables."""
    root = content(parse(html))
    left = [MOST_CELLS]
    flat = _flat(root.children, left)
    return content(parse(clean(write(flat)))) if left[0] < MOST_CELLS else root


def content(root):
    """The element that holds the blocks: `html` and `body` stand around them."""
    while len(found := elements(root)) == 1 and found[0].tag in CONTAINERS:
        root = found[0]
    return root


def rows_of(table):
    """The rows of a table, whatever part of it they stand in."""
    for part in elements(table):
        if part.tag == "tr":
            yield part
        elif part.tag in ("tbody", "thead", "tfoot"):
            yield from elements(part)


def _flat(nodes, left):
    found = []
    for node in nodes:
        if isinstance(node, str) or node.tag != "table" or left[0] <= 0 or not _is_layout(node):
            found.append(node)
            continue
        for cell in [cell for row in rows_of(node) for cell in elements(row)]:
            left[0] -= 1
            found.append(Element("div", children=_flat(cell.children, left)))
    return found


def _is_layout(table):
    """Whether a cell holds several blocks or lines, or no row has more than one cell with a text."""
    widest = 0
    for row in rows_of(table):
        cells = [cell for cell in elements(row) if any(piece.strip() for piece in texts(cell))]
        widest = max(widest, len(cells))
        if any(_has_blocks(cell) for cell in cells):
            return True
    return widest < 2


def _has_blocks(cell):
    inner = elements(cell)
    paragraphs = [one for one in inner if one.tag == "p"]
    if len(paragraphs) > 1 or any(one.tag in BLOCKS for one in inner):
        return True
    if sum(one.tag == "br" for one in inner) >= FEWEST_BREAKS:
        return True
    last = None
    for child in cell.children:
        if isinstance(child, str):
            last = child if child.strip() else last
        else:
            if child.tag == "br" and getattr(last, "tag", "") == "br":
                return True
            last = child
    return False
