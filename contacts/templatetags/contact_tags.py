"""Contact blocks, and translated texts, which say so where they are in another language than the page.

`{{ office|named }}`, `{{ office|words:"city" }}`, `{% contact_block contact %}`
"""

import html
import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join, strip_tags

from contacts import directory, languages

from .kept_html import kept_html

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
    text = linebreaks_filter(without_markup(wording.text), autoescape=True)
    return format_html("<div{}>{}</div>", wording.attributes, text) if wording.attributes else text


@register.filter
def without_markup(text):
    if "<" not in text:
        return text
    lines = re.sub(r"<br\s*/?>|</(h\d|li|t[dh]|div|blockquote|figcaption)>", "\n", re.sub(r"</p>\s*", "\n\n", text))
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
register.filter("language_names", lambda tags: [languages.language_name(tag).html() for tag in tags])
register.filter("zone_name", languages.zone_name)


@register.inclusion_tag("contacts/_contact.html")
def contact_block(contact, in_office=False):
    return {"contact": contact, "in_office": in_office}


@register.simple_tag
def contact_blocks(ids, generation):
    """The blocks of the contacts with these ids, or of who answers for them today; each once.

    They are kept until the day ends or the generation of names does, which any change of a contact ends.
    """
    keys = {pk: ("contact", generation, timezone.now().date(), pk) for pk in ids}
    blocks = {pk: kept_html.get(key) for pk, key in keys.items()}
    if missing := [pk for pk, html in blocks.items() if html is None]:
        contacts, block = directory.answering(missing), get_template("contacts/_contact.html")
        for pk, contact in contacts.items():
            blocks[pk] = kept_html.put(keys[pk], block.render({"contact": contact}) if contact else "")
    return [html for html in dict.fromkeys(blocks.values()) if html]
