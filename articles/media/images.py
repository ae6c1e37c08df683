"""Checks and stores uploaded pictures: true type, intact, small enough, and without metadata such as GPS positions."""

import io
import warnings
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageOps, JpegImagePlugin

from ..models import Copies
from . import resize
from .formats import convert, embedded, metadata
from .formats.detect import EXTENSIONS, check_extension, detect_format
from .formats.embedded import Embedded
from .storage import put, read_limited, sha256

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif"}
# Decoding these takes more memory than a JPEG of the same size: fewer pixels are allowed.
PIXEL_COSTS = {"webp": 2.5, "avif": 1.6, "heic": 1.6, "jpeg2000": 2.5, "tiff": 1.6}
PROFILE_MAX_BYTES = 2 * 1024 * 1024
ORIENTATION = 0x0112
FRAMES = 10  # of an animation, among which the first that shows something is looked for


@dataclass(frozen=True, slots=True)
class CheckedImage:
    """A picture that passed the checks, ready to store; size in bytes, SHA-256 of the content in hex."""

    format: str
    width: int
    height: int
    content: bytes
    sha256: str
    size: int
    embedded: Embedded  # what the photographer wrote into the file
    is_still: bool = False  # it was an animation, of which one frame is left

    @property
    def extension(self):
        return EXTENSIONS[self.format][0]

    @property
    def name(self):
        return f"images/{self.sha256[:2]}/{self.sha256}.{self.extension}"


def check(source, name=""):
    """Check a file, an upload or bytes; returns a `CheckedImage`. Raises ValidationError with one sentence.

    Of an animation only the first frame that shows something is kept: a moving picture needs a pause button
    (WCAG 2.2.2). Formats that browsers do not show are converted (see formats/convert.py).
    """
    content = read_limited(source, settings.IMAGE_MAX_BYTES, _too_large())
    kind = detect_format(content)
    check_extension(kind, name or getattr(source, "name", None) or "")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _checked(kind, content)
    except ValidationError:
        raise
    except Picture.DecompressionBombError as error:
        raise _too_many_pixels(kind) from error
    except MemoryError as error:
        raise _unreadably_large() from error
    except Exception as error:  # damaged files make decoders raise almost anything
        raise ValidationError(
            _("The picture is damaged or incomplete. Save it again in an image editor, then upload it."), code="damaged"
        ) from error


@dataclass(frozen=True, slots=True)
class _Head:
    """What can be read before any pixel is decoded."""

    profile: bytes | None
    orientation: int
    moves: bool
    mode: str
    embedded: Embedded


def _head(kind, content):
    with Picture.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
        _cap_pixels(kind, picture.size)
        # Pillow decodes a whole PNG to look for EXIF at its end.
        has_exif = kind != "png" or b"eXIf" in content
        orientation = picture.getexif().get(ORIENTATION, 1) if has_exif else 1
        moves = kind == "webp" and picture.is_animated
        return _Head(_valid_profile(picture), orientation, moves, picture.mode, embedded.read(picture))


def _checked(kind, content):
    texts, is_still = None, _is_animated(content)
    if kind in convert.FORMATS:
        kind, content, texts = _converted(kind, content)
    head = _head(kind, content)
    keep_profile = bool(head.profile)
    if kind == "gif" or head.moves or head.mode == "CMYK" or head.orientation in range(2, 9):
        kind, content = _reencode(kind, content, head)
        keep_profile = True
    try:
        content = metadata.strip(kind, content, keep_profile)
    except metadata.DamagedFile:
        # Some cameras pad between segments. The decoder accepts that, and still refuses a truncated file.
        kind, content = _reencode(kind, content, head)
        content = metadata.strip(kind, content)
    size = _decode(kind, content)
    return CheckedImage(kind, *size, content, sha256(content), len(content), texts or head.embedded, is_still)


def _is_animated(content):
    """Whether a file has several frames. What cannot be opened is refused later, with its reason."""
    try:
        with Picture.open(io.BytesIO(content), formats=["GIF", "PNG", "WEBP", "AVIF"]) as picture:
            return getattr(picture, "is_animated", False)
    except Exception:  # damaged files make decoders raise almost anything
        return False


