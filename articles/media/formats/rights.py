"""Writes credit, copyright and terms (XMP) into a downloaded picture as it passes, and takes them out to compare it.

The stored originals hold no metadata (`metadata.strip`). The picture itself is copied byte for byte, in pieces.
Sources: XMP Specification Part 3 (2020), 1.1.3 JPEG, 1.1.5 PNG; RFC 9649, 2.7.
"""

import struct
import zlib

from .metadata import PNG_SIGNATURE, DamagedFile, strip

PIECE = 64 * 1024
MOST = 65_000  # bytes of a packet: what one segment of a JPEG holds
JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
PNG_XMP = b"XML:com.adobe.xmp\0\0\0\0\0"  # keyword, not compressed, no language, no translated keyword
HAS_ALPHA, HAS_XMP = 0b0001_0000, 0b0000_0100  # flags of VP8X


def written(kind, file, packet):
    """Yield the bytes of an open "jpeg", "png" or "webp" file with the XMP packet in it. Raises DamagedFile."""
    if len(packet) > MOST:
        raise ValueError("the packet is too long")
    try:
        yield from {"jpeg": _jpeg, "png": _png, "webp": _webp}[kind](file, packet)
    except struct.error as error:
        raise DamagedFile(str(error)) from error


def _rest(file):
    while piece := file.read(PIECE):
        yield piece


def _jpeg(file, packet):
    """Behind the first segment if that is JFIF's, which must be the first."""
    head = file.read(20)
    end = 2
    if head[2:4] == b"\xff\xe0":
        end += 2 + struct.unpack_from(">H", head, 4)[0]
        head += file.read(max(0, end - len(head)))
    segment = JPEG_XMP + packet
    yield head[:end] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + head[end:]
    yield from _rest(file)


def _png(file, packet):
    """Behind the header, whose length is fixed."""
    head = file.read(len(PNG_SIGNATURE) + 25)
    body = b"iTXt" + PNG_XMP + packet
    yield head + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    yield from _rest(file)


def _webp(file, packet):
    """At the end; a simple file gets the header that says that there is more than the picture."""
    head = file.read(30)
    (size,) = struct.unpack_from("<I", head, 4)
    first, body = head[12:16], head[20:]
    if first == b"VP8X":
        head = head[:20] + bytes((head[20] | HAS_XMP,)) + head[21:]
        extra = b""
    else:
        extra = _extended_header(first, body)
    chunk = b"XMP " + struct.pack("<I", len(packet)) + packet + b"\0" * (len(packet) % 2)
    odd = size % 2
    total = size + odd + len(extra) + len(chunk)
    yield b"RIFF" + struct.pack("<I", total) + b"WEBP" + extra + head[12:]
    yield from _rest(file)
    yield b"\0" * odd + chunk


def _extended_header(name, body):
    """The VP8X chunk of a file that has none: its size in pixels, and whether it can be seen through."""
    if name == b"VP8L":
        (bits,) = struct.unpack_from("<I", body, 1)
        width, height, flags = bits & 0x3FFF, bits >> 14 & 0x3FFF, HAS_ALPHA if bits >> 28 & 1 else 0
    else:
        width, height = ((value & 0x3FFF) - 1 for value in struct.unpack_from("<HH", body, 6))
        flags = 0
    sizes = struct.pack("<I", width)[:3] + struct.pack("<I", height)[:3]
    return b"VP8X" + struct.pack("<I", 10) + bytes((flags | HAS_XMP, 0, 0, 0)) + sizes


def possible_originals(kind, data):
    """Yield the bytes that the file may have had in the library: without metadata, and without our header of a WebP."""
    bare = strip(kind, data)
    yield bare
    if kind == "webp" and bare[12:16] == b"VP8X":
        chunks = bare[30:]
        yield b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks
