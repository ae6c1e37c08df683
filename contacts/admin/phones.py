from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Phone
from ..phones import why_unreadable
from .inlines import OrderedInline


class PhoneLines(OrderedInline):
    """Telephones as typed, and beside each what was understood."""

    model = Phone
    fields = ["kind", "display", "read_as", "order"]
    readonly_fields = ["read_as"]

    @admin.display(description=_("read as"))
    def read_as(self, phone):
        if not phone.pk:
            return _("shown after saving")
        return phone_note(phone)


def phone_note(phone):
    """The E.164 numbers, or why there are none."""
    if phone.numbers:
        return format_html('<bdi dir="ltr" class="read-as">{}</bdi>', " · ".join(phone.numbers))
    return format_html('<strong class="doubt">{}</strong>', why_unreadable(phone.display, phone.country_code))
