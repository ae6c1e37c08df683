"""Reads what photographers write into their files: credit, copyright, terms, caption (IPTC, XMP, EXIF, in this order).

Sources: IPTC Photo Metadata Standard 2023.2, Exif 3.0. Uses no Django, because convert.py's child process runs it.
"""

import re
from dataclasses import dataclass, fields
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from PIL import IptcImagePlugin

XMP_MAX_BYTES = 1024 * 1024
LENGTHS = {"credit": 200, "copyright": 200, "terms": 2000, "caption": 4000, "alt": 300}
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "iptc": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
UTF8_MARK = b"\x1b%G"  # IPTC-IIM 1:90
# What cameras and programs write by themselves.
DEFAULTS = re.compile(
    r"(olympus|sony|konica|minolta|kodak|nikon|canon|samsung|pentax|fujifilm|panasonic|casio|digital|camera|dsc|dcim|"
    r"picture|default|image|photo|photographer|unknown|untitled|none|null|n/?a|user|owner|admin|author|artist|"
    r"copyright|your name|exif_jpeg_picture|screenshot|ascii|[\s<>_.-])+|"
    r"(created with gimp|file written by adobe|creator: gd-jpeg|processed (with|by)|lead technologies|compressed by)"
    r".*|[a-z_]{2,5}[-_ ]?\d{3,}(\.\w{3,4})?|[\d\s?:._-]*",
    re.IGNORECASE,
)
SIGN = re.compile(r"©|\(c\)|\bcopyright\b|\ball rights reserved\b|\b(19|20)\d\d\b(\s*[-–]\s*(19|20)?\d\d\b)?", re.I)


@dataclass(frozen=True, slots=True)
class Embedded:
    """The texts in a file; "" where there is none."""

    credit: str = ""
    copyright: str = ""
    terms: str = ""
    caption: str = ""
    alt: str = ""

    def __bool__(self):
        return any(getattr(self, field.name) for field in fields(self))


