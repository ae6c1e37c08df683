"""Tables in texts: each scrolls within a region of its own, so that a wide one does not widen the page."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from ...html import plain

_ends = re.compile(r"<(/?)table\b[^<>]*>")
_caption = re.compile(r"<caption\b[^<>]*>(.*?)</caption>", re.DOTALL)


def in_regions(text):
    """Cleaned HTML with a focusable region around each table that stands in no other, named by its caption."""
    if "<table" not in text:
        return text
    parts, at, depth, start = [], 0, 0, 0
    for tag in _ends.finditer(text):
        start = start if depth else tag.start()
        depth += -1 if tag[1] else 1
        if not depth:
            parts += [text[at:start], _region(text[start : tag.end()])]
            at = tag.end()
    return mark_safe("".join([*parts, text[at:]]))


def _region(table):
    caption = _caption.search(table)
    name = (caption and plain(caption[1])) or _("Table")
    return format_html('<div class="table" role="region" aria-label="{}" tabindex="0">{}</div>', name, mark_safe(table))
