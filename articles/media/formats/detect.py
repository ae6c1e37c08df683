"""The formats of pictures: which one a file is in, by its content, and whether its name fits."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .metadata import PNG_SIGNATURE

EXTENSIONS = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png", "apng"),
    "webp": ("webp",),
    "gif": ("gif",),
    # Converted to one of the first three:
    "avif": ("avif", "avifs"),
    "heic": ("heic", "heif", "hif"),
    "tiff": ("tiff", "tif"),
    "jpeg2000": ("jp2", "j2k", "j2c", "jpc", "jpf", "jpx"),
    "bmp": ("bmp", "dib"),
    "ico": ("ico",),
}
# What cameras write: TIFF by its first bytes, but no program shows it as it is.
RAW = {"cr2", "cr3", "nef", "nrw", "arw", "dng", "orf", "raf", "rw2", "pef", "srw"}
LABELS = {"jpeg2000": "JPEG 2000", "webp": "WebP"}  # of the others: in capitals
ACCEPT = ",".join(["image/*", *(f".{extension}" for known in EXTENSIONS.values() for extension in known)])
SIGNATURES = {
    b"\xff\xd8\xff": "jpeg",
    PNG_SIGNATURE: "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",
    b"MM\0+": "tiff",
    b"\0\0\0\x0cjP  \r\n\x87\n": "jpeg2000",
    b"\xff\x4f\xff\x51": "jpeg2000",
    b"\0\0\1\0": "ico",
}
# Pictures and documents that people take for pictures; each is exported as JPEG or PNG by the program that made it.
REFUSED = {
    b"8BPS": "Photoshop",
    b"%!PS": "PostScript",
    b"\xc5\xd0\xd3\xc6": "EPS",
    b"%PDF": "PDF",
    b"\xff\x0a": "JPEG XL",
    b"\0\0\0\x0cJXL ": "JPEG XL",
    b"gimp xcf": "GIMP",
    b"\xd7\xcd\xc6\x9a": "WMF",
}


def detect_format(content):
    """A key of EXTENSIONS, by the first bytes; raises ValidationError for anything else."""
    if not content:
        raise ValidationError(_("The file is empty."), code="empty")
    for signature, kind in SIGNATURES.items():
        if content.startswith(signature):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return _by_brands(content)
    if content.startswith(b"BM") and content[6:10] == b"\0\0\0\0":
        return "bmp"
    if b"<svg" in content[:4096].lower():
        raise ValidationError(
            _("SVG files can contain scripts and are not accepted. Export the drawing as PNG."), code="not_a_picture"
        )
    for signature, name in REFUSED.items():
        if content.startswith(signature):
            raise _refused(name)
    raise ValidationError(
        _("This is not a JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF or BMP picture, whatever its name says."),
        code="not_a_picture",
    )


def _refused(kind):
    return ValidationError(
        _("%(kind)s files are not accepted. Export the picture as JPEG or PNG, then upload it."),
        code="not_a_picture",
        params={"kind": kind},
    )


def _by_brands(content):
    """ "avif" or "heic", by the brands of an ISO media file (ISO/IEC 23008-12)."""
    length = int.from_bytes(content[:4], "big")
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, min(length, 256), 4))}
    if brands & {b"avif", b"avis"}:
        return "avif"
    if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}:
        return "heic"
    raise ValidationError(
        _("This is video or audio, not a picture. Add it under “Video and audio”."), code="not_a_picture"
    )


def check_extension(kind, name):
    stem, dot, extension = name.rpartition(".")
    if extension.lower() in RAW:
        raise _refused(f"RAW ({extension.upper()})")
    if dot and stem and "/" not in extension and extension.lower() not in EXTENSIONS[kind]:
        raise ValidationError(
            _("The name ends in “.%(extension)s”, but this is a %(kind)s picture. Rename it, then upload it again."),
            code="wrong_extension",
            params={"extension": extension[:20], "kind": LABELS.get(kind, kind.upper())},
        )
