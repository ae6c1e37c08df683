"""The admin's icons for yes, no and unknown, with an alternative text in the reader's language: Django's is English."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

ICONS = {True: ("yes", gettext_lazy("Yes")), False: ("no", gettext_lazy("No"))}


def boolean_icon(value):
    name, text = ICONS.get(value, ("unknown", gettext_lazy("Unknown")))
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), text)


def patch_django():
    admin_list._boolean_icon = boolean_icon
