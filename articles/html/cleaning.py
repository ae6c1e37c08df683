"""Cleans HTML: repairs it, lets the allow-list decide what stays, and repeats this until nothing changes."""

import re
from html import escape

from .allowed import only_allowed
from .left_out import has_shortcodes, with_figures
from .links import INVISIBLE, counts_clicks
from .lists import BULLETS, DASHES
from .repair import repaired
from .report import Cleaned, Findings
from .text import plain, undone, without_controls
from .tree import checked, parse, write

ROUNDS = 6

# Recognises simple clean HTML (paragraphs, headings, lists, quotes, links) in a fraction of the time that cleaning
# takes. It is stricter than the cleaner's output. Atomic groups and possessive repeats keep it linear.
_blank = r"(?!(?:\s|&nbsp;|<br>)*+</)"
_text = r"(?:[^<>&\r\xa0]++|&(?:amp|lt|gt|nbsp);)"
_elsewhere = rf'https?://(?!https?:)[^\s"<>&\\/{INVISIBLE}](?:[^\s"<>&\\{INVISIBLE}]|&amp;)*+" rel="noopener"'
_address = (
    rf'(?:{_elsewhere}|/(?![/\\])(?:[^\s"<>&\\]|&amp;)*+"'
    r'|mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+"|tel:\+?[0-9]{2,20}")'
)
_inline = (
    rf"(?>{_text}|<br>(?!\s*(?:<br>|[{BULLETS}]|[{DASHES}]\s))|<strong>{_text}++</strong>|<em>{_text}++</em>|<s>{_text}++</s>"
    rf'|<a href="{_address}>(?!\s*</)(?>{_text}|<strong>{_text}++</strong>|<em>{_text}++</em>)++</a>)'
)
_paragraph = rf"<p>{_blank}(?!\s*[{BULLETS}]){_inline}++</p>"
_line = rf"(?>{_paragraph}|<h2>{_blank}{_inline}++</h2>|<h3>{_blank}{_inline}++</h3>)\s*+"
_items = rf"\s*+(?><li>{_blank}{_inline}++</li>\s*+)++"
_header = rf'<th(?> scope="(?:col|row)")?>{_inline}*+</th>'
_row = rf"<tr>\s*+(?>(?>{_header}|<td>{_inline}*+</td>)\s*+)++</tr>\s*+"
_headers = rf"<tr>\s*+(?>{_header}\s*+)++</tr>\s*+"
_table = rf"<table>\s*+<thead>\s*+{_headers}</thead>\s*+<tbody>\s*+(?>{_row})++</tbody>\s*+</table>\s*+"
_plainly_clean = re.compile(
    rf"(?>{_line}|{_table}|<ul>{_items}</ul>\s*+|<ol>{_items}</ol>\s*+|<blockquote>\s*+(?>{_line})++</blockquote>\s*+)*+\Z"
)


# What the quick way can put right itself.
_external = re.compile(r'<a href="(https?://[^\s"<>\\]++)">')


def clean(html):
    """The HTML with only what the allow-list permits. Raises TooComplex, and nothing else."""
    return clean_with_report(html).html


def clean_with_report(html):
    """A Cleaned: the HTML as `clean` returns it, and what was repaired and left out. Raises TooComplex."""
    html = undone(without_controls(html))
    if spelt := _as_plainly_clean(html):
        return Cleaned(checked(spelt), [])
    findings = Findings()
    before, cleaned = html, _once(html, findings)
    for _round in range(ROUNDS):
        if cleaned in (before, _as_plainly_clean(cleaned)):
            return Cleaned(cleaned, findings.listed())
        before, cleaned = cleaned, _once(cleaned, Findings())
    findings.add("as_text", plain(cleaned))
    return Cleaned(f"<p>{escape(plain(cleaned), quote=False)}</p>", findings.listed())


def _as_plainly_clean(html):
    """The HTML as the cleaner spells it, if the quick look knows it as clean, else ""."""
    if "<" not in html:
        return ""
    spelt = _external.sub(r'<a href="\1" rel="noopener">', html.replace("\xa0", "&nbsp;"))
    return spelt if _plainly_clean.match(spelt) and not has_shortcodes(html) and not counts_clicks(html) else ""


def _once(html, findings):
    nodes = repaired(parse(with_figures(html)), findings, from_word="mso-" in html or "MsoNormal" in html)
    return undone(checked(only_allowed(checked(write(nodes)))))
