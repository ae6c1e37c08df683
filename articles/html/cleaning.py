"""Cleans HTML: repairs it, lets the allow-list decide what stays, and repeats this until nothing changes."""

import re
from html import escape

from .allowed import only_allowed
from .left_out import with_figures
from .lists import BULLETS
from .repair import repaired
from .report import Cleaned, Findings
from .text import plain, without_controls
from .tree import checked, parse, write

ROUNDS = 5

# Recognises simple clean HTML (paragraphs, headings, lists, quotes, links) in a fraction of the time that cleaning
# takes. It is stricter than the cleaner's output. Atomic groups and possessive repeats keep it linear.
_blank = r"(?!(?:\s|&nbsp;|<br>)*+</)"
_text = r"(?:[^<>&\[\r\xa0]++|&(?:amp|lt|gt|nbsp);)"
_address = (
    r'(?:https?://[^\s"<>&\\/](?:[^\s"<>&\\]|&amp;)*+" rel="noopener"|/(?![/\\])(?:[^\s"<>&\\]|&amp;)*+"'
    r'|mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+"|tel:\+?[0-9]{2,20}")'
)
_inline = (
    rf"(?>{_text}|<br>(?!\s*<br>)|<strong>{_text}++</strong>|<em>{_text}++</em>"
    rf'|<a href="{_address}>(?!\s*</)(?>{_text}|<strong>{_text}++</strong>|<em>{_text}++</em>)++</a>)'
)
_paragraph = rf"<p>{_blank}(?!\s*[{BULLETS}]){_inline}++</p>"
_line = rf"(?>{_paragraph}|<h2>{_blank}{_inline}++</h2>|<h3>{_blank}{_inline}++</h3>)\s*+"
_items = rf"\s*+(?><li>{_blank}{_inline}++</li>\s*+)++"
_plainly_clean = re.compile(
    rf"(?>{_line}|<ul>{_items}</ul>\s*+|<ol>{_items}</ol>\s*+|<blockquote>\s*+(?>{_line})++</blockquote>\s*+)*+\Z"
)


def clean(html):
    """The HTML with only what the allow-list permits. Raises TooComplex, and nothing else."""
    return clean_with_report(html).html


def clean_with_report(html):
    """A Cleaned: the HTML as `clean` returns it, and what was repaired and left out. Raises TooComplex."""
    html = without_controls(html)
    if _plainly_clean.match(html):
        return Cleaned(checked(html), [])
    findings = Findings()
    cleaned = checked(_once(html, findings))
    for _round in range(ROUNDS):
        again = _once(cleaned, Findings())
        if again == cleaned:
            return Cleaned(cleaned, findings.listed())
        cleaned = again
    findings.add("as_text", plain(cleaned))
    return Cleaned(f"<p>{escape(plain(cleaned), quote=False)}</p>", findings.listed())


def _once(html, findings):
    if _plainly_clean.match(html):
        return html
    nodes = repaired(parse(with_figures(html)), findings, from_word="mso-" in html or "MsoNormal" in html)
    return only_allowed(checked(write(nodes)))
