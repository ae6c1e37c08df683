"""Removes metadata from JPEG, PNG and WebP files without re-encoding the picture.

These files are lists of segments. Segments that show the picture are copied byte for byte; EXIF, XMP, GPS, thumbnails,
comments, animation and whatever follows the end are left out. Sources: ITU-T T.81 annex B, W3C PNG (third edition),
RFC 9649.
"""

import re
import struct
import zlib

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = set(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs".split())
WEBP_KEPT = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"}
# Marker bytes with a meaning inside the compressed data: stuffed zero and restart markers.
_jpeg_marker = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


class DamagedFile(ValueError):
    """The file is truncated or damaged."""


def strip(kind, data, keep_profile=True):
    """The bytes of a "jpeg", "png" or "webp" without metadata; raises `DamagedFile`."""
    try:
        return {"jpeg": strip_jpeg, "png": strip_png, "webp": strip_webp}[kind](data, keep_profile)
    except (struct.error, IndexError) as error:
        raise DamagedFile(str(error)) from error


def strip_jpeg(data, keep_profile=True):
    kept, at = [b"\xff\xd8"], 2
    while True:
        if data[at] != 0xFF:
            raise DamagedFile("no marker where one must be")
        while data[at] == 0xFF:
            at += 1
        marker, at = data[at], at + 1
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        (length,) = struct.unpack_from(">H", data, at)
        end = at + length
        if length < 2 or end > len(data):
            raise DamagedFile("a segment is cut off")
        segment = _jpeg_segment(marker, data[at + 2 : end], keep_profile)
        if marker == 0xDA:
            scan_end = _jpeg_marker.search(data, end)
            if not scan_end:
                raise DamagedFile("the picture is cut off")
            segment, end = data[at + 2 : scan_end.start()], scan_end.start()
            kept.append(bytes((0xFF, marker)) + struct.pack(">H", length) + segment)
        elif segment is not None:
            kept.append(bytes((0xFF, marker)) + struct.pack(">H", len(segment) + 2) + segment)
        at = end


def _jpeg_segment(marker, body, keep_profile):
    """The part of the segment's body to keep; None to leave the segment out."""
    if marker == 0xE0:
        return body[:12] + b"\0\0" if body.startswith(b"JFIF\0") and len(body) >= 14 else None
    if marker == 0xE2:
        return body if keep_profile and body.startswith(b"ICC_PROFILE\0") else None
    if marker == 0xEE:
        return body[:12] if body.startswith(b"Adobe") and len(body) >= 12 else None
    if 0xE1 <= marker <= 0xEF or marker == 0xFE:
        return None
    return body


def strip_png(data, keep_profile=True):
    kept, at, seen = [PNG_SIGNATURE], len(PNG_SIGNATURE), False
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise DamagedFile("a chunk is cut off")
        if name in PNG_KEPT and (keep_profile or name != b"iCCP"):
            if zlib.crc32(data[at + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
                raise DamagedFile("a checksum is wrong")
            kept.append(data[at:end])
        seen = seen or name == b"IDAT"
        if name == b"IEND":
            if not seen:
                raise DamagedFile("there is no picture in it")
            return b"".join(kept)
        at = end


def strip_webp(data, keep_profile=True):
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise DamagedFile("the file is cut off")
    chunks, at = [], 12
    while at + 8 <= size + 8:
        name, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) < length:
            raise DamagedFile("a chunk is cut off")
        if name in WEBP_KEPT and (keep_profile or name != b"ICCP"):
            chunks.append((name, body))
        at += 8 + length + length % 2
    names = {name for name, _body in chunks}
    if not names & {b"VP8 ", b"VP8L"}:
        raise DamagedFile("there is no picture in it")
    written = b"".join(_webp_chunk(name, body, names) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", len(written) + 4) + b"WEBP" + written


def _webp_chunk(name, body, names):
    if name == b"VP8X":  # flags: ICC profile, alpha, EXIF, XMP, animation
        flags = body[0] & 0b0001_0000 | (0b0010_0000 if b"ICCP" in names else 0)
        body = bytes((flags,)) + body[1:]
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
