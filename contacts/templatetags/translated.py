"""`{{ office|named }}`, `{{ office|words:"city" }}`: translated words, marked where they fell back."""

import html
import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import escape, format_html, format_html_join, strip_tags

from contacts import languages

register = template.Library()


@register.filter
def named(row):
    return row.naming.html()


@register.filter
def words(row, field):
    return row.wording(field).html()


@register.filter
def paragraphs(row, field):
    """A text of several lines as paragraphs in its own language; markup in it becomes line breaks or nothing."""
    wording = row.wording(field)
    text = linebreaks_filter(_without_markup(wording.text), autoescape=True)
    return format_html("<div{}>{}</div>", wording.attributes, text) if wording.attributes else text


def _without_markup(text):
    if "<" not in text:
        return text
    lines = re.sub(r"<br\s*/?>", "\n", re.sub(r"</p>\s*", "\n\n", text))
    return html.unescape(strip_tags(lines)).strip()


@register.filter
def wording(row, field):
    """The text and its language apart, for attributes: `alt="{{ w }}"{{ w.attributes }}`."""
    return row.wording(field)


@register.filter
def mailbox(address):
    """An e-mail address that breaks before its host, else before a dot, where the line is too short."""
    name, _, host = address.rpartition("@")
    return format_html('{}<wbr><span class="host">@{}</span>', _in_parts(name), _in_parts(host))


def _in_parts(text):
    first, *others = re.split(r"(?<=.)(?=\.)", text)
    return escape(first) + format_html_join("", "<wbr>{}", ((part,) for part in others))


register.filter("own_name", languages.own_name)
register.filter("language_name", languages.language_name)
register.filter("zone_name", languages.zone_name)
