"""Prepares the HTML of a story for the fixture: complete addresses, links to converted articles, pictures, losses."""

import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urljoin

from django.conf import settings

from contacts.validators import parts_of

from ...html import TooComplex, clean_with_report
from ...html.tree import SIZE, elements, parse, text_of, write
from ..remote_media import SOURCE
from ..report import CLEANED
from .stories import Loss, Media

# What cleaning leaves out or changes so that somebody should look at it; the rest is repair.
LOST = set(
    "remote_picture embed media form script comment hidden_text shortcode link_removed link_unsafe struck_text as_text"
    " tags_removed".split()
)
FORMER_SITE = "link still leads to the former site"
TOO_LONG = "text that is longer than an article may be left out"
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".svg", ".tif", ".tiff", ".heic")
LAZY = ("data-src", "data-lazy-src", "data-original")  # addresses that a script loads
STAND_IN = f"{settings.MEDIA_URL}images/00/{'0' * 64}.jpg"  # for pictures that the import brings

_letters = re.compile(r"[^\W\d_]{3}")
_tag = re.compile(r"<[^<>]*>")


@dataclass
class Context:
    """What is known beside the text. `own(address)`: the new address of a converted article, or "".

    `picture(address, element)`: the Media that stands for a picture, or None to leave it out. `file(address, text)`:
    whether the address is that of a file which the story now has as an attachment.
    """

    base: str
    own: object
    hosts: set = field(default_factory=set)  # of the former site, besides that of `base`
    picture: object = lambda address, element: Media(address)
    file: object = lambda address, text: False
    losses: list = field(default_factory=list)  # of (kind, what)

    def is_former_site(self, address):
        host = host_of(address)
        return bool(host) and (host == host_of(self.base) or host in self.hosts)


def host_of(address):
    return (parts_of(address).hostname or "").removeprefix("www.")


def path_of(address):
    return unquote(parts_of(address).path).lower()


def comparable(address):
    """An address in the form in which two spellings of it are equal."""
    parts = parts_of(address.strip())
    if not parts.geturl():  # it is no address
        return address
    query = f"?{parts.query}" if parts.query else ""
    return f"{host_of(address)}{unquote(parts.path).rstrip('/')}{query}".lower()


def absolute(base, address):
    try:
        return urljoin(base, address.strip()) if base else address.strip()
    except ValueError:
        return address


def prepared(html, context):
    """The HTML with complete addresses and without what the fixture gives elsewhere; fills `context.losses`."""
    if not html.strip():
        return ""
    try:
        root = parse(html)
        while len(within := elements(root)) == 1 and within[0].tag in ("html", "body"):
            root = within[0]
        _visit(root, context)
        return write(root.children)
    except TooComplex:
        text = " ".join(_tag.sub(" ", html).split())
        if len(text) > SIZE // 2:
            context.losses.append((TOO_LONG, text[:80]))
            return ""
        context.losses.append((CLEANED["as_text"], text[:80]))
        return f"<p>{escape(text, quote=False)}</p>"


def _visit(element, context):
    kept = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
            continue
        _visit(child, context)
        if child.tag == "img":
            kept += _picture(child, context)
        elif child.tag == "a":
            kept += _link(child, context)
        else:
            kept.append(child)
    element.children = kept


def _picture(element, context):
    address = element.get("src")
    if not address or address.startswith("data:"):  # loaded by a script when it comes into view
        address = next(filter(None, map(element.get, LAZY)), "")
        if not address:
            return [element]
    media = context.picture(absolute(context.base, address), element)
    if media is None:
        return []
    element.attributes = {"src": media.name, "alt": element.get("alt") or media.alt}
    return [element]


def _link(element, context):
    address = element.get("href")
    if not address or address.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
        return [element]
    complete = absolute(context.base, address)
    if new := context.own(complete):
        fragment = complete.partition("#")[2]
        element.attributes = element.attributes | {"href": f"{new}#{fragment}" if fragment else new}
        return [element]
    if _holds_picture(element) and path_of(complete).endswith(PICTURES):
        return element.children  # the picture in full size: the newsroom shows it itself
    if context.file(complete, text_of(element).strip()):
        return element.children
    if context.is_former_site(complete):
        context.losses.append((FORMER_SITE, complete))
    element.attributes = element.attributes | {"href": complete}
    return [element]


def slug_of(address):
    """The last part of the path of an address, without its ending; "" if it says nothing of this page."""
    last = path_of(address).rstrip("/").rpartition("/")[2]
    last = re.sub(r"\.(?:s?html?|php|aspx?|jsp)\Z", "", last)
    is_telling = _letters.search(last) and "." not in last and last not in ("index", "default")
    return last if is_telling and "?" not in address else ""


def _holds_picture(element):
    return any(child.tag == "img" or _holds_picture(child) for child in elements(element))


def losses(record, field, html):
    """Yield a Loss for each thing that the cleaner of the import will leave out of a text, in the import's words."""
    html = SOURCE.sub(lambda found: f'{found[1]}"{STAND_IN}"' if "data:" not in found[2] else found[0], html)
    try:
        findings = clean_with_report(html).findings
    except TooComplex as error:
        yield Loss(record, field, TOO_LONG, str(error.messages[0]))
        return
    for found in findings:
        if found.code in LOST:
            yield Loss(record, field, CLEANED[found.code], ", ".join(found.places), found.count)
