"""Contact blocks, and translated texts, which say so where they are in another language than the page.

`{{ office|named }}`, `{{ office|words:"city" }}`, `{% contact_block contact %}`
"""

import html
import re

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join, strip_tags

from contacts import directory, languages
from contacts.reachable import now as reachable

from .kept_html import kept_html

register = template.Library()


@register.filter
def named(row):
    return row.naming.html()


@register.filter
def names(rows):
    return [row.naming.html() for row in rows]


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


@register.filter
def web_address(address):
    """An address that breaks after a slash, where the line is too short."""
    return _in_parts(address, r"(?<=[^/]/)(?=[^/])")


def _in_parts(text, between=r"(?<=.)(?=\.)"):
    first, *others = re.split(between, text)
    return escape(first) + format_html_join("", "<wbr>{}", ((part,) for part in others))


register.filter("own_name", languages.own_name)
register.filter("language_name", lambda tag: languages.language_name(tag).html())
register.filter("language_names", lambda tags: [languages.language_name(tag).html() for tag in tags])
register.filter("zone_name", languages.zone_name)


@register.inclusion_tag("contacts/_contact.html", takes_context=True)
def contact_block(context, contact, in_office=False):
    reach = reachable.of_contact(contact, context.get("generation"))
    return {"contact": contact, "reach": reach, "in_office": in_office}


@register.simple_tag(takes_context=True)
def office_reach(context, office):
    return reachable.of_office(office, context.get("generation"))


@register.simple_tag(takes_context=True)
def list_summary(context, contacts):
    return reachable.of_list(contacts, context.get("generation"))


@register.simple_tag
def contact_blocks(ids, generation):
    """The blocks of the contacts with these ids, or of who answers for them today; each once.

    They are kept until the day ends, an office opens or closes, or the generation of names does, which any change of
    a contact ends.
    """
    period = _period(generation)
    keys = {pk: ("contact", *period, pk) for pk in ids}
    blocks = {pk: kept_html.get(key) for pk, key in keys.items()}
    if missing := [pk for pk, html in blocks.items() if html is None]:
        contacts, block = directory.answering(missing), get_template("contacts/_contact.html")
        for pk, contact in contacts.items():
            shown = contact and {"contact": contact, "reach": reachable.of_contact(contact, generation)}
            blocks[pk] = kept_html.put(keys[pk], block.render(shown) if shown else "")
    return [html for html in dict.fromkeys(blocks.values()) if html]


@register.simple_tag
def who_answers(ids, generation):
    """For a list of contacts: which can be called now, else which can be next. The HTML is kept as their blocks are."""
    ids = tuple(ids)
    if len(ids) < 2:
        return ""
    key = ("who answers", *_period(generation), ids)
    html = kept_html.get(key)
    if html is None:
        contacts = {contact.pk: contact for contact in directory.answering(ids).values() if contact}
        summary = reachable.of_list(contacts.values(), generation) if len(contacts) > 1 else None
        is_needed = summary is not None and len(summary.now) < len(contacts)  # else each block says so
        html = render_to_string("contacts/_who_answers.html", {"summary": summary}) if is_needed else ""
        kept_html.put(key, html)
    return html


def _period(generation):
    """Further parts of the key of kept HTML that shows who can be called."""
    now = timezone.now()
    return generation, now.date(), reachable.timetable(generation).next_change(now), reachable.is_shown()
