from django import template
from django.utils import timezone
from django.utils.timesince import timesince

from ..admin import markup
from ..admin.article import columns, office_clock
from ..admin.article import date_links as dates
from ..admin.article.form import WORDS
from ..admin.markup import shown

register = template.Library()


@register.simple_tag
def badge(article):
    return columns.badge(article)


@register.simple_tag
def titled(article):
    return columns.titled(article)


@register.simple_tag
def moment(at, office=None):
    return office_clock.moment(at, office)


@register.simple_tag
def thumbnail(image):
    return markup.thumbnail(image)


@register.filter
def age(since):
    """“3 days”: the larger unit alone is what an editor asks for."""
    return timesince(since, depth=1) if since else ""


@register.filter
def is_today(article):
    """Whether it is published today, on the clock of its office."""
    published, now = (office_clock.on_the_clock_of(article.office, at) for at in (article.publish_at, timezone.now()))
    return published.date() == now.date()


@register.simple_tag
def source_words(source, field):
    """What the source says in a field of its translation's form."""
    name = field.field["name"] if field.is_readonly else field.field.name
    name = {"shown_body": "body", "shown_notes": "notes_to_editors"}.get(name, name)
    if not source or name not in WORDS:
        return None
    text, is_html = getattr(source, name), name in ("body", "notes_to_editors")
    return shown(text, source) if is_html else text


@register.simple_tag
def filter_choices(changelist, spec):
    return list(spec.choices(changelist))


@register.simple_tag
def date_links(changelist):
    return dates.links(changelist)
