"""Reads what a file of video or audio is from its content: MP4, WebM, Ogg and MP3. For `checking`.

Only headers are read, wherever they stand in the file. Sources: ISO/IEC 14496-12 (MP4), RFC 9559 (Matroska), RFC 3533
and 7845 (Ogg, Opus), ISO/IEC 11172-3 (MP3), id3.org (ID3v2).
"""

import struct
from dataclasses import dataclass

MOST_BOXES = 10_000


class NotPlayable(Exception):
    """`code`: "unknown", "damaged", or what is in the file and browsers do not play, such as "hvc1"."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Found:
    """What the file is. `private`: (place, length of the head, length) of boxes with titles and places, which are
    emptied."""

    extension: str
    duration: int | None = None
    private: tuple = ()


def read(file):
    """A `Found`; raises NotPlayable. `file` is open, and can be read from any place."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(64)
    try:
        if head[4:8] == b"ftyp" and head[8:12] != b"qt  ":
            return _Mp4(file, size).read()
        if head.startswith(b"\x1aE\xdf\xa3"):
            return _Matroska(file, size).read()
        if head.startswith(b"OggS"):
            return _ogg(file, size)
        if head.startswith(b"ID3") or _frame_length(head[:4]):
            return _mp3(file, head)
    except (LookupError, OverflowError, RecursionError, ValueError, ZeroDivisionError) as error:
        raise NotPlayable("damaged") from error
    raise NotPlayable(_other(head))


def _other(head):
    for start, name in {b"fLaC": "FLAC", b"0&\xb2u": "WMV", b"FLV": "FLV", b"\x00\x00\x01\xba": "MPEG"}.items():
        if head.startswith(start):
            return name
    if head.startswith(b"RIFF"):
        return {b"WAVE": "WAV", b"AVI ": "AVI"}.get(head[8:12], "unknown")
    return "QuickTime" if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide") else "unknown"


class _Mp4:
    """Boxes within boxes: size, type, content."""

    WITHIN = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
    PRIVATE = {b"udta", b"meta", b"uuid"}  # titles, places, names of devices
    CODECS = {b"avc1", b"avc3", b"av01", b"vp09", b"mp4a", b"Opus", b"fLaC", b".mp3"}

    def __init__(self, file, size):
        self.file, self.size, self.boxes = file, size, 0
        self.handlers, self.codecs, self.private, self.duration, self.has_moov = set(), [], [], None, False

    def read(self):
        self._walk(0, self.size)
        if not self.has_moov or not self.codecs:
            raise NotPlayable("damaged")
        for codec in self.codecs:
            if codec not in self.CODECS:
                raise NotPlayable(codec.decode("ascii", "replace").strip() or "unknown")
        if not {b"vide", b"soun"} & self.handlers:
            raise NotPlayable("unknown")
        return Found("mp4" if b"vide" in self.handlers else "m4a", self.duration, tuple(self.private))

    def _walk(self, at, end):
        while at + 8 <= end:
            self.boxes += 1
            if self.boxes > MOST_BOXES:
                raise NotPlayable("damaged")
            self.file.seek(at)
            head = self.file.read(16)
            length, kind, inner = int.from_bytes(head[:4], "big"), head[4:8], at + 8
            if length == 1:
                length, inner = int.from_bytes(head[8:16], "big"), at + 16
            elif length == 0:
                length = end - at
            if length < inner - at or at + length > end:
                raise NotPlayable("damaged")
            self._box(kind, at, inner, at + length)
            at += length

    def _box(self, kind, at, inner, end):
        self.has_moov |= kind == b"moov"
        if kind in self.PRIVATE:
            self.private.append((at, inner - at, end - at))
        elif kind in self.WITHIN:
            self._walk(inner, end)
        elif kind in (b"mvhd", b"hdlr", b"stsd"):
            self.file.seek(inner)
            getattr(self, "_" + kind.decode())(self.file.read(min(end - inner, 64)))

    def _mvhd(self, data):
        at, wide = (20, 8) if data[0] else (12, 4)
        scale, ticks = int.from_bytes(data[at : at + 4], "big"), int.from_bytes(data[at + 4 : at + 4 + wide], "big")
        if scale and ticks and ticks != 2 ** (8 * wide) - 1:
            self.duration = round(ticks / scale)

    def _hdlr(self, data):
        self.handler = data[8:12]
        self.handlers.add(self.handler)

    def _stsd(self, data):
        if getattr(self, "handler", b"") in (b"vide", b"soun") and len(data) >= 16:
            self.codecs.append(data[12:16])


