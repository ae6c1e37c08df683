"""Finds lists that are not marked up as lists: Word's paragraphs, lines that begin with a bullet, several levels."""

import re
from dataclasses import dataclass
from itertools import pairwise

from .tree import Element, excerpt, has_content, without_start

BULLETS = "·•▪◦‣●○■"
DASHES = "–*-"
_bullet = re.compile(rf"\s*([{BULLETS}])[\s\xa0]*")
_line_mark = re.compile(rf"\s*([{BULLETS}]|[{DASHES}](?=[\s\xa0]))[\s\xa0]*")
_any_mark = re.compile(
    rf"\s*([§o\uf0b7\uf0a7{BULLETS}{DASHES}]|\(?(?:\d{{1,3}}|[a-z]|[ivxlc]{{1,6}})[.)])[\s\xa0]+", re.IGNORECASE
)
_numbered = re.compile(r"\s*\(?(\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
_item_number = re.compile(r"[1-9][0-9]{0,4}\Z")
_google_level = re.compile(r"\blst-kix_\w+-(\d)\b")


@dataclass
class Item:
    """Notes that a paragraph is an item of a list."""

    level: int
    is_ordered: bool
    start: str = ""


def word_item(level, label):
    """The Item of a paragraph to which Word gave a level; `label` is the number or bullet that it shows."""
    number = _numbered.match(label)
    return Item(level, bool(number), number[1] if number and number[1].isdigit() else "")


def take_label(element):
    """The Item of a paragraph of Word's list style, by the label at its start, which is removed; or None."""
    found = _any_mark.match(excerpt(element))
    if not found:
        return None
    without_start(element, found.end())
    return word_item(1, found[1])


def recognised(nodes, findings):
    """The blocks of a container with lists instead of paragraphs that are items, and loose `li` within a list."""
    found, at = [], 0
    while at < len(nodes):
        items, end = _items_from(nodes, at)
        if items:
            if nodes[at].tag == "p":
                findings.add("list_recognised", excerpt(items[0][1]))
            found.append(nested(items))
            at = end
        else:
            _append(found, nodes[at])
            at += 1
    return found


def _items_from(nodes, at):
    """([(Item, li element)], end) of the items that begin at a node; ([], at) if none do."""
    node = nodes[at]
    if isinstance(node, str):
        return [], at
    if node.tag == "li":
        return _loose(nodes, at)
    if node.tag != "p":
        return [], at
    if isinstance(node.mark, Item):
        return _marked(nodes, at)
    return _bulleted(nodes, at)


def _following(nodes, at):
    """Yield (place after it, element) of the elements from a place on; blanks between are passed over."""
    for place in range(at, len(nodes)):
        if isinstance(nodes[place], Element):
            yield place + 1, nodes[place]
        elif nodes[place].strip():
            return


def _loose(nodes, at):
    items, end = [], at
    for place, node in _following(nodes, at):
        if node.tag != "li":
            break
        items.append((Item(1, False), node))
        end = place
    return items, end


def _marked(nodes, at):
    items, end = [], at
    for place, node in _following(nodes, at):
        if node.tag != "p" or not isinstance(node.mark, Item):
            break
        if items and node.mark.level == items[0][0].level and node.mark.is_ordered != items[0][0].is_ordered:
            break
        items.append((node.mark, Element("li", node.attributes, node.children)))
        end = place
    return items, end


def _bulleted(nodes, at):
    """Two paragraphs or more that begin with the same bullet."""
    items, end, bullet = [], at, ""
    for place, node in _following(nodes, at):
        mark = _bullet.match(excerpt(node)) if node.tag == "p" else None
        if not mark or (bullet and mark[1] != bullet):
            break
        bullet = mark[1]
        items.append((mark.end(), node))
        end = place
    if len(items) < 2:
        return [], at
    for length, node in items:
        without_start(node, length)
    return [(Item(1, False), Element("li", node.attributes, node.children)) for _, node in items], end


def nested(items):
    """One list from [(Item, li element)], with lists of deeper levels within the item before them."""
    first = items[0][0]
    root = _list(first)
    open_lists = [(first.level, root)]
    for item, element in items:
        while len(open_lists) > 1 and item.level < open_lists[-1][0]:
            open_lists.pop()
        if item.level > open_lists[-1][0] and open_lists[-1][1].children:
            inner = _list(item)
            open_lists[-1][1].children[-1].children.append(inner)
            open_lists.append((item.level, inner))
        open_lists[-1][1].children.append(element)
    return root


def _list(item):
    attributes = {"start": item.start} if item.is_ordered and item.start not in ("", "0", "1") else {}
    return Element("ol" if item.is_ordered else "ul", attributes)


def _append(found, node):
    """Append a block; a list that Google Docs notes as one of a deeper level goes into the item before it."""
    level = node.mark if _is_list(node) and isinstance(node.mark, int) else 0
    if level and found and _is_list(found[-1]):
        item = _last_item(found[-1], level)
        if item is not None:
            item.children.append(node)
            return
    found.append(node)


def _last_item(element, level):
    """The last item of a list, or of the list of a deeper level that ends it."""
    item = next((child for child in reversed(element.children) if getattr(child, "tag", "") == "li"), None)
    inner = item.children[-1] if item and item.children else None
    return _last_item(inner, level - 1) if level > 1 and _is_list(inner) else item


def _is_list(node):
    return getattr(node, "tag", "") in ("ul", "ol")


def google_level(element):
    found = _google_level.search(element.get("class"))
    return int(found[1]) if found else 0


def listings(tag, attributes, nodes, mark):
    """The list from the visited content of `ul` or `ol`; several where an item's `value` begins to count anew."""
    whole = _listing(tag, attributes, nodes, mark)
    found = [whole]
    number = int(start) if (start := str(attributes.get("start", ""))).isdecimal() and len(start) < 6 else 1
    children, whole.children = whole.children, []
    for node in children:
        if isinstance(node, Element):
            value = node.attributes.pop("value", "").strip() if tag == "ol" else ""
            if _item_number.match(value) and int(value) != number:
                number = int(value)
                if any(isinstance(child, Element) for child in found[-1].children):
                    found.append(Element(tag, attributes, mark=mark))
                found[-1].attributes = attributes | {"start": value}
            number += 1
        found[-1].children.append(node)
    return found


def _listing(tag, attributes, nodes, mark):
    """One list from the visited content of `ul` or `ol`: only items, everything else within one."""
    items, last = [], None
    for node in nodes:
        if isinstance(node, Element) and node.tag == "li":
            items.append(last := node)
        elif isinstance(node, str) and not node.strip():
            items.append(node)
        elif not (isinstance(node, Element) and node.tag == "boundary"):
            if last is None:
                items.append(last := Element("li"))
            last.children.append(node)
    levels = {item.mark for item in items if isinstance(item, Element) and isinstance(item.mark, int)}
    if len(levels) > 1:
        elements = [item for item in items if isinstance(item, Element)]
        found = nested([(Item(item.mark or 1, tag == "ol"), item) for item in elements])
        return Element(tag, attributes, found.children, mark)
    return Element(tag, attributes, items, mark)


def is_list(lines):
    """Whether two neighbouring lines begin with the same bullet or dash."""
    marks = [_mark(line) for line in lines]
    return any(one and one == two for one, two in pairwise(marks))


def _mark(line):
    found = _line_mark.match("".join(map(excerpt, line[:3])))
    return found[1] if found else ""


def from_lines(lines, attributes, findings):
    """Paragraphs from lines (lists of inline nodes), and lists where neighbouring lines begin with the same bullet."""
    made, plain, at = [], [], 0
    marks = [_mark(line) for line in lines]
    while at < len(lines):
        end = at
        while marks[at] and end < len(lines) and marks[end] == marks[at]:
            end += 1
        if end - at < 2:
            plain += [Element("br"), *lines[at]] if plain else lines[at]
            at += 1
            continue
        made += _paragraph(plain, attributes)
        plain = []
        made.append(Element("ul", {}, [_line_item(line, attributes) for line in lines[at:end]]))
        findings.add("list_recognised", excerpt(made[-1].children[0]))
        at = end
    return made + _paragraph(plain, attributes)


def _line_item(line, attributes):
    item = Element("li", dict(attributes), line)
    without_start(item, _line_mark.match("".join(map(excerpt, line[:3]))).end())
    return item


def _paragraph(nodes, attributes):
    """[a paragraph], without blanks and breaks at its ends; [] if it would be empty."""
    start, end = 0, len(nodes)
    while start < end and _is_blank(nodes[start]):
        start += 1
    while start < end and _is_blank(nodes[end - 1]):
        end -= 1
    nodes = nodes[start:end]
    if not has_content(nodes):
        return []
    if isinstance(nodes[0], str):
        nodes[0] = nodes[0].lstrip()
    if isinstance(nodes[-1], str):
        nodes[-1] = nodes[-1].rstrip()
    return [Element("p", dict(attributes), nodes)]


def _is_blank(node):
    return not node.strip() if isinstance(node, str) else node.tag == "br"
