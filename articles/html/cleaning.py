"""The allow-list, and the cleaner that applies it."""

import html as entities
import re
from functools import cache

import nh3
from django.conf import settings

from .report import Cleaned

TAGS = set(
    "p h2 h3 strong em ul ol li blockquote a figure img figcaption table caption thead tbody tfoot tr th td"
    " br hr sup sub".split()
)
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
CHOICES = {tag: {"dir": {"ltr", "rtl", "auto"}} for tag in TAGS}
CHOICES["th"]["scope"] = {"row", "col", "rowgroup", "colgroup"}
DROPPED_WITH_CONTENT = set(
    "script style iframe object embed applet noscript template svg math textarea select audio video title".split()
)
# Tags that are replaced; nh3 would drop them and run the text of two blocks together.
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"} | dict.fromkeys(
    "div section article main header footer aside center address pre dt dd".split(), "p"
)

_renamed = re.compile(rf"<(/?)({'|'.join(RENAMED)})(?=[\s/>])", re.IGNORECASE)
_link = re.compile(r"(?:https?://[^\s/\\][^\s\\]*|mailto:\S+|tel:\S+|/(?![/\\])[^\s\\]*)\Z", re.IGNORECASE)
_number = re.compile(r"[1-9][0-9]{0,4}\Z")
_language = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,3}\Z")
_attributes = r'(?: [a-z]+="[^"]*")*'
_external = re.compile(rf'<a({_attributes} href="https?://[^"]*"{_attributes})>', re.IGNORECASE)
_not_a_link = re.compile(r"<a(?! href=)(?:(?! href=) [a-z]+=\"[^\"]*\")*>(.*?)</a>", re.DOTALL)
_not_a_picture = re.compile(r'<img(?:(?! src=) [a-z]+="[^"]*")*>')
_empty = re.compile(rf"<(p|h2|h3|figure|figcaption){_attributes}>\s*</\1>\n?")
_block = re.compile(r"</?(?:p|h\d|li|ul|ol|br|hr|t[dhr]|caption|figcaption|figure|blockquote|div|table)\b[^>]*>")
_tag = re.compile(r"<[^>]*>")
# A table that contains no other table, and its first row. Data cells need header cells (WCAG 1.3.1).
_table = re.compile(r"<table[^>]*>(?:(?!</?table\b).)*</table>", re.DOTALL)
_first_row = re.compile(r"<tr[^>]*>.*?</tr>", re.DOTALL)
_cell = re.compile(r"<(/?)td\b")
SPECIAL = "<>&\r\xa0"
# Neither XML (feeds) nor PostgreSQL (NUL) can hold these.
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")


# Recognises simple clean HTML (paragraphs, headings, lists, quotes, links) in a fifth of the time that the cleaner
# takes. It is stricter than the cleaner's output. Atomic groups and possessive repeats keep it linear.
_text = r"(?:[^<>&\r\xa0]++|&(?:amp|lt|gt|nbsp);)"
_address = r'(?:https?://[^\s"<>&\\/](?:[^\s"<>&\\]|&amp;)*+" rel="noopener"|/(?![/\\])(?:[^\s"<>&\\]|&amp;)*+")'
_inline = (
    rf"(?>{_text}|<br>|<strong>{_text}++</strong>|<em>{_text}++</em>"
    rf'|<a href="{_address}>(?>{_text}|<strong>{_text}++</strong>|<em>{_text}++</em>)++</a>)'
)
_line = r"(?>" + "|".join(rf"<{tag}>(?!\s*</){_inline}++</{tag}>" for tag in ("p", "h2", "h3")) + r")\s*+"
_items = rf"\s*+(?><li>(?!\s*</){_inline}++</li>\s*+)++"
_plainly_clean = re.compile(
    rf"(?>{_line}|<ul>{_items}</ul>\s*+|<ol>{_items}</ol>\s*+|<blockquote>\s*+(?>{_line})++</blockquote>\s*+)*+\Z"
)


def own_image(extensions="jpg|png|webp"):
    """The regular expression of the address of a library picture; its group is the SHA-256."""
    return rf"{re.escape(settings.MEDIA_URL)}images/[0-9a-f]{{2}}/([0-9a-f]{{64}})\.(?:{extensions})"


@cache
def _own_image_in_html():
    return re.compile(f'<img[^>]* src="{own_image()}"')


def body_image_keys(*texts):
    """The SHA-256 of each library picture in cleaned HTML, in order, without repetitions."""
    return list(dict.fromkeys(key for text in texts if "<img" in text for key in _own_image_in_html().findall(text)))


def _attribute(tag, name, value):
    if name == "href":
        value = value.strip().replace(" ", "%20")
        return value if _link.match(value) else None
    if name == "src":
        return value if re.fullmatch(own_image(), value) else None
    if name in {"lang", "hreflang"}:
        return value if _language.match(value) else None
    if name in {"width", "height", "colspan", "rowspan", "start"}:
        return value if _number.match(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    tag_attribute_values=CHOICES,
    clean_content_tags=DROPPED_WITH_CONTENT,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def clean_with_report(html):
    """A Cleaned: the HTML as `clean` returns it, and what was repaired and left out. May raise TooComplex."""
    return Cleaned(clean(html), [])


def clean(html):
    """Return the HTML with only what the allow-list permits. Never raises; HTML that never settles becomes text."""
    for _attempt in range(6):
        cleaned = _once(html)
        if cleaned == html:
            return cleaned
        html = cleaned
    return _once(f"<p>{entities.escape(plain(html), quote=False)}</p>")


def _once(html):
    html = without_controls(html)
    if _plainly_clean.match(html) if "<" in html else not any(mark in html for mark in SPECIAL):
        return html
    html = _cleaner.clean(_renamed.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2].lower()]}", html))
    if "<a" in html:
        html = _external.sub(r'<a\1 rel="noopener">', _not_a_link.sub(r"\1", html))
    if "<img" in html:
        html = _not_a_picture.sub("", html)
    if "<table" in html:
        html = _table.sub(_with_headings, html)
    return _empty.sub("", html) if "></" in html or ">\n</" in html or "> </" in html else html


def _with_headings(table):
    """Make the first row header cells, unless the table has header cells or only one row."""
    text = table[0]
    if "<th" in text.replace("<thead", "") or text.count("<tr") < 2:
        return text
    return _first_row.sub(lambda row: _cell.sub(_heading, row[0]), text, count=1)


def _heading(tag):
    return "</th" if tag[1] else '<th scope="col"'


def without_controls(text):
    """The text without NUL, other control characters, lone surrogates and noncharacters."""
    data = text.encode("utf-8", "ignore")
    kept = data.translate(None, _CONTROLS)
    if b"\xef\xbf\xbe" in kept or b"\xef\xbf\xbf" in kept:
        return _NONCHARACTERS.sub("", kept.decode())
    return kept.decode()


def plain(html):
    """The text of cleaned HTML in one line, for search and excerpts."""
    if "<" in html:
        html = _tag.sub("", _block.sub(" ", html))
    return " ".join(entities.unescape(html).split())
