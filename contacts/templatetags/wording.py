"""`{{ office|named }}`, `{{ office|words:"city" }}`: translated words, marked where they fell back."""

from django import template
from django.template.defaultfilters import linebreaks
from django.utils.html import format_html

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
    """Plain text of several lines as paragraphs in the text's own language."""
    wording = row.wording(field)
    text = linebreaks(wording.text, autoescape=True)
    return format_html("<div{}>{}</div>", wording.attributes, text) if wording.attributes else text


@register.filter
def wording(row, field):
    """The text and its language apart, for attributes: `alt="{{ w }}"{{ w.attributes }}`."""
    return row.wording(field)


@register.filter
def language_name(tag):
    return wordings.language_name(tag)


register.filter("own_name", languages.own_name)