# In the wrapper by which programs find XMP in files that they cannot read (ISO 16684-1, 7.3).
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}"><rdf:Description rdf:about=""\
 xmlns:dc="{dc}" xmlns:photoshop="{photoshop}" xmlns:xmpRights="{rights}"\
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">\
{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def packet(credit, copyright="", terms="", address="", captions=None, translated_terms=None, original=""):
    """XMP bytes with the credit of a picture, for its public copies: search engines and agencies read it there.

    captions: {language: text}, the first one for all others; translated_terms: {language: text}. Only the files that
    are downloaded have them. original: SHA-256 of the picture of which the file is a smaller copy.
    """
    captions = captions or {}
    properties = {
        "dc:description": _alternatives(next(iter(captions.values()), ""), captions),
        "dc:creator": credit and f"<rdf:Seq><rdf:li>{escape(credit)}</rdf:li></rdf:Seq>",
        "photoshop:Credit": escape(credit),
        "dc:rights": _alternatives(copyright),
        "xmpRights:UsageTerms": _alternatives(terms, translated_terms),
        "xmpRights:WebStatement": escape(address),
        "xmpMM:OriginalDocumentID": original and f"sha256:{original}",
    }
    written = "".join(f"<{name}>{value}</{name}>" for name, value in properties.items() if value)
    return PACKET.format(**SPACES, properties=written).encode()


def _alternatives(default, texts=None):
    """XMP's "language alternative": a text for all, and those of single languages; "" for an empty one."""
    found = {"x-default": default} | (texts or {}) if default else texts or {}
    items = "".join(f'<rdf:li xml:lang="{code}">{escape(text)}</rdf:li>' for code, text in found.items())
    return items and f"<rdf:Alt>{items}</rdf:Alt>"


def read(picture):
    """The Embedded texts of an opened Pillow picture. Never raises: a picture is good without them."""
    texts = {}
    for source in (_iptc, _xmp, _exif):
        try:
            found = source(picture)
        except Exception:
            continue
        for name, value in found.items():
            if not texts.get(name):
                texts[name] = _clean(value, one_line=name != "caption")
    credit = _credit(texts)
    found = {
        "credit": credit or SIGN.sub("", texts.get("copyright", "")).strip(" ,.;:/-–"),
        "copyright": texts.get("copyright", "") if SIGN.sub("", texts.get("copyright", "")).strip(" ,.;:/-–") else "",
        "terms": texts.get("terms", ""),
        "caption": texts.get("caption", ""),
        "alt": texts.get("alt", ""),
    }
    return Embedded(**{name: value[: LENGTHS[name]].strip() for name, value in found.items()})


def _credit(texts):
    """ "Creator / Agency", as press offices print it."""
    creator, agency = texts.get("creator", ""), texts.get("agency", "")
    if not creator or not agency or creator.lower() in agency.lower():
        return agency or creator
    return creator if agency.lower() in creator.lower() else f"{creator} / {agency}"


def _clean(value, one_line):
    """The text without control characters; "" for what a camera or a program wrote by itself."""
    value = "".join(char if char.isprintable() or char == "\n" else " " for char in value.replace("\r\n", "\n"))
    lines = [" ".join(line.split()) for line in value.splitlines()]
    value = (" " if one_line else "\n").join(filter(None, lines))
    return "" if DEFAULTS.fullmatch(value) else value


def _iptc(picture):
    records = IptcImagePlugin.getiptcinfo(picture) or {}
    is_utf8 = records.get((1, 90)) == UTF8_MARK

    def text(number):
        values = records.get((2, number), ())
        values = [values] if isinstance(values, bytes) else values
        return ", ".join(_decoded(value, is_utf8) for value in values)

    return {
        "creator": text(80),
        "agency": text(110) or text(115),
        "copyright": text(116),
        "terms": text(40),
        "caption": text(120),
    }


def _decoded(data, is_utf8=False):
    """UTF-8, also where nothing says so, else Windows' Latin."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if is_utf8 else "cp1252", "replace").replace("\ufffd", "")


def _xmp(picture):
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    if not packet and hasattr(picture, "tag_v2"):
        packet = picture.tag_v2.get(700, b"")
    text = packet if isinstance(packet, str) else bytes(packet).decode("utf-8")
    if not text or len(text) > XMP_MAX_BYTES or "<!" in text.replace("<!--", ""):  # no document type: no entities
        return {}
    root = ElementTree.fromstring(text.strip("\0 \n\r\ufeff"))
    terms, statement = _first(root, ("rights", "UsageTerms")), _first(root, ("rights", "WebStatement"))
    return {
        "creator": ", ".join(_values(root, "dc", "creator")),
        "agency": _first(root, ("photoshop", "Credit"), ("photoshop", "Source")),
        "copyright": _first(root, ("dc", "rights")),
        "terms": terms if statement in terms else f"{terms} {statement}".strip(),
        "caption": _first(root, ("dc", "description")),
        "alt": _first(root, ("iptc", "AltTextAccessibility")),
    }


def _values(root, space, name):
    """The values of a property, as elements, lists or attributes; of several languages the default one first."""
    tag, found = f"{{{SPACES[space]}}}{name}", []
    for description in root.iter(f"{{{SPACES['rdf']}}}Description"):
        if value := description.get(tag):
            found.append(value)
        for element in description.findall(tag):
            items = list(element.iter(f"{{{SPACES['rdf']}}}li")) or [element]
            items.sort(key=lambda item: item.get(LANG, "x-default") != "x-default")
            found += [item.text.strip() for item in items if item.text and item.text.strip()]
    return found


def _first(root, *names):
    return next((value for space, name in names for value in _values(root, space, name)), "")


def _exif(picture):
    if picture.format == "PNG" and "exif" not in picture.info:
        return {}  # Pillow would decode the whole picture to look for EXIF at its end
    exif = picture.getexif()
    windows = {
        tag: bytes(exif[tag]).decode("utf-16-le") for tag in (0x9C9D, 0x9C9C) if isinstance(exif.get(tag), bytes)
    }
    return {
        "creator": _ascii(exif.get(0x013B)).replace(";", ", ") or windows.get(0x9C9D, "").rstrip("\0"),
        "copyright": _ascii(exif.get(0x8298)),
        "caption": _ascii(exif.get(0x010E)) or _comment(exif) or windows.get(0x9C9C, "").rstrip("\0"),
    }


def _ascii(value):
    """Pillow reads these fields as Latin-1; most programs write UTF-8. The parts of a copyright end with NUL."""
    if value is None:
        return ""
    data = value if isinstance(value, bytes) else str(value).encode("latin-1", "ignore")
    parts = (_decoded(part).strip() for part in data.split(b"\0"))
    return ", ".join(part for part in parts if part and not DEFAULTS.fullmatch(part))


def _comment(exif):
    """UserComment: eight bytes that name the encoding, then the text."""
    data = exif.get_ifd(0x8769).get(0x9286, b"")
    if not isinstance(data, bytes) or len(data) <= 8:
        return ""
    code, data = data[:8].rstrip(b"\0 "), data[8:]
    if code == b"UNICODE":
        return data.decode("utf-16-be" if data[:1] == b"\0" else "utf-16-le").rstrip("\0")
    return _ascii(data) if code in (b"", b"ASCII") else ""
