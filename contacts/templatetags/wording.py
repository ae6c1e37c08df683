"""`{{ office|named }}`, `{{ office|words:"city" }}`: translated words, marked where they fell back."""

import html
import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import format_html, strip_tags

from contacts import languages
from contacts import wording as wordings

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
def language_name(tag):
    return wordings.language_name(tag)


@register.filter
def mailbox(address):
    """An e-mail address that breaks before its host where the line is too short."""
    name, _, host = address.rpartition("@")
    return format_html("{}@<wbr>{}", name, host)


register.filter("own_name", languages.own_name)
