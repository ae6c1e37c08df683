"""Turns HTML as programs write it into the tags of the allow-list, and notes what it changes and leaves out."""

from . import lists, styles
from .allowed import attributes_of, is_language
from .blocks import BOUNDARY, Paragraphs, append_inline, heading_of, holds_picture, inlined, wrapped
from .left_out import LeftOut
from .links import NOTE, completed
from .tables import as_paragraph, caption_first, contents_of, divided, is_layout, set_headings, with_caption
from .tree import Element, excerpt, has_content, texts

INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "sup": "sup", "sub": "sub"} | dict.fromkeys(
    ("s", "del", "strike"), "s"
)
PARAGRAPHS = set("p dt dd address summary pre".split())
CONTAINERS = set(
    "div section article main header footer aside nav center form fieldset details dl hgroup dialog menu dir".split()
)


def repaired(root, findings, from_word=False):
    """The tree of `tree.parse` as a list of nodes that the allow-list permits; `findings` gets what was changed."""
    reads_lines = not _has_line_tags(root)
    repair = Repair(findings, Paragraphs(findings, reads_lines), styles.rules_of(root), from_word)
    return repair.paragraphs.flow(repair.content(root, frozenset()))


def _has_line_tags(element):
    """Whether the HTML says itself where its lines end."""
    return any(
        not isinstance(child, str) and (child.tag in ("p", "br", "div") or _has_line_tags(child))
        for child in element.children
    )


