"""Time zones of the offices, and times as the person at the desk reads them."""

from contextvars import ContextVar
from datetime import UTC

from django.utils import timezone

from .cldr.formats import short_moment
from .languages import zone_name
from .models import Office
from .permissions import own_zone
from .validators import time_zone

_reader = ContextVar("reader", default=None)


def local_time(moment, zone):
    """The moment in a time zone, given by its name."""
    try:
        return moment.astimezone(time_zone(zone))
    except OverflowError:  # the first or the last day that Python knows
        return moment.astimezone(UTC)


class OfficeZones:
    """The time zones of all offices, read once: for one save, one page or one batch of an import."""

    def __init__(self, offices=None):
        """`offices`: all offices in the order of their codes, where they are known."""
        if offices is None:
            offices = list(Office.objects.order_by("code").only("kind", "timezone", "closed"))
        self._names = {office.pk: office.timezone for office in offices}
        headquarters = [office for office in offices if office.kind == Office.Kind.HEADQUARTERS]
        first = min(headquarters, key=lambda office: office.is_closed, default=None)
        self._headquarters = first.timezone if first else "UTC"

    def name(self, office):
        """The name of the time zone of an office (id), or of the headquarters if that is None."""
        return self._names.get(office, self._headquarters)

    def day(self, moment, office):
        """The calendar day at that office (id) then; None without a moment."""
        return None if moment is None else local_time(moment, self.name(office)).date()


def zone_of(user):
    """The zone of the user's first office, else of the headquarters; read once for each user object."""
    if not hasattr(user, "_zone"):
        user._zone = own_zone(user) or OfficeZones().name(None)
    return user._zone


def read_by(user):
    """Say who reads the page of the admin that is being made."""
    _reader.set(user)


def own_day(user=None, moment=None):
    """The calendar day that it is, or was at a moment, for the reader or another user."""
    user = user or _reader.get()
    return local_time(moment or timezone.now(), zone_of(user) if user else "UTC").date()


def own_time(moment, user=None):
    """“20 Nov 2026, 14:05 (Nairobi)”; of today the time alone: “14:05 (Nairobi)”. For the reader, or another user."""
    user = user or _reader.get()
    zone = zone_of(user) if user else "UTC"
    local = local_time(moment, zone)
    is_today = local.date() == local_time(timezone.now(), zone).date()
    return f"{f'{local:%H:%M}' if is_today else short_moment(local)} ({zone_name(zone)})"
