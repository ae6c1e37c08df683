"""What photographers write into their files is read: IPTC, XMP, EXIF, in all encodings, and not what cameras write."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from articles.media.formats.embedded import Embedded
from articles.media.images import check
from tests import files

pytestmark = pytest.mark.one_database

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"><rdf:Description
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Credit="UNICEF" xmpRights:WebStatement="https://example.org/terms">
 <dc:creator><rdf:Seq><rdf:li>محمد علي</rdf:li><rdf:li>Ada Ek</rdf:li></rdf:Seq></dc:creator>
 <dc:rights><rdf:Alt><rdf:li xml:lang="fr">© UNICEF (fr)</rdf:li><rdf:li xml:lang="x-default">© UNICEF</rdf:li></rdf:Alt></dc:rights>
 <i:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A child</rdf:li></rdf:Alt></i:AltTextAccessibility>
 </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()
FROM_XMP = Embedded("محمد علي, Ada Ek / UNICEF", "© UNICEF", "https://example.org/terms", "", "A child")


def with_segment(marker, body):
    content = files.picture(60, 40)
    return content[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + content[2:]


def iptc(*fields):
    """A JPEG with these (record, number, bytes)."""
    data = b"".join(struct.pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in fields)
    padding = b"\0" * (len(data) % 2)
    return with_segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + padding)


def exif(comment=None, **texts):
    """A JPEG with these EXIF texts in raw bytes: Pillow would only write ASCII."""
    tags = {"artist": 0x013B, "copyright": 0x8298, "description": 0x010E}
    data = Image.Exif()
    stands_for = {}
    for number, (name, value) in enumerate(texts.items()):
        stands_for[str(number).encode() * len(value)] = value
        data[tags[name]] = str(number) * len(value)
    if comment:
        data.get_ifd(0x8769)[0x9286] = comment
    content = files.picture(60, 40, exif=data)
    for placeholder, value in stands_for.items():
        content = content.replace(placeholder, value)
    return content


def read(content):
    return check(content).embedded


def test_iptc_in_latin_1_and_utf_8():
    for encoding, mark in (("latin-1", []), ("utf-8", []), ("utf-8", [(1, 90, b"\x1b%G")])):
        fields = [(80, "José Núñez"), (80, "Ada Ek"), (110, "SWO"), (116, "© SWO"), (40, "No sale"), (120, "A\r\nB")]
        found = read(iptc(*mark, *((2, number, text.encode(encoding)) for number, text in fields)))
        assert found == Embedded("José Núñez, Ada Ek / SWO", "© SWO", "No sale", "A\nB", "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "HEIF"])
def test_xmp_in_every_format(kind):
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        content = files.picture(60, 40, kind=kind, pnginfo=text)
    elif kind == "TIFF":
        content = files.picture(60, 40, kind=kind, tiffinfo={700: XMP})
    else:
        content = files.heic(xmp=XMP) if kind == "HEIF" else files.picture(60, 40, kind=kind, xmp=XMP)
    assert read(content) == FROM_XMP


def test_exif_in_utf_8_and_windows_encodings():
    for encoding in ("utf-8", "cp1252"):
        found = read(exif(artist="José; Ada Ek".encode(encoding), description="Été".encode(encoding)))
        assert (found.credit, found.caption) == ("José, Ada Ek", "Été")
    assert read(exif(copyright=b"Ada Ek\0SWO")).copyright == "Ada Ek, SWO"
    assert read(exif(comment=b"UNICODE\0" + "Привет".encode("utf-16-le"))).caption == "Привет"
    assert read(exif(comment=b"ASCII\0\0\0A sea")).caption == "A sea"


def test_iptc_is_trusted_before_xmp_and_xmp_before_exif():
    app13 = iptc((2, 80, b"From IPTC"))
    assert read(files.picture(60, 40, xmp=XMP, exif=_artist("From EXIF"))).credit == FROM_XMP.credit
    xmp_and_iptc = (
        app13[:2] + b"\xff\xe1" + struct.pack(">H", len(XMP) + 31) + b"http://ns.adobe.com/xap/1.0/\0" + XMP + app13[2:]
    )
    found = read(xmp_and_iptc)
    assert (found.credit, found.alt) == ("From IPTC / UNICEF", "A child")


def _artist(name):
    data = Image.Exif()
    data[0x013B] = name
    return data


BY_ITSELF = (
    "OLYMPUS DIGITAL CAMERA         |SONY DSC|Default|Picture|DSC_0012.JPG|IMG_1234|unknown|   |Created with GIMP|"
    "CREATOR: gd-jpeg v1.0 (using IJG JPEG v62)|Your Name|2026:11:02 10:00:00|N/A"
)


@pytest.mark.parametrize("text", BY_ITSELF.split("|"))
def test_what_cameras_and_programs_write_is_ignored(text):
    assert not read(exif(artist=text.encode(), description=text.encode(), copyright=text.encode()))


def test_a_copyright_that_names_nobody_is_ignored():
    for text in ("©", "(c) 2026", "Copyright 2024-2026", "All rights reserved"):
        assert not read(exif(copyright=text.encode()))


def test_who_is_named_as_holder_alone_is_offered_as_credit():
    found = read(exif(copyright="© 2026 Jane Doe".encode()))
    assert (found.credit, found.copyright) == ("Jane Doe", "© 2026 Jane Doe")


@pytest.mark.parametrize(
    "packet",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b"<x:xmpmeta",
        b"\xff\xfe\x00",
        b"<x>" * 100_000,
        b"x" * 2_000_000,
    ],
    ids=["entities", "cut", "no text", "deep", "long"],
)
def test_hostile_or_damaged_texts_are_none_and_no_error(packet):
    content = files.picture(60, 40, kind="WEBP", xmp=packet)
    assert not read(content)


def test_texts_are_not_longer_than_their_fields():
    found = read(exif(artist=b"a b" * 3000, description=b"c d" * 3000))
    assert (len(found.credit), len(found.caption)) <= (200, 4000)


@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data):
    for content in (with_segment(0xED, b"Photoshop 3.0\0" + data), with_segment(0xE1, b"Exif\0\0" + data)):
        assert isinstance(read(content), Embedded)
