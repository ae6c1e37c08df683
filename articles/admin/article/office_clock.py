"""A moment as the people of an office read it, and in UTC."""

import zoneinfo
from datetime import UTC

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


def zone_of(office):
    try:
        return zoneinfo.ZoneInfo(office.timezone)
    except (AttributeError, zoneinfo.ZoneInfoNotFoundError, ValueError):
        return UTC


def on_the_clock_of(office, at):
    try:
        return timezone.localtime(at, zone_of(office))
    except OverflowError:  # the first and the last day that there are
        return at


def moment(at, office=None):
    """“14 May 2026, 15:00 (Africa/Nairobi) · 12:00 UTC”; a script keeps it right while the field changes."""
    name = getattr(office, "timezone", "") or "UTC"
    return format_html('<span class="moment" data-zone="{}">{}</span>', name, _words(at, office, name))


def _words(at, office, name):
    if at is None:
        return _("no date yet")
    there = on_the_clock_of(office, at)
    words = f"{date_format(there, 'j F Y, H:i')} ({name})"
    if name != "UTC":
        words += f" · {timezone.localtime(at, UTC):%H:%M} UTC"
    return words
