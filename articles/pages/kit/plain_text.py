"""Cleaned HTML as plain text that can be printed: paragraphs, lists, tables, addresses of links; no pictures."""

import re

from ...html.tree import Element, parse

BULLET, RULE = "• ", "* * *"
CELLS = " | "
INDENT = "  "
_blank = re.compile(r"[ \t\n\r\f]+")
_lists = {"ul", "ol"}
_containers = {"", "html", "body", "blockquote", "table", "thead", "tbody", "tfoot", "figure"}


def readable(html, absolute=lambda address: address):
    """The text; a blank line between two blocks. `absolute` completes the addresses of links to own pages."""
    return "\n\n".join(_blocks(parse(html), absolute))


def _blocks(node, absolute):
    """The texts of a node's blocks."""
    found, line = [], []
    for child in node.children:
        if isinstance(child, str) or not (child.is_block or child.tag in _containers):
            line.append(child)
            continue
        found += _paragraph(line, absolute)
        line = []
        found += _block(child, absolute)
    return found + _paragraph(line, absolute)


def _block(node, absolute):
    if node.tag == "figure" and not any(child.tag == "table" for child in node.children if not isinstance(child, str)):
        return []  # pictures have files of their own
    if node.tag == "hr":
        return [RULE]
    if node.tag in _lists:
        return ["\n".join(_items(node, absolute))]
    if node.tag in ("thead", "tbody", "tfoot", "table"):
        return _table(node, absolute)
    if node.tag in _containers:
        return _blocks(node, absolute)
    return _paragraph(node.children, absolute)


def _items(node, absolute, indent=""):
    """The lines of a list, those of lists within it further in."""
    start = node.get("start")
    number = int(start) if start.isdecimal() else 1
    for child in node.children:
        if isinstance(child, str):
            continue
        mark = f"{number}. " if node.tag == "ol" else BULLET
        inner = [one for one in child.children if not isinstance(one, str) and one.tag in _lists]
        rest = [one for one in child.children if one not in inner]
        lines = "\n".join(_blocks(_without_tag(rest), absolute)).split("\n")
        yield indent + mark + lines[0]
        yield from (f"{indent}{INDENT}{line}" for line in lines[1:] if line)
        for one in inner:
            yield from _items(one, absolute, indent + INDENT)
        number += 1


def _without_tag(children):
    return Element("", children=children)


def _table(node, absolute):
    caption, rows = [], []
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag == "caption":
            caption = _paragraph(child.children, absolute)
        elif child.tag == "tr":
            cells = (one for one in child.children if not isinstance(one, str))
            rows.append(CELLS.join(" ".join(" ".join(_blocks(cell, absolute)).split()) for cell in cells))
        else:
            rows += _table(child, absolute)
    return caption + (["\n".join(rows)] if rows else [])


def _paragraph(nodes, absolute):
    """[the text of inline nodes], or nothing if it is blank; `<br>` begins a new line."""
    text = _blank.sub(" ", "".join(_inline(nodes, absolute))).replace("\v", "\n")
    text = "\n".join(line.strip() for line in text.split("\n")).strip()
    return [text] if text else []


def _inline(nodes, absolute):
    """The texts of inline nodes; what is struck out holds no longer."""
    for node in nodes:
        if isinstance(node, str):
            yield node.replace("\v", " ")
        elif node.tag == "br":
            yield "\v"
        elif node.tag == "a":
            text = "".join(_inline(node.children, absolute))
            yield text + _address(node.get("href"), text, absolute)
        elif node.tag not in ("s", "img", "figure"):
            yield from _inline(node.children, absolute)


def _address(href, text, absolute):
    """ " (address)" behind the text of a link, unless the text is the address."""
    shown = href.removeprefix("mailto:").removeprefix("tel:")
    if not shown or shown.rstrip("/") in text:
        return ""
    return f" ({absolute(shown) if shown.startswith('/') else shown})"
