"""Menus of filters, and cards that show where the words of a search are."""

import html

from django import template
from django.utils.safestring import mark_safe

from articles.drawing import draw
from articles.html import plain

register = template.Library()


@register.simple_tag
def card(article):
    return draw("card", article)


@register.simple_tag
def tile(article):
    return draw("tile", article)


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
    return mark_safe("\n".join(map(_option, facet.choices)))


def _option(choice):
    attributes = f"{' selected' if choice.chosen else ''}{choice.label.attributes}"
    return f'<option value="{html.escape(choice.code)}"{attributes}>{choice.label.escaped} ({choice.shown})</option>'
