"""Turns the text of a WordPress article into HTML, as WordPress does when it shows it: blocks, shortcodes, lines.

Sources: the functions wpautop and shortcode_parse_atts of WordPress, and its reference of core blocks.
"""

import re
from html import escape

from ....html.left_out import with_figures
from ...report import CLEANED

EMBEDDED = "embedded object became a link"
BLOCK = "block that WordPress fills by itself left out"
PAGES = "page break left out: the text is on one page"

BLOCKS = (
    "table thead tbody tfoot tr td th caption colgroup col div dl dd dt ul ol li pre form blockquote address p"
    " h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside header footer nav figure figcaption details summary"
    " iframe video audio script style"
).split()

# Each pattern stops at the next bracket, so that no text takes more than linear time.
_block = re.compile(r"<!--\s{0,9}(/?)wp:([a-z][\w/-]{0,99})(?:\s[^<>]*?)?(/?)-->")
_download_button = re.compile(r"<a\b[^<>]*\bwp-block-file__button\b[^<>]*+>[^<]*</a>")  # repeats the link before it
_embed_block = re.compile(r'<figure\b[^<>]*\bwp-block-embed\b[^<>]*+>\s*<div\b[^<>]*+>\s*(https?://[^\s<>"]+)\s*</div>')
_embed = re.compile(r"\[embed\b[^\[\]]*\]\s*(https?://[^\s\[\]<>\"]+)\s*\[/embed\]")
_alone = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_gallery = re.compile(r"\[gallery\b([^\[\]]*)\]")
_ids = re.compile(r"\b(?:ids|include)\s*=\s*[\"']?([\d\s,]+)")
_image = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_image_id = re.compile(r"\bwp-image-(\d+)|data-id=[\"'](\d+)")
_src = re.compile(r"\bsrc=[\"']([^\"']+)")
# A shortcode of some plugin: with attributes, closed later, or with a name that is no word. "[sic]" is a text.
_shortcode = re.compile(r"\[([A-Za-z][\w-]{1,40})(\s[^\[\]<>=]{0,500}=[^\[\]]{0,2000})?\s{0,9}/?\](?!\()")
_closed = re.compile(r"\[/([A-Za-z][\w-]{1,40})\]")
_verbatim = re.compile(r"<(pre|script|style|textarea)\b[^<>]*>", re.IGNORECASE)
_kept = re.compile(r"<pre (\d+)>")
_begins = re.compile(rf"(<(?:{'|'.join(BLOCKS)})\b[^<>]*>)", re.IGNORECASE)
_ends = re.compile(rf"(</(?:{'|'.join(BLOCKS)})\s*>)", re.IGNORECASE)
_container = re.compile(r"(</?(?:blockquote|div|section|article)\b[^<>]*>)", re.IGNORECASE)
_line_break = re.compile(r"<br\s{0,9}/?>[ \t]{0,99}\n")


class Text:
    """`html`, what is in galleries (`pictures`: of (id, address); "" for the id: the pictures of this article)."""

    def __init__(self, content):
        self.pictures, self.losses = [], []
        content = content.replace("\r\n", "\n").replace("\r", "\n")
        has_blocks = _block.search(content) is not None
        if pages := content.count("<!--nextpage-->"):
            self.losses.append((PAGES, "", pages))
        content = _without_comments(self._without_blocks(content))
        content = _embed_block.sub(lambda found: f"{self._link(found)}<figure>", _download_button.sub("", content))
        content = _embed.sub(lambda found: f"\n\n{self._link(found)}\n\n", content)
        content = _gallery.sub(self._gallery, content)
        if not has_blocks:
            content = _alone.sub(self._link, content)
        content = self._without_shortcodes(with_figures(content))
        self.html = content if has_blocks else paragraphs(content)

    def _without_blocks(self, content):
        """Without galleries, which `pictures` gets, and blocks that WordPress fills; other marks of blocks stay."""
        kept, start, gallery, depth = [], 0, 0, 0
        for mark in _block.finditer(content):
            is_end, name, is_empty = mark.groups()
            if is_empty and name not in ("more", "nextpage", "spacer", "separator"):
                self.losses.append((BLOCK, name, 1))
            if name != "gallery" or is_empty:
                continue
            if not is_end and not depth:
                kept.append(content[start : mark.start()])
                gallery = mark.end()
            depth = max(depth + (-1 if is_end else 1), 0)
            if is_end and not depth and gallery:
                self._gallery_block(content[gallery : mark.start()])
                start, gallery = mark.end(), 0
        return "".join([*kept, content[gallery or start :]])

    def _link(self, found):
        self.losses.append((EMBEDDED, found[1], 1))
        address = escape(found[1].replace("&amp;", "&"))
        return f'<p><a href="{address}">{address}</a></p>'

    def _gallery_block(self, html):
        for image in _image.findall(html):
            known, address = _image_id.search(image), _src.search(image)
            self.pictures.append((next(filter(None, known.groups())) if known else "0", address[1] if address else ""))

    def _gallery(self, found):
        named = _ids.search(found[1])
        self.pictures += [(one.strip(), "") for one in named[1].split(",") if one.strip()] if named else [("", "")]
        return ""

    def _without_shortcodes(self, text):
        """Without the tags of shortcodes; what stands between them stays."""
        if "[" not in text:
            return text
        closed = set(_closed.findall(text))

        def left_out(found):
            if not (found[2] or found[1] in closed or "_" in found[1]):
                return found[0]
            self.losses.append((CLEANED["shortcode"], found[0][:80], 1))
            return ""

        return _closed.sub("", _shortcode.sub(left_out, text))


def _without_comments(text):
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def paragraphs(text):
    """Classic text, in which empty lines divide paragraphs and other line ends are line breaks, as HTML."""
    text, kept = _verbatim_apart(text)
    text = _ends.sub(r"\1\n\n", _begins.sub(r"\n\n\1", text))
    text = _container.sub(r"\n\n\1\n\n", text)
    text = "\n".join(_paragraph(part.strip()) for part in re.split(r"\n\s*\n", text) if part.strip())
    return _kept.sub(lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else "", text)


def _verbatim_apart(text):
    """(the text with a mark for each element in which lines are kept as they are, these elements)."""
    parts, kept, at, never_closed = [], [], 0, set()
    for found in _verbatim.finditer(text):
        tag = found[1].lower()
        if found.start() < at or tag in never_closed:
            continue
        end = re.compile(rf"</{tag}\s{{0,9}}>", re.IGNORECASE).search(text, found.end())
        if end is None:
            never_closed.add(tag)
            continue
        parts += [text[at : found.start()], f"\n\n<pre {len(kept)}>\n\n"]
        kept.append(text[found.start() : end.end()])
        at = end.end()
    return "".join([*parts, text[at:]]), kept


def _paragraph(part):
    if _begins.match(part) or _ends.match(part):
        return part
    end = _ends.search(part)  # of the list item or cell in which the text stands
    own = _line_break.sub("\n", part[: end.start()] if end else part)
    lines = "<br>\n".join(line.strip() for line in own.split("\n") if line.strip())
    return f"<p>{lines}</p>{part[end.start() :] if end else ''}"
