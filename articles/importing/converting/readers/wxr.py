"""Reads exports of WordPress (WXR 1.0 to 1.2) as a stream, for `wordpress`: one element of the channel at a time.

Entities, DTDs and the network are off; an element may be 32 MB large, 256 levels deep, and one text in it 10 MB.
"""

from dataclasses import dataclass, field

from lxml import etree

from ...report import FixtureError

READ_AT_ONCE = 65_536
MOST_OF_ELEMENT = 32 * 1024 * 1024
CONTROLS = bytes({*range(32)} - {9, 10, 13})  # plugins write them, and XML may not hold them
TAGS = ("item", "author", "category", "tag", "term", "title", "link", "language", "base_blog_url")
# What libxml2 says, and what it means for the person who exported.
CUT = ("Premature end", "Extra content at the end", "EndTag", "Couldn't find end of", "CData section not finished")


@dataclass
class Item:
    """One item of the channel: an article, a page, a picture … `values`: texts by the names of their tags."""

    line: int
    values: dict
    terms: list = field(default_factory=list)  # (taxonomy, code, name)
    meta: list = field(default_factory=list)  # (key, value)
    comments: list = field(default_factory=list)  # number of each

    def get(self, name):
        return self.values.get(name, "")

    def meta_value(self, *keys):
        """The first value with one of these keys that is not empty, else ""."""
        return next((value for key, value in self.meta if key in keys and value), "")


def elements(one):
    """Yield (tag, Item or {tag: text} or text) of each element of the channel of an Input, in the order of the file."""
    with one.open() as raw:
        stream = _Stream(raw, one.name)
        try:
            parsed = etree.iterparse(
                stream,
                events=("end",),
                tag=[f"{{*}}{tag}" for tag in TAGS],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                remove_comments=True,
                collect_ids=False,
                encoding=one.encoding or None,
            )
            for _event, element in parsed:
                _refuse_dtd(element, one.name)
                parent = element.getparent()
                if parent is not None and parent.tag == "channel":
                    yield _read(element)
                    stream.since = 0
                    element.clear()
                    while element.getprevious() is not None:
                        del parent[0]
        except etree.XMLSyntaxError as error:
            raise FixtureError(f"{one.name}:{error.lineno or 1}: {_reason(error)}.") from None


class _Stream:
    """Drops what XML may not hold, and ends elements that never end."""

    def __init__(self, raw, name):
        self.raw, self.name, self.since, self.is_wide = raw, name, 0, None

    def read(self, size=READ_AT_ONCE):
        data = self.raw.read(size)
        self.since += len(data)
        if self.since > MOST_OF_ELEMENT:
            raise FixtureError(f"{self.name}: has an element of more than {MOST_OF_ELEMENT // 1024 // 1024} MB.")
        if self.is_wide is None:
            self.is_wide = b"\0" in data[:4] or data.startswith((b"\xff\xfe", b"\xfe\xff"))
        return data if self.is_wide else data.translate(None, CONTROLS)


def _refuse_dtd(element, name):
    if element.getroottree().docinfo.internalDTD is not None:
        raise FixtureError(f"{name}:1: has a DOCTYPE, which no export of WordPress has; it is not read.")


def _reason(error):
    text = error.msg.split(", line ")[0]
    if any(text.startswith(start) for start in CUT):
        return f"is cut off or damaged ({text})"
    if "encoding" in text.lower() or "UTF-8" in text:
        return f"holds bytes that are not in the encoding that the file names ({text})"
    return f"is no readable XML ({text})"


def _read(element):
    tag = _name(element)
    if tag == "item":
        return tag, _item(element)
    if len(element):
        return tag, {_name(child): _text(child) for child in element}
    return tag, _text(element)


def _item(element):
    item = Item(element.sourceline or 0, {})
    for child in element:
        name = _name(child)
        if name == "category":
            taxonomy = child.get("domain", "category")
            taxonomy = "post_tag" if taxonomy == "tag" else taxonomy  # WXR 1.0
            item.terms.append((taxonomy, child.get("nicename", ""), _text(child)))
        elif name == "postmeta":
            pair = {_name(each): _text(each) for each in child}
            item.meta.append((pair.get("meta_key", ""), pair.get("meta_value", "")))
        elif name == "comment":
            item.comments.append(next((_text(each) for each in child if _name(each) == "comment_id"), ""))
        elif name == "encoded":  # content:encoded and excerpt:encoded
            item.values["excerpt" if "/excerpt/" in child.tag else "content"] = _text(child)
        else:
            item.values.setdefault(name, _text(child))
    return item


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element):
    return "".join(element.itertext(with_tail=False))
