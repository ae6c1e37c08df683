"""Checks and stores uploaded pictures: true type, intact, small enough, and without metadata such as GPS positions."""

import io
import warnings
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageCms, JpegImagePlugin

from . import metadata
from .storage import put, read_limited, sha256

EXTENSIONS = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "png": ("png", "apng"),
    "webp": ("webp",),
    "gif": ("gif",),
}
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
LONGEST_SIDE = 16383  # of a WebP rendition
# Decoding WebP takes four times the memory of the picture (libwebp's animation decoder): fewer pixels are allowed.
PIXEL_COSTS = {"webp": 2.5}
PROFILE_MAX_BYTES = 2 * 1024 * 1024
ORIENTATION = 0x0112
# EXIF 2.32, table 6: the transposition that turns a picture of that orientation upright.
TRANSPOSITIONS = {
    2: Picture.Transpose.FLIP_LEFT_RIGHT,
    3: Picture.Transpose.ROTATE_180,
    4: Picture.Transpose.FLIP_TOP_BOTTOM,
    5: Picture.Transpose.TRANSPOSE,
    6: Picture.Transpose.ROTATE_270,
    7: Picture.Transpose.TRANSVERSE,
    8: Picture.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class CheckedImage:
    """A picture that passed the checks, ready to store; size in bytes, SHA-256 of the content in hex."""

    format: str
    width: int
    height: int
    content: bytes
    sha256: str
    size: int

    @property
    def extension(self):
        return EXTENSIONS[self.format][0]

    @property
    def name(self):
        return f"images/{self.sha256[:2]}/{self.sha256}.{self.extension}"


def check(source, name=""):
    """Check a file, an upload or bytes; returns a `CheckedImage`. Raises ValidationError with one sentence.

    Of an animation only the first frame is kept: a moving picture needs a pause button (WCAG 2.2.2).
    """
    content = read_limited(source, settings.IMAGE_MAX_BYTES, _too_large())
    kind = detect_format(content)
    _check_extension(kind, name or getattr(source, "name", None) or "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _checked(kind, content)
    except ValidationError:
        raise
    except Picture.DecompressionBombError as error:
        raise _too_many_pixels(kind) from error
    except MemoryError as error:
        raise ValidationError(_("The picture is too large to be read."), code="too_many_pixels") from error
    except Exception as error:  # damaged files make decoders raise almost anything
        raise ValidationError(
            _("The picture is damaged or incomplete. Save it again in an image editor, then upload it."), code="damaged"
        ) from error


def detect_format(content):
    """ "jpeg", "png", "gif" or "webp", by the first bytes; raises ValidationError for anything else."""
    if not content:
        raise ValidationError(_("The file is empty."), code="empty")
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(metadata.PNG_SIGNATURE):
        return "png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if b"<svg" in content[:4096].lower():
        raise ValidationError(
            _("SVG files can contain scripts and are not accepted. Export the drawing as PNG."), code="not_a_picture"
        )
    raise ValidationError(
        _("This is not a JPEG, PNG, WebP or GIF picture, whatever its name says."), code="not_a_picture"
    )


def _check_extension(kind, name):
    stem, dot, extension = name.rpartition(".")
    if dot and stem and "/" not in extension and extension.lower() not in EXTENSIONS[kind]:
        raise ValidationError(
            _("The name ends in “.%(extension)s”, but this is a %(kind)s picture. Rename it, then upload it again."),
            code="wrong_extension",
            params={"extension": extension[:20], "kind": kind.upper()},
        )


@dataclass(frozen=True, slots=True)
class _Head:
    """What can be read before any pixel is decoded."""

    profile: bytes | None
    orientation: int
    moves: bool
    mode: str


def _head(kind, content):
    with Picture.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
        _cap_pixels(kind, picture.size)
        # Pillow decodes a whole PNG to look for EXIF at its end.
        has_exif = kind != "png" or b"eXIf" in content
        orientation = picture.getexif().get(ORIENTATION, 1) if has_exif else 1
        moves = kind == "webp" and picture.is_animated
        return _Head(_valid_profile(picture), orientation, moves, picture.mode)


def _checked(kind, content):
    head = _head(kind, content)
    keep_profile = bool(head.profile)
    if kind == "gif" or head.moves or head.mode == "CMYK" or head.orientation in TRANSPOSITIONS:
        kind, content = _reencode(kind, content, head)
        keep_profile = True
    try:
        content = metadata.strip(kind, content, keep_profile)
    except metadata.DamagedFile:
        # Some cameras pad between segments. The decoder accepts that, and still refuses a truncated file.
        kind, content = _reencode(kind, content, head)
        content = metadata.strip(kind, content)
    size = _decode(kind, content)
    return CheckedImage(kind, *size, content, sha256(content), len(content))


def _cap_pixels(kind, size):
    if size[0] * size[1] * PIXEL_COSTS.get(kind, 1) > settings.IMAGE_MAX_PIXELS or max(size) > LONGEST_SIDE:
        raise _too_many_pixels(kind)


def _decode(kind, content):
    """Decode to the last pixel, to find a truncated file (a JPEG at an eighth, to save memory). Returns the size."""
    with Picture.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
        size = picture.size
        _cap_pixels(kind, size)
        if kind == "jpeg":
            picture.draft(picture.mode, (size[0] // 8 or 1, size[1] // 8 or 1))
        picture.load()
    return size


def _reencode(kind, content, head):
    """Encode the first frame again, upright and in RGB. Returns (format, bytes)."""
    profile = head.profile
    picture = Picture.open(io.BytesIO(content), formats=[kind.upper()])
    picture.load()
    kind, options = _save_options(kind, picture, lossless=b"VP8L" in content[:64])
    if head.orientation in TRANSPOSITIONS:
        picture = picture.transpose(TRANSPOSITIONS[head.orientation])
    if picture.mode == "CMYK":
        picture, profile = _in_rgb(picture, profile), None
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, kind.upper(), icc_profile=profile, **options)
    return kind, out.getvalue()


def _save_options(kind, picture, lossless):
    """(format, options of Pillow's `save`) that come nearest to the original."""
    if kind == "gif":
        transparency = picture.info.get("transparency")
        return "png", {"optimize": True} | ({} if transparency is None else {"transparency": transparency})
    if kind == "webp":
        return kind, {"lossless": True} if lossless else {"quality": 92}
    if kind == "jpeg":
        sampling = JpegImagePlugin.get_sampling(picture)
        return kind, {"quality": 92} | ({"subsampling": sampling} if sampling >= 0 else {})
    return kind, {}


def _in_rgb(picture, profile):
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            pass
    return picture.convert("RGB")


def _valid_profile(picture):
    """The colour profile if it is valid and fits the picture's mode, else None (ICC.1:2022, 7.2)."""
    profile = picture.info.get("icc_profile")
    space = {"L": b"GRAY", "LA": b"GRAY", "I;16": b"GRAY", "1": b"GRAY", "CMYK": b"CMYK"}.get(picture.mode, b"RGB ")
    if not profile or len(profile) > PROFILE_MAX_BYTES or profile[36:40] != b"acsp" or profile[16:20] != space:
        return None
    return profile


def _too_large():
    return _("The picture is larger than %(limit)s.") % {"limit": filesizeformat(settings.IMAGE_MAX_BYTES)}


def _too_many_pixels(kind):
    millions = int(settings.IMAGE_MAX_PIXELS / PIXEL_COSTS.get(kind, 1) / 1_000_000)
    return ValidationError(
        _("The picture has too many pixels: at most %(millions)s million, and 16,383 on a side. Make it smaller."),
        code="too_many_pixels",
        params={"millions": millions},
    )


def store(checked):
    """Store the file under `checked.name`; returns that name."""
    return put(checked.name, checked.content)


def fill(image, checked):
    """Store the file and set the fields of the image that describe it. The caller saves."""
    image.file = store(checked)
    if image.sha256 != checked.sha256:
        image.renditions = {}
    for field in ("sha256", "size", "width", "height"):
        setattr(image, field, getattr(checked, field))
    return image