class _Matroska:
    """Elements with an id and a size of variable length; WebM is Matroska with few codecs."""

    SEGMENT, INFO, TRACKS, ENTRY, CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
    CODECS = {"V_VP8", "V_VP9", "V_AV1", "A_OPUS", "A_VORBIS"}

    def __init__(self, file, size):
        self.file, self.size, self.elements = file, size, 0
        self.codecs, self.doctype, self.scale, self.ticks = [], "", 1_000_000, None

    def read(self):
        self._walk(0, self.size)
        if self.doctype != "webm":
            raise NotPlayable("Matroska" if self.doctype else "damaged")
        if not self.codecs:
            raise NotPlayable("damaged")
        for codec in self.codecs:
            if codec not in self.CODECS:
                raise NotPlayable(codec)
        is_video = any(codec.startswith("V_") for codec in self.codecs)
        seconds = None if self.ticks is None else round(self.ticks * self.scale / 1e9)
        return Found("webm" if is_video else "weba", seconds)

    def _number(self, at, keep_marker):
        """(a number of variable length, the place after it); None as the number if it is unknown."""
        self.file.seek(at)
        first = self.file.read(1)[0]
        length = 9 - first.bit_length()
        if length > 8:
            raise NotPlayable("damaged")
        value = int.from_bytes(bytes([first]) + self.file.read(length - 1), "big")
        bits = value & ((1 << 7 * length) - 1)
        is_unknown = bits == (1 << 7 * length) - 1
        return (value if keep_marker else None if is_unknown else bits), at + length

    def _walk(self, at, end):
        while at < end:
            self.elements += 1
            if self.elements > MOST_BOXES:
                raise NotPlayable("damaged")
            kind, inner = self._number(at, keep_marker=True)
            length, inner = self._number(inner, keep_marker=False)
            if kind == self.CLUSTER:  # what follows are pictures and sounds
                return
            after = end if length is None else inner + length
            if after > end:
                raise NotPlayable("damaged")
            if kind in (0x1A45DFA3, self.SEGMENT, self.INFO, self.TRACKS, self.ENTRY):
                self._walk(inner, after)
            elif kind in (0x4282, 0x86, 0x2AD7B1, 0x4489):
                self.file.seek(inner)
                self._element(kind, self.file.read(min(after - inner, 64)))
            at = after

    def _element(self, kind, data):
        if kind == 0x4282:
            self.doctype = data.rstrip(b"\0").decode("ascii", "replace")
        elif kind == 0x86:
            self.codecs.append(data.rstrip(b"\0").decode("ascii", "replace"))
        elif kind == 0x2AD7B1:
            self.scale = int.from_bytes(data, "big")
        else:
            self.ticks = _float(data)


def _float(data):
    number = struct.unpack(">f" if len(data) == 4 else ">d", data[:8])[0] if len(data) in (4, 8) else 0
    return number if 0 < number < 1e15 else None


def _ogg(file, size):
    file.seek(0)
    page = file.read(512)
    start = 27 + page[26]
    is_opus = page[start : start + 8] == b"OpusHead"
    if not is_opus and page[start : start + 7] != b"\x01vorbis":
        raise NotPlayable("Ogg")
    rate = 48_000 if is_opus else int.from_bytes(page[start + 12 : start + 16], "little")
    file.seek(max(size - 65_536, 0))
    tail = file.read(65_536)
    last = tail.rfind(b"OggS")
    samples = int.from_bytes(tail[last + 6 : last + 14], "little") if last >= 0 else 0
    return Found("ogg", round(samples / rate) if 0 < samples < 1 << 62 else None)


BITRATES = {  # kbit/s by version and layer III
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _frame_length(head):
    """Bytes of the MP3 frame with this header of four bytes; 0 if it is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    return (144 if first else 72) * BITRATES[1 if first else 2][bits] * 1000 // RATES[version][rate] + (
        head[2] >> 1 & 1
    )


def _mp3(file, head):
    """Three frames must follow one another after the tags: nothing else does."""
    at = 0
    while head.startswith(b"ID3"):
        at += 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        file.seek(at)
        head = file.read(10)
    file.seek(at)
    data = file.read(16_384)
    start = next((n for n, byte in enumerate(data) if byte), len(data))  # some programs write zeros after the tags
    for _each in range(3):
        length = _frame_length(data[start : start + 4])
        if not length:
            raise NotPlayable("damaged")
        start += length
    return Found("mp3")
