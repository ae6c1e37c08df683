"""Menus of filters, and cards that show where the words of a search are."""

import html

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

LINK = '<li><a href="{}"{}><span{}>{}</span> <span class="number">{}</span></a></li>'


@register.simple_tag
def draw(name, deck, ids=None):
    """The cards of a Deck, or some of them, by templates/articles/_<name>.html."""
    return mark_safe("\n".join(deck.drawn(name, ids)))


@register.simple_tag
def draw_marked(deck, marks):
    """The cards of a Deck with the words of a search marked."""
    return mark_safe("\n".join(deck.marked(marks)))


@register.simple_tag
def choices(facet, address):
    """The links of a facet."""
    return format_html_join("\n", LINK, (_link(choice, address) for choice in facet.choices))


def _link(choice, address):
    current = mark_safe(' aria-current="true"') if choice.chosen else ""
    return f"{address}{choice.query}", current, choice.label.attributes, choice.label.text, choice.shown


@register.simple_tag
def options(facet):
    """The `<option>`s of a menu: there can be hundreds, which a template's loop takes five times as long for."""
    return mark_safe("\n".join(map(_option, facet.choices)))


def _option(choice):
    attributes = f"{' selected' if choice.chosen else ''}{choice.label.attributes}"
    return f'<option value="{html.escape(choice.code)}"{attributes}>{choice.label.escaped} ({choice.shown})</option>'
