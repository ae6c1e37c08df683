"""Makes smaller copies of a picture: bytes in, bytes out. Uses no Django, because other processes run it."""

import io

from PIL import Image, ImageCms

WIDTHS = (320, 640, 960, 1600)
THUMB_WIDTHS = (360, 720)
THUMB_SHAPE = (3, 2)
QUICK_WIDTH = 960
QUICK_BYTES = 400 * 1024  # pages load no larger picture while the copies are being made
# Measured on drawings and photographs: AVIF at speed 8 is 5 % larger than at 6, in a third of the time.
FORMATS = {
    "avif": {"quality": 58, "speed": 8, "max_threads": 1},
    "webp": {"quality": 78, "method": 4},
}


def widths_for(width, wanted=WIDTHS):
    """The wanted widths smaller than the picture, and its own width (at most the largest wanted one)."""
    return sorted({each for each in wanted if each < width} | {min(width, wanted[-1])})


def thumb_box(width, height, focal_x, focal_y):
    """The largest 3:2 box around the focal point: left, top, right, bottom."""
    across, down = THUMB_SHAPE
    box_width = min(width, height * across // down) or 1
    box_height = min(height, width * down // across) or 1
    left = min(max(round(width * focal_x - box_width / 2), 0), width - box_width)
    top = min(max(round(height * focal_y - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def renditions(content, widths, thumb_widths=(), focal=(0.5, 0.5), xmp=b""):
    """{("640", "webp"): bytes, ("thumb-360", "avif"): bytes, …}, in sRGB, with no metadata but `xmp`."""
    largest = max([*widths, *thumb_widths], default=0)
    made = {}
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
        full_width, full_height = opened.size
        box = thumb_box(full_width, full_height, *focal)
        cropped = (box[2] - box[0]) / full_width
        wide = max([largest, *(each / cropped for each in thumb_widths)])
        opened.draft(opened.mode, (int(wide), max(1, int(wide * full_height / full_width))))
        opened.load()
        picture = in_srgb(opened)
    scale = picture.width / full_width  # the draft of a JPEG is a half, a quarter or an eighth
    for width in sorted(widths, reverse=True):
        height = max(1, round(full_height * width / full_width))
        made |= _encoded(str(width), picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3), xmp)
    for width in thumb_widths:
        height = max(1, width * THUMB_SHAPE[1] // THUMB_SHAPE[0])
        small = picture.resize((width, height), Image.Resampling.LANCZOS, [side * scale for side in box], 3)
        made |= _encoded(f"thumb-{width}", small, xmp)
    return made


def quick(content):
    """One WebP of at most QUICK_WIDTH and QUICK_BYTES, made within a request."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as opened:
        opened.draft(opened.mode, (QUICK_WIDTH, max(1, opened.height * QUICK_WIDTH // opened.width)))
        opened.load()
        picture = opened
        picture.thumbnail((QUICK_WIDTH, QUICK_WIDTH * 4), Image.Resampling.BILINEAR, reducing_gap=2)
        picture = in_srgb(picture)
    picture.info = {}
    while True:
        for quality in (75, 45, 15):
            out = io.BytesIO()
            picture.save(out, "WEBP", quality=quality, method=1)
            if out.tell() <= QUICK_BYTES:
                return out.getvalue()
        picture = picture.reduce(2)


def in_srgb(picture):
    """RGB or RGBA in sRGB, eight bits a channel."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    elif picture.mode == "F":
        low, high = picture.getextrema()
        picture = picture.point(lambda value: value * (255 if low >= 0 and high <= 1 else 1)).convert("L")
    transparent = picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info
    mode, profile = "RGBA" if transparent else "RGB", picture.info.get("icc_profile")
    try:
        if picture.mode == "LAB":
            return _profiled(picture, ImageCms.createProfile("LAB"), mode)
        if profile and picture.mode in {"RGB", "RGBA", "L", "CMYK"}:
            return _profiled(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), mode)
    except ImageCms.PyCMSError:
        pass
    return picture if picture.mode == mode else picture.convert(mode)


def _profiled(picture, profile, mode):
    return ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), outputMode=mode)


def _encoded(name, picture, xmp):
    made = {}
    for kind, options in FORMATS.items():
        out = io.BytesIO()
        picture.info.clear()
        picture.save(out, kind.upper(), xmp=xmp, **options)
        made[name, kind] = out.getvalue()
    return made
