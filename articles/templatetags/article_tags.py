"""The public pages' tags: cards and filters of lists, an article's text, pictures in the sizes that a screen needs.

`{% cards "card" found %}`, `{{ article|body }}`, `{% picture image sizes="(min-width: 60rem) 40rem, 100vw" %}`
"""

import html
import re

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from contacts.languages import Wording

from ..html import clean, own_image
from ..media import resize
from ..media.renditions import focal_code, rendition_name, thumb_name
from ..models import Image
from ..pages.article_page import iso_moment
from ..pages.front_pages import newest_from

register = template.Library()
register.filter("iso_moment", iso_moment)

CHOICE = '<li><a href="{}"{}><span{}>{}</span> <span class="number">{}</span></a></li>'
FIRST_PARAGRAPH = re.compile(r"\s*<p(\s[^>]*)?>")
BODY_SIZES = "(min-width: 48rem) 44rem, 100vw"


@register.simple_tag
def cards(name, found, ids=None):
    """The articles of Cards, or those with these ids, by templates/articles/_<name>.html."""
    return mark_safe("\n".join(found.html(name, ids)))


@register.simple_tag
def highlighted_cards(found, marks):
    """The articles of Cards with the words of a search marked."""
    return mark_safe("\n".join(found.highlighted(marks)))


@register.simple_tag
def choices(facet, address):
    """The links of a facet."""
    return format_html_join("\n", CHOICE, (_choice(choice, address) for choice in facet.choices))


def _choice(choice, address):
    current = mark_safe(' aria-current="true"') if choice.chosen else ""
    return f"{address}{choice.query}", current, choice.label.attributes, choice.label.text, choice.shown


@register.simple_tag
def options(facet):
    """The `<option>`s of a menu. There can be hundreds: a loop in the template takes five times as long."""
    return mark_safe("\n".join(map(_option, facet.choices)))


def _option(choice):
    attributes = f"{' selected' if choice.chosen else ''}{choice.label.attributes}"
    number = f" ({choice.shown})" if choice.shown else ""
    return f'<option value="{html.escape(choice.code)}"{attributes}>{choice.label.escaped}{number}</option>'


@register.inclusion_tag("articles/_latest_from.html")
def latest_from(office):
    return {"office": office, "articles": newest_from(office)}


@register.filter
def body(article):
    """The body, which was cleaned when it was stored, with the dateline in its first paragraph: "Geneva – The …"."""
    text = with_pictures(article.body)
    dateline = article.dateline
    if not dateline:
        return text
    line = format_html('<b class="dateline">{}</b> – ', dateline)
    opening = FIRST_PARAGRAPH.match(text)
    if opening is None:
        return mark_safe(f"<p>{line}</p>{text}")
    return mark_safe(text[: opening.end()] + line + text[opening.end() :])


@register.filter
def cleaned(text):
    """HTML of the site's own pages: cleaned when it is shown, whichever way it came in."""
    return mark_safe(clean(text))


@register.simple_tag
def picture(image, sizes="100vw", crop="", eager=False, language=None, css=""):
    """A <picture> in AVIF and WebP with the original or a middle WebP as fallback.

    `crop="thumb"` gives the 3:2 crop around the focal point; `eager` is for the one picture that a
    page opens with; `language` is that of the alternative text, if not the page's.
    """
    if not image:
        return ""
    alt = Wording() if image.decorative else image.wording("alt", language)
    return _picture(image, sizes, crop, eager, alt, css)


def _picture(image, sizes, crop, eager, alt, css):
    files = _files(image, crop)
    width, height = _shown_size(image, crop if files else "")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}" sizes="{}">',
        ((kind, ", ".join(f"{url} {wide}w" for wide, url in urls), sizes) for kind, urls in files.items()),
    )
    attributes = {"src": files["webp"][-1][1] if files else image.get_absolute_url(), "alt": alt}
    attributes |= {"width": width, "height": height, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    if classes := " ".join(filter(None, [css, "" if files and crop else _focus(image)])):
        attributes["class"] = classes
    told = format_html_join("", ' {}="{}"', attributes.items()) + getattr(alt, "attributes", escape(""))
    return format_html("<picture>{}<img{}></picture>", sources, told)


def _files(image, crop):
    """{"avif": [(width, address), …], "webp": …} of what has been made, smallest first; {} if nothing."""
    made = image.renditions or {}
    if crop and made.get("focal") != focal_code(image):
        return {}
    found = {}
    for kind in resize.FORMATS:
        widths = made.get("thumb" if crop else kind) or []
        names = [(width, thumb_name(image, width) if crop else str(width)) for width in widths]
        found[kind] = [(width, reverse("media", args=[rendition_name(image, name, kind)])) for width, name in names]
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


@register.filter
def with_pictures(text):
    """Cleaned HTML, as stored, with the library's pictures in sizes that fit the reader's screen."""
    if "<img" not in text:
        return mark_safe(text)
    tag = re.compile(rf'<img(?=[^>]* src="{own_image()}")([^>]*)>')
    known = Image.objects.prefetch_related("translations").in_bulk(
        {match[1] for match in tag.finditer(text)}, field_name="sha256"
    )

    def shown(match):
        image = known.get(match[1])
        return _body_picture(image, match[2]) if image else match[0]

    return mark_safe(tag.sub(shown, text))


def _body_picture(image, attributes):
    """The alternative text that the author wrote beside the picture, else the library's."""
    alt = re.search(r' alt="([^"]*)"', attributes)
    words = mark_safe(alt[1]) if alt and alt[1] else Wording() if image.decorative else image.wording("alt")
    return _picture(image, BODY_SIZES, "", False, words, "")
