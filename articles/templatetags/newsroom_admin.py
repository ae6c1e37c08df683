"""Tags and filters of the admin's templates."""

from datetime import UTC

from django import template
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateTimeField
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from contacts import zones
from contacts.admin.fields import is_code, is_text, written_in

from ..admin import cleaning, display
from ..admin.article.form import TEXT_FIELDS
from ..desk import lateness
from ..pages.texts import pictures

register = template.Library()
register.simple_tag(display.state_badge)
register.simple_tag(display.behind_badge)
register.simple_tag(display.headline)
register.simple_tag(display.office_time)
register.simple_tag(display.published)
register.simple_tag(display.thumbnail)
register.simple_tag(pictures.address, name="picture_address")


register.filter("why_late", lateness.why)


@register.simple_tag
def own_time(moment):
    """A moment in the time of the person at the desk; the attribute has it in UTC."""
    utc = moment.astimezone(UTC).isoformat(timespec="seconds")
    return format_html('<time datetime="{}">{}</time>', utc, zones.own_time(moment))


@register.filter
def language_name_local(code):
    """The name of one of the site's languages in the language of the user."""
    return gettext(dict(settings.LANGUAGES).get(code, code))


@register.filter
def is_today(article):
    """Whether the article is published today in the time zone of its office."""
    published, now = (display.in_office_zone(at, article.office) for at in (article.publish_at, timezone.now()))
    return published.date() == now.date()


@register.simple_tag
def control(field):
    """The input of an admin field: codes and addresses from left to right, names that have no language as they are."""
    stored, attrs = _model_field(field), field.field.field.widget.attrs
    if stored is None or "dir" in attrs:
        return field.field
    if is_code(stored):
        return field.field.as_widget(attrs={"dir": "ltr"})
    return field.field.as_widget(attrs={"dir": "auto"}) if is_text(stored) else field.field


@register.simple_tag
def read_only(field):
    """What a field holds that cannot be edited: codes from left to right, texts in the language of their row."""
    stored = _model_field(field)
    if isinstance(stored, DateTimeField) and (moment := getattr(field.form.instance, stored.name)):
        return own_time(moment)
    if stored is not None and is_code(stored):
        return format_html('<bdi dir="ltr">{}</bdi>', field.contents())
    if stored is not None and is_text(stored):
        language = getattr(field.form.instance, "language", "")
        return format_html("<div{}>{}</div>", flatatt(written_in(language)), field.contents())
    return field.contents()


def _model_field(field):
    """The model's field that an admin field shows, or None."""
    name, form = (field.field["name"], field.form) if field.is_readonly else (field.field.name, field.field.form)
    try:
        return form._meta.model._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return None


@register.simple_tag
def source_text(source, field):
    """The text of the same field in the source of a translation; None if there is no source or no such text.

    The form of a row, such as a quote, has the texts of the source's row in `source_texts`.
    """
    form, name = (field.form, field.field["name"]) if field.is_readonly else (field.field.form, field.field.name)
    if hasattr(form, "source_texts"):
        return form.source_texts.get(name)
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
def acts_next(assignment):
    return display.acts_next(assignment)


@register.simple_tag
def filter_choices(changelist, spec):
    return list(spec.choices(changelist))
