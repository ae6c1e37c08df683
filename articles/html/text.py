"""Removes characters that cannot be stored, undoes double encoding, and gives the plain text of cleaned HTML."""

import re
from functools import cache
from html import unescape
from html.entities import html5

from contacts.plain_text import with_raised, with_right_letters

from .allowed import own_image

# Neither XML (feeds) nor PostgreSQL (NUL) can hold these.
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_block = re.compile(r"</?(?:p|h\d|li|ul|ol|br|hr|t[dhr]|caption|figcaption|figure|blockquote|div|table)\b[^<>]*>")
_struck = re.compile(r"<s(?: [^<>]*)?>[^<]*(?:<(?!/?s[ >])[^<]*)*</s>")
_tag = re.compile(r"<[^<>]*>")
_encoded_twice = re.compile(r"&(?:amp;)+(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_invisible = "[\u200b\u2060\ufeff]"
# SharePoint writes such.
_invisible_at_edge = re.compile(f"(?<=>){_invisible}+|(?<!{_invisible}){_invisible}++(?=<)")
_tags = "p|div|br|h[1-6]|ul|ol|li|table|blockquote|strong|em|a|b|i|span"
_encoded_tag = re.compile(rf"&lt;(/?(?:{_tags})\b(?:(?!&[lg]t;)[^<>])*)&gt;", re.IGNORECASE)


@cache
def _own_image_in_html():
    return re.compile(f'<img[^<>]* src="{own_image()}"')


def body_image_keys(*texts):
    """The SHA-256 of each library picture in cleaned HTML, in order, without repetitions."""
    return list(dict.fromkeys(key for text in texts if "<img" in text for key in _own_image_in_html().findall(text)))


def without_controls(text):
    """The text without NUL, other control characters, lone surrogates, noncharacters and wrongly decoded letters."""
    text = text if text.isascii() else _invisible_at_edge.sub("", with_right_letters(text))
    if text.isprintable():
        return text
    data = text.encode("utf-8", "ignore")
    kept = data.translate(None, _CONTROLS)
    if b"\xef\xbf\xbe" in kept or b"\xef\xbf\xbf" in kept:
        return _NONCHARACTERS.sub("", kept.decode())
    return kept.decode()


def undone(html):
    """HTML that a program encoded once more, or wrapped for XML, as it was meant.

    Encoded tags are taken for tags only if there is no other: `<p>` may be what a text is about.
    """
    if "<![CDATA[" in html:
        html = html.replace("<![CDATA[", "").replace("]]>", "")
    if "&amp;" in html:
        html = _encoded_twice.sub(_decoded_once, html)
    if "<" not in html and "&lt;" in html and _encoded_tag.search(html):
        html = _encoded_tag.sub(lambda tag: f"<{tag[1].replace('&quot;', chr(34))}>", html)
    return html


def _decoded_once(code):
    """ "&eacute;" for "&amp;eacute;"; what is no character code stays."""
    return f"&{code[1]}" if code[1][0] == "#" or code[1] in html5 else code[0]


def plain(html, with_struck=False, between=" "):
    """The text of cleaned HTML in one line, for search and excerpts; what is struck out holds no longer.

    between: what stands between two blocks, such as paragraphs or cells of a table.
    """
    if "<" in html:
        if "<s>" in html and not with_struck:
            html = _struck.sub("", html)
        html = _tag.sub("", _block.sub(between, with_raised(html)))
    return " ".join(unescape(html).split())
