"""Removes characters that cannot be stored, and gives the plain text of cleaned HTML."""

import re
from functools import cache
from html import unescape

from .allowed import own_image

# Neither XML (feeds) nor PostgreSQL (NUL) can hold these.
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_NONCHARACTERS = re.compile("[\ufffe\uffff]")
_block = re.compile(r"</?(?:p|h\d|li|ul|ol|br|hr|t[dhr]|caption|figcaption|figure|blockquote|div|table)\b[^<>]*>")
_struck = re.compile(r"<s(?: [^<>]*)?>[^<]*(?:<(?!/?s[ >])[^<]*)*</s>")
_tag = re.compile(r"<[^<>]*>")


@cache
def _own_image_in_html():
    return re.compile(f'<img[^<>]* src="{own_image()}"')


def body_image_keys(*texts):
    """The SHA-256 of each library picture in cleaned HTML, in order, without repetitions."""
    return list(dict.fromkeys(key for text in texts if "<img" in text for key in _own_image_in_html().findall(text)))


def without_controls(text):
    """The text without NUL, other control characters, lone surrogates and noncharacters."""
    if text.isprintable():
        return text
    data = text.encode("utf-8", "ignore")
    kept = data.translate(None, _CONTROLS)
    if b"\xef\xbf\xbe" in kept or b"\xef\xbf\xbf" in kept:
        return _NONCHARACTERS.sub("", kept.decode())
    return kept.decode()


def plain(html, with_struck=False, between=" "):
    """The text of cleaned HTML in one line, for search and excerpts; what is struck out holds no longer.

    between: what stands between two blocks, such as paragraphs or cells of a table.
    """
    if "<" in html:
        if "<s>" in html and not with_struck:
            html = _struck.sub("", html)
        html = _tag.sub("", _block.sub(between, html))
    return " ".join(unescape(html).split())
