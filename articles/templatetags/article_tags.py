"""The public pages' tags: cards and filters of lists, an article's text, pictures in the sizes that a screen needs.

`{% cards "card" found %}`, `{{ article|body }}`, `{% picture image sizes="(min-width: 60rem) 40rem, 100vw" %}`
"""

import html
import re
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from contacts.languages import Wording, content_language, direction

from ..html import TooComplex, clean
from ..pages.article_page import iso_moment
from ..pages.front_pages import newest_from
from ..pages.kit.picture_page import address_key
from ..pages.texts import own_links, pictures, tables
from ..pages.texts.text_html import with_dateline, with_isolated_numbers

register = template.Library()

# Plain links: nothing is loaded from these sites, and they learn nothing until somebody follows one.
SHARING = (
    ("WhatsApp", "https://wa.me/?", {"text": "{headline} {address}"}),
    ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?", {"url": "{address}"}),
    ("Facebook", "https://www.facebook.com/sharer/sharer.php?", {"u": "{address}"}),
    ("X", "https://x.com/intent/post?", {"text": "{headline}", "url": "{address}"}),
)
register.filter("iso_moment", iso_moment)

CHOICE = '<li><a href="{}"{}><span{}>{}</span> <span class="number">{}</span></a></li>'
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
def api_address(name, query=None):
    """Where the API has the list of a page in the reader's language; `query`: the QueryDict of its filters."""
    asked = query.dict() if query else {}
    if name in ("articles", "corrections"):
        asked = {"language": content_language()} | asked
    return reverse(f"api:{name}") + (f"?{urlencode(asked)}" if asked else "")


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
    return with_dateline(with_pictures(article.body, article.direction), article.dateline)


@register.filter
def file_format(file):
    """ "PDF"; uploads have checked that the ending of the name is that of the content."""
    return PurePosixPath(file.name).suffix[1:].upper()


@register.simple_tag
def text_part(part, article):
    """One block of an article's body or notes (`pages.private.text_parts`), as `body` shows it."""
    return with_dateline(with_pictures(part.text, article.direction), article.dateline if part.opens else "")


def _announced(text):
    """Announces what is struck out to those who hear the text: screen readers say nothing of `<s>`."""
    if "<s" not in text:
        return text
    words = f'<span class="visually-hidden">{escape(_("struck out:"))} </span>'
    return _struck.sub(lambda tag: tag[0] + words, text)


@register.filter
def line(text, direction):
    """A plain text, such as a headline, escaped; in a right-to-left language its numbers keep their order."""
    return with_isolated_numbers(escape(text), direction)


@register.filter
def cleaned(text, language):
    """HTML of the site's own pages, cleaned when it is shown; as text, tags included, if it is too complex for that."""
    try:
        return with_pictures(clean(text), direction(language))
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


@register.simple_tag(takes_context=True)
def pictures_of(context):
    """[(number, picture)] of the lead picture and the gallery of an article's page, for their own pages."""
    found = [context["article"].lead_image, *context["gallery"]]
    return list(enumerate(dict.fromkeys(filter(None, found)), 1))


@register.filter
def picture_address(image):
    return reverse("articles:picture", args=[address_key(image)])


register.filter("credits", pictures.credits_html)


@register.filter
def with_pictures(text, direction):
    """Cleaned HTML, as stored, for a page: pictures that fit, tables that scroll, links to present addresses.

    In a right-to-left language its numbers keep their order.
    """
    shown = tables.in_regions(pictures.with_pictures(_announced(own_links.current(text))))
    return with_isolated_numbers(shown, direction)


@register.simple_tag
def share_links(article, address):
    """[(name, address)] by which readers pass an article on."""
    words = {"headline": article.headline, "address": address}
    mail = urlencode({"subject": article.headline, "body": address}, quote_via=quote)
    links = [
        (name, site + urlencode({key: text.format(**words) for key, text in query.items()}))
        for name, site, query in SHARING
    ]
    return [(_("E-mail"), f"mailto:?{mail}"), *links]
