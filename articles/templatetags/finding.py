"""Menus of filters, and cards that show where the words of a search are."""

from django import template
from django.utils.html import format_html_join

from articles.html import plain

register = template.Library()


@register.filter
def marked(text, marks):
    return marks.marked(text)


@register.filter
def excerpt(article, marks):
    """The standfirst if it has one of the words, else the part of the text that has."""
    return marks.excerpt(article.summary, plain(article.body), plain(article.notes_to_editors))


@register.simple_tag
def options(facet):
    """The `<option>`s of a menu: there can be hundreds, which a template's loop takes five times as long for."""
    choices = (
        (one.code, " selected" if one.chosen else "", one.label.attributes, one.label.text, one.number)
        for one in facet.choices
    )
    return format_html_join("\n", '<option value="{}"{}{}>{} ({})</option>', choices)