def _converted(kind, content):
    try:
        return convert.converted(kind, content, int(settings.IMAGE_MAX_PIXELS / PIXEL_COSTS.get(kind, 1)))
    except convert.Refused as refused:
        if refused.code == convert.TOO_MANY_PIXELS:
            raise _too_many_pixels(kind) from refused
        if refused.code == convert.EMPTY:
            raise _empty() from refused
        if refused.code == convert.CANNOT_READ_HEIC:
            raise ValidationError(
                _("HEIC pictures cannot be read here. Save the picture as JPEG, then upload it."), code="not_a_picture"
            ) from refused
        if refused.code is None:
            raise _unreadably_large() from refused
        raise


def _cap_pixels(kind, size):
    if size[0] * size[1] * PIXEL_COSTS.get(kind, 1) > settings.IMAGE_MAX_PIXELS or max(size) > convert.LONGEST_SIDE:
        raise _too_many_pixels(kind)


def _decode(kind, content):
    """Decode to the last pixel, to find a truncated file (a JPEG at an eighth, to save memory). Returns the size."""
    with Picture.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
        size = picture.size
        _cap_pixels(kind, size)
        if kind == "jpeg":
            picture.draft(picture.mode, (size[0] // 8 or 1, size[1] // 8 or 1))
        picture.load()
        if convert.is_blank(picture):
            raise _empty()
    return size


def _reencode(kind, content, head):
    """Encode the first frame that shows something again, upright and in RGB. Returns (format, bytes)."""
    profile = head.profile
    picture = Picture.open(io.BytesIO(content), formats=[kind.upper()])
    _seek_visible(picture)
    kind, options = _save_options(kind, picture, lossless=b"VP8L" in content[:64])
    if head.orientation in range(2, 9):
        picture = ImageOps.exif_transpose(picture)
    if picture.mode == "CMYK":
        picture, profile = resize.in_srgb(picture), None
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, kind.upper(), icc_profile=profile, **options)
    return kind, out.getvalue()


def _seek_visible(picture):
    """Load the first frame that is not transparent or of one colour; the first if there is none."""
    for number in range(min(getattr(picture, "n_frames", 1), FRAMES)):
        picture.seek(number)
        picture.load()
        if number == 0 and not getattr(picture, "is_animated", False):
            return
        if _shows_something(picture):
            return
    picture.seek(0)
    picture.load()


def _shows_something(picture):
    red, green, blue, alpha = picture.convert("RGBA").getextrema()
    return alpha[1] > 0 and any(low != high for low, high in (red, green, blue, alpha))


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


def _valid_profile(picture):
    """The colour profile if it is valid and fits the picture's mode, else None (ICC.1:2022, 7.2)."""
    profile = picture.info.get("icc_profile")
    space = {"L": b"GRAY", "LA": b"GRAY", "I;16": b"GRAY", "1": b"GRAY", "CMYK": b"CMYK"}.get(picture.mode, b"RGB ")
    if not profile or len(profile) > PROFILE_MAX_BYTES or profile[36:40] != b"acsp" or profile[16:20] != space:
        return None
    return profile


def _too_large():
    return _("The picture is larger than %(limit)s.") % {"limit": filesizeformat(settings.IMAGE_MAX_BYTES)}


def _unreadably_large():
    return ValidationError(_("The picture is too large to be read."), code="too_many_pixels")


def _too_many_pixels(kind):
    millions = int(settings.IMAGE_MAX_PIXELS / PIXEL_COSTS.get(kind, 1) / 1_000_000)
    return ValidationError(
        _("The picture has too many pixels: at most %(millions)s million, and 16,383 on a side. Make it smaller."),
        code="too_many_pixels",
        params={"millions": millions},
    )


def _empty():
    return ValidationError(_("The picture is empty: all of it is transparent."), code="empty")


def store(checked):
    """Store the file under `checked.name`; returns that name."""
    return put(checked.name, checked.content)


def fill(image, checked):
    """Store the file and set the fields of the image that describe it. The caller saves."""
    image.file = store(checked)
    if image.sha256 != checked.sha256:
        image.renditions, image.copies = {}, Copies.DUE
    for field in ("sha256", "size", "width", "height"):
        setattr(image, field, getattr(checked, field))
    return image