class Repair:
    """Visits each element once. `inside` is the set of inline tags around it, so that none is set twice."""

    def __init__(self, findings, paragraphs, rules, from_word):
        self.findings, self.paragraphs, self.rules, self.from_word = findings, paragraphs, rules, from_word
        self.left_out = LeftOut(findings)

    def content(self, element, inside):
        found = []
        for child in element.children:
            if isinstance(child, str):
                found += self._text(child, inside)
            else:
                self.visit(child, inside, found)
        return found

    def _text(self, text, inside):
        text = self.left_out.without_shortcodes(text)
        if "pre" not in inside or "\n" not in text:
            return [text] if text else []
        lines = []
        for line in text.split("\n"):
            lines += [Element("br"), line] if lines else [line]
        return lines

    def visit(self, element, inside, out):
        """Append what becomes of an element to `out`."""
        tag, style = element.tag, styles.read(element, self.rules)
        if style.get("direction") in ("ltr", "rtl") and tag not in ("span", "font"):
            element.attributes = {"dir": style["direction"]} | element.attributes
        if self.left_out.takes(element, style):
            return
        if tag in INLINE or tag in ("span", "font", "ins", "u", "bdi", "bdo", "a"):
            self._inline(element, style, inside, out)
        elif heading := heading_of(element):
            out += self._heading(element, heading, style, inside)
        elif tag in PARAGRAPHS:
            self._paragraph(element, style, inside, out)
        elif tag in CONTAINERS:
            self._container(element, style, inside, out)
        elif (method := getattr(self, f"_{tag}", None)) is not None and tag in METHODS:
            method(element, style, inside, out)
        else:
            out += self._styled(element, style, inside)

    # Inline

    def _inline(self, element, style, inside, out):
        given = INLINE.get(element.tag)
        wanted, cancelled = styles.formatting(style)
        tags = [given] if given and given not in cancelled else []
        tags += [tag for tag in wanted if tag not in tags]
        tags = [tag for tag in tags if tag not in inside and not ("heading" in inside and tag == "strong" != given)]
        if len(tags) > (given in tags) or (given in cancelled):
            self.findings.add("style_read", excerpt(element))
        if "s" in tags and element.tag != "s":
            self.findings.add("struck_text", excerpt(element))
        nodes = self._own(element, inside.union(tags))
        for tag in reversed(tags):
            attributes = _common(element, tag) if tag == given else {}
            nodes = wrapped(nodes, tag, attributes, mark=None if tag == given else "style")
        apart = [BOUNDARY] if styles.is_line(element, style) else [" "] if styles.is_cell(element, style) else []
        out += apart if apart != out[-1:] else []
        for node in nodes:
            append_inline(out, node)
        out += apart

    def _own(self, element, inside):
        """The content of an inline element, within its link, language or direction."""
        if element.tag == "a" and "a" not in inside:
            return self._link(element, inside)
        attributes = _common(element, "bdi")
        tag = ""
        if element.tag in ("bdi", "bdo") or (element.tag == "span" and "dir" in attributes):
            tag = "bdi"
        elif element.tag == "span" and "lang" in attributes and not self.from_word:
            tag = "span"
        level = next((level for level in (f"{tag} 1", f"{tag} 2") if level not in inside), "") if tag else ""
        nodes = self.content(element, inside | {level} if level else inside)
        return wrapped(nodes, tag, attributes) if level else nodes

    def _link(self, element, inside):
        address = element.attributes.get("href")
        if address is None:
            if "linktype" in element.attributes or "data-entity-type" in element.attributes:
                self.findings.add("link_removed", excerpt(element))
            return self.content(element, inside)
        if NOTE.match(address.strip()):
            nodes = self.content(element, inside | {"sup"})
            return nodes if "sup" in inside else wrapped(nodes, "sup")
        new, code = completed(address)
        if code:
            self.findings.add(code, new or f"{excerpt(element)} ({address.strip()})".replace("()", ""))
        nodes = self.content(element, inside | {"a"} if new else inside)
        if not new:
            return nodes
        attributes = _common(element, "a") | {"href": new}
        attributes.pop("rel", None)
        if new.lower().startswith("http"):
            attributes["rel"] = "noopener"
        return wrapped(nodes, "a", attributes) if has_content(nodes) else nodes

    def _styled(self, element, style, inside):
        """The content of a block whose style may make all of it bold, slanted or struck out."""
        kept = inside | {"sup", "sub"} | ({"strong"} if "heading" in inside else set())
        wanted = [tag for tag in styles.formatting(style)[0] if tag not in kept]
        nodes = self.content(element, inside.union(wanted))
        if not wanted or not any(piece.strip() for node in nodes for piece in texts(node)):
            return nodes
        for tag in reversed(wanted):
            self.findings.add("style_read", excerpt(element))
            nodes = wrapped(nodes, tag, mark="style")
        if "s" in wanted:
            self.findings.add("struck_text", excerpt(element))
        return nodes

    # Blocks

    def _heading(self, element, tag, style, inside):
        nodes = inlined(self._styled(element, style, inside | {"heading"}))
        pictures = [node for node in nodes if not isinstance(node, str) and node.tag == "figure"]
        found = [Element(tag, _common(element, tag), nodes)] if has_content(nodes) else []
        return [*found, *pictures]

    def _container(self, element, style, inside, out):
        nodes = self._styled(element, style, inside)
        attributes = {} if self.from_word or "heading" in inside else _common(element, "p")
        out += [BOUNDARY, *(self.paragraphs.within(nodes, attributes) if attributes else nodes), BOUNDARY]

    def _paragraph(self, element, style, inside, out):
        inside = inside | {"pre"} if element.tag == "pre" else inside
        label = self.left_out.word_label(element)
        nodes = self._styled(element, style, inside)
        level = styles.list_level(style)
        item = lists.word_item(level, label) if level else None
        attributes = _common(element, "p")
        if level and not label:
            item = lists.take_label(Element("p", children=nodes)) or item
        elif not level and "MsoListParagraph" in element.get("class"):
            holder = Element("p", children=nodes)
            item, nodes = lists.take_label(holder), holder.children
        out += self.paragraphs.paragraph(attributes, nodes, item)

    def _ul(self, element, style, inside, out):
        nodes = self._styled(element, style, inside)
        attributes = _common(element, element.tag)
        if has_content(nodes):
            out += lists.listings(element.tag, attributes, nodes, lists.google_level(element))

    _ol = _ul

    def _li(self, element, style, inside, out):
        nodes = self._styled(element, style, inside)
        level = element.get("aria-level")
        mark = int(level) if level.isdecimal() and len(level) < 3 else None
        number = {"value": element.get("value")} if "value" in element.attributes else {}
        out.append(Element("li", _common(element, "li") | number, self.paragraphs.cell(nodes), mark))

    def _blockquote(self, element, style, inside, out):
        nodes = self.paragraphs.flow(self._styled(element, style, inside))
        if has_content(nodes):
            out.append(Element("blockquote", _common(element, "blockquote"), nodes))

    def _hr(self, element, style, inside, out):
        out.append(Element("hr"))

    def _br(self, element, style, inside, out):
        out.append(Element("br"))

    def _img(self, element, style, inside, out):
        out.append(Element("img", _common(element, "img")))

    def _area(self, element, style, inside, out):
        """A part of a picture that is a link: its words as a link."""
        words = element.get("alt") or element.get("title") or element.get("href")
        link = Element("a", {"href": element.get("href")}, [words])
        if "href" in element.attributes and "a" not in inside:
            out += [BOUNDARY, *self._link(link, inside), BOUNDARY]

    def _q(self, element, style, inside, out):
        out += ["“", *self._styled(element, style, inside), "”"]

    # Pictures and tables

    def _figure(self, element, style, inside, out):
        nodes = self._styled(element, style, inside | {"figure"})
        held = {node.tag for node in nodes if not isinstance(node, str)}
        attributes = _common(element, "figure")
        if "figure" not in held and (held & {"table", "blockquote"} or holds_picture(nodes)):
            out.append(Element("figure", attributes, with_caption(nodes)))
        else:
            nodes = [as_paragraph(node) for node in nodes]
            out += [BOUNDARY, *nodes, BOUNDARY]

    def _figcaption(self, element, style, inside, out):
        nodes = self.paragraphs.cell(self._styled(element, style, inside))
        if "figure" not in inside:
            out += self.paragraphs.paragraph(_common(element, "p"), nodes)
        elif has_content(nodes):
            out.append(Element("figcaption", _common(element, "figcaption"), nodes))

    def _table(self, element, style, inside, out):
        nodes = self._styled(element, style, inside)
        if not has_content(nodes):
            return
        parts, others = divided(nodes, {"caption", "thead", "tbody", "tfoot", "tr"})
        parts, further = caption_first(parts)
        others += further
        table = Element("table", _common(element, "table"), parts)
        out += [BOUNDARY, *others, BOUNDARY] if has_content(others) else []
        if is_layout(element, table):
            out += [BOUNDARY, *contents_of(table)]
            return
        set_headings(table)
        out.append(table)

    def _part(self, element, style, inside, out):
        """A row, whose content is cells, or a group of rows."""
        tag = element.tag
        parts, others = divided(self._styled(element, style, inside), {"td", "th"} if tag == "tr" else {"tr"})
        if has_content(others):
            cell = Element("td", {}, self.paragraphs.cell(others))
            parts.append(cell if tag == "tr" else Element("tr", {}, [cell]))
        out.append(Element(tag, _common(element, tag), parts))

    _thead = _tbody = _tfoot = _tr = _part

    def _caption(self, element, style, inside, out):
        out.append(Element("caption", _common(element, "caption"), inlined(self._styled(element, style, inside))))

    def _td(self, element, style, inside, out):
        nodes = self._styled(element, style, inside)
        out.append(Element("td", _common(element, "td"), self.paragraphs.cell(nodes)))

    def _th(self, element, style, inside, out):
        nodes = self._styled(element, style, inside | {"heading"})
        out.append(Element("th", _common(element, "th"), self.paragraphs.cell(nodes)))


METHODS = {name[1:] for name in vars(Repair) if name[0] == "_"}


def _common(element, tag):
    """The attributes of an element that the tag may have."""
    allowed = attributes_of(tag)
    return {
        name: value.lower() if name == "dir" else value
        for name, value in element.attributes.items()
        if name in allowed and (name != "lang" or is_language(value))
    }
