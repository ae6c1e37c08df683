"""`{% contact_block contact %}`: whom to call, drawn once for each row that was read."""

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def contact_block(contact, in_office=False):
    """The HTML stays with the row: it shows nothing that was not read with it."""
    drawn = {} if settings.DEBUG else contact.__dict__.setdefault("drawn", {})
    key = get_language(), in_office
    if key not in drawn:
        template = get_template("contacts/_contact.html")
        drawn[key] = template.render({"contact": contact, "in_office": in_office})
    return drawn[key]
