"""The allow-list of tags and attributes, and the last step of cleaning, which lets nothing else pass."""

import re
from functools import cache

import nh3
from django.conf import settings

TAGS = set(
    "p h2 h3 strong em s ul ol li blockquote a figure img figcaption table caption thead tbody tfoot tr th td"
    " br hr sup sub bdi span".split()
)
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
CHOICES = {tag: {"dir": {"ltr", "rtl", "auto"}} for tag in TAGS - {"span"}}
CHOICES["th"]["scope"] = {"row", "col", "rowgroup", "colgroup"}
DROPPED_WITH_CONTENT = set(
    "script style iframe object embed applet noscript template svg math textarea select audio video title".split()
)

# Addresses that a link may have once `links.completed` has completed them.
LINK = re.compile(r"(?:https?://[^\s/\\][^\s\\]*|mailto:\S+|tel:\S+|/(?![/\\])[^\s\\]*)\Z", re.IGNORECASE)
_number = re.compile(r"[1-9][0-9]{0,4}\Z")
_language = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}\Z")


def own_image(extensions="jpg|png|webp"):
    """The regular expression of the address of a library picture; its group is the SHA-256."""
    return rf"{re.escape(settings.MEDIA_URL)}images/[0-9a-f]{{2}}/([0-9a-f]{{64}})\.(?:{extensions})"


@cache
def _own_image():
    return re.compile(own_image())


def is_own_image(address):
    return bool(_own_image().fullmatch(address))


def is_language(tag):
    return bool(_language.match(tag))


@cache
def attributes_of(tag):
    """The names of the attributes that a tag may have."""
    return ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | set(CHOICES.get(tag, ()))


def _attribute(tag, name, value):
    if name == "href":
        return value if LINK.match(value) else None
    if name == "rel":
        return value if value == "noopener" else None
    if name == "src":
        return value if is_own_image(value) else None
    if name in {"lang", "hreflang"}:
        return value if _language.match(value) else None
    if name in {"width", "height", "colspan", "rowspan", "start"}:
        return value if _number.match(value) else None
    return value


only_allowed = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=CHOICES,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
).clean
