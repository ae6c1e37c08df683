"""A downloaded picture carries credit, copyright and terms; its picture is the original's byte for byte."""

import io
from itertools import product

import pytest
from PIL import Image

from articles.media.formats import embedded, metadata, rights
from articles.media.images import check
from tests import files

pytestmark = pytest.mark.one_database

MODES = {"JPEG": ["RGB", "L"], "PNG": ["RGB", "RGBA", "P"], "WEBP": ["RGB", "RGBA"]}
CASES = [
    (kind, mode, options)
    for kind, modes in MODES.items()
    for mode, options in product(modes, [{}, {"icc_profile": True}, {"lossless": True}])
    if not options.get("lossless") or kind == "WEBP"
]
PACKET = embedded.packet(
    "Ada Ek / SWO", "© SWO", "Free for news. https://example.org/terms", "https://example.org/terms", {"en": "A <well>"}
)


def stored(kind, mode, options, **size):
    """A picture as the library keeps it: without metadata."""
    options = options | ({"icc_profile": files.srgb()} if options.get("icc_profile") and mode != "L" else {})
    options = {name: value for name, value in options.items() if value is not True or name == "lossless"}
    return check(files.picture(mode=mode, kind=kind, **size, **options)).content


@pytest.mark.parametrize(("kind", "mode", "options"), CASES)
def test_the_rights_are_read_and_the_picture_is_the_same(kind, mode, options):
    original = stored(kind, mode, options)
    content = b"".join(rights.written(kind.lower(), io.BytesIO(original), PACKET))
    with Image.open(io.BytesIO(content)) as picture, Image.open(io.BytesIO(original)) as before:
        texts = embedded.read(picture)
        assert (texts.credit, texts.copyright, texts.caption) == ("Ada Ek / SWO", "© SWO", "A <well>")
        assert texts.terms == "Free for news. https://example.org/terms"
        assert picture.tobytes() == before.tobytes()
        assert picture.info.get("icc_profile") == before.info.get("icc_profile")
        assert not picture.getexif().get_ifd(0x8825)
    assert original in rights.possible_originals(kind.lower(), content)


def test_programs_find_the_rights_in_files_that_they_cannot_read():
    """By the wrapper of ISO 16684-1, which exiftool misses otherwise."""
    assert PACKET.startswith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta'.encode())
    assert PACKET.endswith(b'</x:xmpmeta><?xpacket end="w"?>')


@pytest.mark.parametrize("side", [1, 2, 63, 64, 65, 301])
@pytest.mark.parametrize("kind", MODES)
def test_of_any_size(kind, side):
    original = stored(kind, "RGB", {}, width=side + 1, height=side)
    content = b"".join(rights.written(kind.lower(), io.BytesIO(original), PACKET[:-1]))
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert picture.size == (side + 1, side)
    assert original in rights.possible_originals(kind.lower(), content)


def test_a_long_text_is_refused_before_it_breaks_the_file():
    with pytest.raises(ValueError, match="too long"):
        list(rights.written("jpeg", io.BytesIO(files.picture()), b"x" * 65_001))


def test_it_comes_in_pieces_of_a_bounded_size():
    large = stored("PNG", "RGB", {"compress_level": 0}, width=900, height=700)
    pieces = list(rights.written("png", io.BytesIO(large), PACKET))
    assert len(large) > 1_000_000
    assert max(map(len, pieces)) <= rights.PIECE + len(PACKET)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("length", [0, 1, 5, 19, 25])
def test_a_damaged_file_is_named_so(kind, length):
    def taken_out_again():
        data = b"".join(rights.written(kind, io.BytesIO(b"\xff\xd8\xff\xe0"[:length] * 9), b"x"))
        return list(rights.possible_originals(kind, data))

    with pytest.raises(metadata.DamagedFile):
        taken_out_again()
