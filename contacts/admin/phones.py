"""The inline of telephone numbers, for the admins of offices and contacts."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Phone
from ..phones import why_unreadable
from .inlines import OrderedInline


class PhoneInline(OrderedInline):
    """Numbers as typed, each with the E.164 numbers that were recognised."""

    model = Phone
    fields = ["kind", "display", "recognised", "order"]
    readonly_fields = ["recognised"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "display":
            field.widget.attrs["dir"] = "ltr"
        return field

    @admin.display(description=_("recognised as"))
    def recognised(self, phone):
        """The E.164 numbers, or why there are none."""
        if not phone.pk:
            return _("shown after saving")
        if phone.numbers:
            return format_html('<bdi dir="ltr" class="phone-numbers">{}</bdi>', " · ".join(phone.numbers))
        return format_html('<strong class="problem">{}</strong>', why_unreadable(phone.display, phone.country_code))
