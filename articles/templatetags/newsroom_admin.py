"""Tags and filters of the admin's templates."""

from django import template
from django.utils import timezone

from ..admin import cleaning, display
from ..admin.article.form import TEXT_FIELDS
from ..pages import pictures

register = template.Library()
register.simple_tag(display.state_badge)
register.simple_tag(display.headline)
register.simple_tag(display.office_time)
register.simple_tag(display.published)
register.simple_tag(display.thumbnail)
register.simple_tag(pictures.address, name="picture_address")


@register.filter
def is_today(article):
    """Whether the article is published today in the time zone of its office."""
    published, now = (display.in_office_zone(at, article.office) for at in (article.publish_at, timezone.now()))
    return published.date() == now.date()


@register.simple_tag
def source_text(source, field):
    """The text of the same field in the source of a translation; None if there is no source or no such text."""
    name = field.field["name"] if field.is_readonly else field.field.name
    name = {"body_html": "body", "notes_html": "notes_to_editors"}.get(name, name)
    if not source or name not in TEXT_FIELDS:
        return None
    return display.field_html(source, name) if name in ("body", "notes_to_editors") else getattr(source, name)


@register.inclusion_tag("admin/_cleaning_notes.html", takes_context=True)
def cleaning_notes(context, field):
    """Under a field with the rich text editor: what the cleaner changed in it. The editor adds what it says later."""
    field = None if field.is_readonly else field.field
    if field is None or field.name not in getattr(field.form, "html_fields", ()):
        return {}
    return {"id": cleaning.notes_id(field), "notes": cleaning.notes_about(context["request"], field)}


@register.simple_tag
def filter_choices(changelist, spec):
    return list(spec.choices(changelist))
