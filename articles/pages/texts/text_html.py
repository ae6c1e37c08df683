"""The HTML of an article's texts as readers see them, for its page and for feeds: the dateline, numbers in Arabic."""

import re

from django.utils.html import format_html
from django.utils.safestring import mark_safe

FIRST_PARAGRAPH = re.compile(r"\s*<p(\s[^>]*)?>")
# What a right-to-left text would turn round: telephone numbers, dates such as 2026-05-03, references, numbers with a
# sign.
NUMBERS = re.compile(
    r"<(?:[^<>\"]|\"[^\"]*\")*>|(?<![\w+/])(?:\+\d[\d\s().\xa0-]{5,18}\d(?:[\s,]+(?:ext\.?|x)\s*\d+)?|\d{4}-(?:\d{2}-\d{2}|\d{5,})"
    r"|(?<![^\s(>«“،:])[-−+]\d[\d.,]*(?:\s?%)?)(?![\w/-])"
)


def with_dateline(text, dateline):
    """Cleaned HTML with the dateline in its first paragraph: "Geneva – The …"."""
    if not dateline:
        return text
    line = format_html('<b class="dateline">{}</b> – ', dateline)
    opening = FIRST_PARAGRAPH.match(text)
    if opening is None:
        return mark_safe(f"<p>{line}</p>{text}")
    return mark_safe(text[: opening.end()] + line + text[opening.end() :])


def with_isolated_numbers(text, direction):
    """HTML in which numbers keep their order in a right-to-left language."""
    return mark_safe(NUMBERS.sub(_isolated, text)) if direction == "rtl" else text


def _isolated(found):
    return found[0] if found[0][0] == "<" else f'<bdi dir="ltr">{found[0]}</bdi>'
