"""The public pages' tags: cards and filters of lists, an article's text, pictures in the sizes that a screen needs.

`{% cards "card" found %}`, `{{ article|body }}`, `{% picture image sizes="(min-width: 60rem) 40rem, 100vw" %}`
"""

import html
import re

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from contacts.languages import Wording

from ..html import TooComplex, clean
from ..pages import pictures, tables
from ..pages.article_page import iso_moment
from ..pages.front_pages import newest_from

register = template.Library()
register.filter("iso_moment", iso_moment)

CHOICE = '<li><a href="{}"{}><span{}>{}</span> <span class="number">{}</span></a></li>'
FIRST_PARAGRAPH = re.compile(r"\s*<p(\s[^>]*)?>")
# What a right-to-left text would turn round: telephone numbers, dates such as 2026-05-03, numbers with a sign.
_numbers = re.compile(
    r"<(?:[^<>\"]|\"[^\"]*\")*>|(?<![\w+/])(?:\+\d[\d\s().\xa0-]{5,18}\d(?:[\s,]+(?:ext\.?|x)\s*\d+)?|\d{4}-\d{2}-\d{2}"
    r"|(?<![^\s(>«“،:])[-−+]\d[\d.,]*(?:\s?%)?)(?![\w/-])"
)
_struck = re.compile(r"<s(?: [^<>]*)?>")


@register.simple_tag
def cards(name, found, ids=None):
    """The articles of Cards, or those with these ids, by templates/articles/_<name>.html."""
    return mark_safe("\n".join(found.html(name, ids)))


@register.simple_tag
def highlighted_cards(found, marks):
    """The articles of Cards with the words of a search marked."""
    return mark_safe("\n".join(found.highlighted(marks)))


@register.simple_tag
def choices(facet, address):
    """The links of a facet."""
    return format_html_join("\n", CHOICE, (_choice(choice, address) for choice in facet.choices))


def _choice(choice, address):
    current = mark_safe(' aria-current="true"') if choice.chosen else ""
    return f"{address}{choice.query}", current, choice.label.attributes, choice.label.text, choice.shown


@register.simple_tag
def options(facet):
    """The `<option>`s of a menu. There can be hundreds: a loop in the template takes five times as long."""
    return mark_safe("\n".join(map(_option, facet.choices)))


def _option(choice):
    attributes = f"{' selected' if choice.chosen else ''}{choice.label.attributes}"
    number = f" ({choice.shown})" if choice.shown else ""
    return f'<option value="{html.escape(choice.code)}"{attributes}>{choice.label.escaped}{number}</option>'


@register.inclusion_tag("articles/_latest_from.html")
def latest_from(office):
    return {"office": office, "articles": newest_from(office)}


@register.filter
def body(article):
    """The body, which was cleaned when it was stored, with the dateline in its first paragraph: "Geneva – The …"."""
    text = with_pictures(article.body)
    text = _with_isolated_numbers(text, article.direction)
    dateline = article.dateline
    if not dateline:
        return text
    line = format_html('<b class="dateline">{}</b> – ', dateline)
    opening = FIRST_PARAGRAPH.match(text)
    if opening is None:
        return mark_safe(f"<p>{line}</p>{text}")
    return mark_safe(text[: opening.end()] + line + text[opening.end() :])


def _announced(text):
    """Announces what is struck out to those who hear the text: screen readers say nothing of `<s>`."""
    if "<s" not in text:
        return text
    words = f'<span class="visually-hidden">{escape(_("struck out:"))} </span>'
    return _struck.sub(lambda tag: tag[0] + words, text)


@register.filter
def line(text, direction):
    """A plain text, such as a headline, escaped; in a right-to-left language its numbers keep their order."""
    return _with_isolated_numbers(escape(text), direction)


def _with_isolated_numbers(text, direction):
    return mark_safe(_numbers.sub(_isolated, text)) if direction == "rtl" else text


def _isolated(found):
    return found[0] if found[0][0] == "<" else f'<bdi dir="ltr">{found[0]}</bdi>'


@register.filter
def cleaned(text):
    """HTML of the site's own pages, cleaned when it is shown; as text, tags included, if it is too complex for that."""
    try:
        return with_pictures(clean(text))
    except TooComplex:
        return text


@register.simple_tag
def picture(image, sizes="100vw", crop="", eager=False, language=None, css=""):
    """A <picture> in AVIF and WebP with the original or a middle WebP as fallback.

    `crop="thumb"` gives the 3:2 crop around the focal point, with the credit as its title; `eager` is for the one
    picture that a page opens with; `language` is that of the alternative text, if not the page's.
    """
    if not image:
        return ""
    alt = Wording() if image.decorative else image.wording("alt", language)
    title = pictures.credit_line(image) if crop and not image.decorative else ""
    return pictures.picture(image, sizes, crop, eager, alt, css, title)


register.filter("credits", pictures.credits_html)


@register.filter
def with_pictures(text):
    """Cleaned HTML, as stored, with pictures in sizes that fit the reader's screen, and tables that scroll."""
    return tables.in_regions(pictures.with_pictures(_announced(text)))
