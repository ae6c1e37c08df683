"""Pictures as pages show them: in sizes that fit the reader's screen, with credit, copyright holder and terms.

A page never loads an original of more than 400 KB: while the copies are due, it shows the quick copy.
"""

import re

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext

from contacts.languages import Wording

from ...html import own_image, plain
from ...media import renditions, resize
from ...models import Image
from ...models.media.files import WEB_ADDRESS

BODY_SIZES = "(min-width: 48rem) 44rem, 100vw"
ATTRIBUTES = r'(?:[^">]|"[^"]*")*'
FIGURE = re.compile(r"<figure\b[^>]*>(?:(?!</?figure\b).)*</figure>", re.DOTALL)
CAPTION_END = "</figcaption>"


def picture(image, sizes="100vw", crop="", eager=False, alt=None, css="", title=""):
    """A <picture> in AVIF and WebP; `alt` is a Wording or text, by default that of the library."""
    if alt is None:
        alt = Wording() if image.decorative else image.wording("alt")
    files = _files(image, crop)
    width, height = _shown_size(image, crop if files else "")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, ", ".join(f"{url} {wide}w" for wide, url in urls), sizes) for kind, urls in files.items()),
    )
    attributes = {"src": files["webp"][-1][1] if files else address(image), "alt": alt}
    attributes |= {"width": width, "height": height}
    attributes |= {"fetchpriority": "high", "decoding": "async"} if eager else {"loading": "lazy"}
    if classes := " ".join(filter(None, [css, "" if files and crop else _focus(image)])):
        attributes["class"] = classes
    if title:
        attributes["title"] = title
    told = format_html_join("", ' {}="{}"', attributes.items()) + getattr(alt, "attributes", escape(""))
    return format_html("<picture>{}<img{}></picture>", sources, told)


def address(image):
    """The address of the picture in one file: the largest copy, else the quick one, else a small original."""
    if widths := (image.renditions or {}).get("webp"):
        return media_address(renditions.rendition_name(image, max(widths), "webp"))
    if renditions.needs_quick_copy(image):
        return media_address(renditions.quick_name(image))
    return image.get_absolute_url()


def size(image):
    """(width, height) of the file at `address`; (None, None) of a quick copy, which nobody has measured."""
    if widths := (image.renditions or {}).get("webp"):
        return max(widths), round(image.height * max(widths) / image.width)
    return (None, None) if renditions.needs_quick_copy(image) else (image.width, image.height)


def smallest_address(image):
    """As `address`, the smallest copy: for the admin's lists."""
    widths = (image.renditions or {}).get("webp")
    return media_address(renditions.rendition_name(image, min(widths), "webp")) if widths else address(image)


def media_address(name):
    return reverse("media", args=[name])


def _files(image, crop):
    """{"avif": [(width, address), …], "webp": …} of what has been made, smallest first; {} if nothing."""
    made = image.renditions or {}
    if crop and made.get("focal") != renditions.focal_code(image):
        return {}
    found = {}
    for kind in resize.FORMATS:
        widths = made.get("thumb" if crop else kind) or []
        names = [(width, renditions.thumb_name(image, width) if crop else str(width)) for width in widths]
        found[kind] = [(width, media_address(renditions.rendition_name(image, name, kind))) for width, name in names]
    return found if all(found.values()) else {}


def _shown_size(image, crop):
    if not crop:
        return image.width, image.height
    width = image.renditions["thumb"][-1]
    return width, max(1, width * resize.THUMB_SHAPE[1] // resize.THUMB_SHAPE[0])


def _focus(image):
    """Classes for pictures that the style sheet crops; see css/pictures.css."""
    x, y = (round(value * 4) * 25 for value in (image.focal_x, image.focal_y))
    return " ".join([f"focus-x-{x}"] * (x != 50) + [f"focus-y-{y}"] * (y != 50))


def credit_line(image):
    """Credit and copyright as text in one line, for attributes and machines."""
    return " · ".join(filter(None, [image.credit.strip(), image.copyright_notice]))


def credits_html(image, without=""):
    """Credit, copyright holder and terms of a picture or a recording as elements; no credit that `without` names."""
    parts = []
    credit = image.credit.strip()
    if credit and not re.search(rf"(?<!\w){re.escape(credit)}(?!\w)", without, re.IGNORECASE):
        is_picture = isinstance(image, Image)
        label = pgettext("credit of a picture", "Photo:") if is_picture else pgettext("credit of a recording", "By:")
        space = "" if label.endswith("：") else " "  # a full-width colon has its own
        parts.append(format_html('<span class="credit">{}{}<bdi>{}</bdi></span>', label, space, credit))
    if notice := image.copyright_notice:
        parts.append(format_html('<span class="copyright"><bdi>{}</bdi></span>', notice))
    if terms := image.local_terms.strip():
        parts.append(format_html('<span class="terms"><bdi>{}</bdi></span>', _linked(terms)))
    return mark_safe(" ".join(parts))


def _linked(text):
    """The terms with their addresses as links."""
    shown, at = [], 0
    for found in WEB_ADDRESS.finditer(text):
        shown += [escape(text[at : found.start()]), format_html('<a href="{0}" rel="license">{0}</a>', found[0])]
        at = found.end()
    return mark_safe("".join([*shown, escape(text[at:])]))


def with_pictures(text):
    """Cleaned HTML, as stored, with the library's pictures in sizes that fit the reader's screen, and their credits."""
    if "<img" not in text:
        return mark_safe(text)
    tag = re.compile(rf'<img(?={ATTRIBUTES} src="{own_image()}")({ATTRIBUTES})>')
    known = Image.objects.prefetch_related("translations").in_bulk(
        {match[1] for match in tag.finditer(text)}, field_name="sha256"
    )

    def shown(match):
        image = known.get(match[1])
        return _body_picture(image, match[2]) if image else match[0]

    def shown_in_line(match):
        image = known.get(match[1])
        return f"{shown(match)} {_small(credits_html(image))}" if image else match[0]

    parts, at = [], 0
    for figure in FIGURE.finditer(text):
        keys = dict.fromkeys(match[1] for match in tag.finditer(figure[0]))
        images = [known[key] for key in keys if key in known]
        parts += [tag.sub(shown_in_line, text[at : figure.start()]), _with_credits(tag.sub(shown, figure[0]), images)]
        at = figure.end()
    return mark_safe("".join([*parts, tag.sub(shown_in_line, text[at:])]))


def _with_credits(figure, images):
    """The HTML of a figure with the credits of its pictures at the end of its caption."""
    caption = plain(figure[figure.find("<figcaption") :]) if "<figcaption" in figure else ""
    told = " ".join(filter(None, dict.fromkeys(credits_html(image, without=caption) for image in images)))
    if not told:
        return figure
    told = _small(told)
    before, end, after = figure.rpartition(CAPTION_END)
    if end:
        return f"{before} {told}{end}{after}"
    return f"{figure.removesuffix('</figure>')}<figcaption>{told}</figcaption></figure>"


def _small(told):
    return f'<small class="credits">{told}</small>'


def _body_picture(image, attributes):
    """The alternative text that the author wrote beside the picture, else the library's."""
    alt = re.search(r' alt="([^"]*)"', attributes)
    return picture(image, BODY_SIZES, alt=mark_safe(alt[1]) if alt and alt[1] else None)
