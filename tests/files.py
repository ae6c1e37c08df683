"""Pictures and files for tests, honest and hostile, made on the fly."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms


def png_chunk(name, data=b""):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture(width=800, height=600, mode="RGB", kind="JPEG", **options):
    """Two colours, so that a turn or a crop can be seen: the left half dark, the right half light."""
    dark, light = {"L": (0, 255), "I;16": (0, 65535), "CMYK": ((0, 0, 0, 255), (0, 0, 0, 0))}.get(
        mode, ((10, 20, 120), (240, 230, 60))
    )
    if mode == "RGBA":
        dark, light = (*dark, 255), (*light, 0)
    made = Image.new("RGB" if mode == "P" else mode, (width, height), dark)
    made.paste(light, (width // 2, 0, width, height))
    made = made.quantize(4) if mode == "P" else made
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def bomb(side=13_000):
    """169 million pixels in some twenty kilobytes."""
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(bytes(side // 8 + 2)) for _row in range(side)) + rows.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND")


def exif(orientation=1):
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = "SECRET-CAMERA"
    data[0x013B] = "SECRET-ARTIST"
    data.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 24.0), 3: "E", 4: (6.0, 9.0, 0.0), 29: "SECRET-GPS"})
    return data.tobytes()


@cache  # a new profile carries the time of its making
def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def frames(kind, count=3):
    steps = [Image.new("RGB", (60, 40), (n * 60, 0, 0)) for n in range(count)]
    out = io.BytesIO()
    steps[0].save(out, kind, save_all=True, append_images=steps[1:], duration=100)
    return out.getvalue()


def blank(mode="RGBA", kind="PNG", **options):
    """A picture that nobody can see."""
    out = io.BytesIO()
    Image.new(mode, (60, 40), (0, 0, 0, 0)).save(out, kind, **options)
    return out.getvalue()


def blank_frames():
    """A GIF whose first two frames are transparent."""
    steps = [Image.new("RGBA", (60, 40), (0, 0, 0, 0)) for _n in range(3)]
    steps[2].paste((200, 0, 0, 255), (10, 10, 50, 30))
    steps[1].putpixel((0, 0), (0, 0, 0, 1))  # or Pillow would leave the frame out
    out = io.BytesIO()
    steps[0].save(out, "GIF", save_all=True, append_images=steps[1:], duration=100, disposal=2)
    return out.getvalue()


def heic(width=200, height=120, **options):
    pillow_heif.register_heif_opener()
    return picture(width, height, kind="HEIF", **options)


def archive(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # the container of old office documents
