"""The day of publication: the calendar day of the issuing office at the moment of publication.

An article without an office has the day of the headquarters. The day is stored (`Article.published_on`), so an article
keeps its date when its office's time zone is changed later.
"""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from contacts.models import Office

A_DAY = timedelta(days=1)  # no time zone is further from UTC


def time_zone(name):
    """The time zone with that IANA name; UTC if there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        return UTC


def local_time(moment, zone_name):
    """The moment in a time zone."""
    try:
        return moment.astimezone(time_zone(zone_name))
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
        """The day of publication of an article of that office (id); None without a moment."""
        return None if moment is None else local_time(moment, self.name(office)).date()

    def next_day(self, moment, office, stored=None):
        """The day to store: a published article keeps its day until its moment or its office changes.

        stored: (publish_at, office's id, published_on, first_published_at) of the row; None for a new one.
        """
        if stored is not None:
            *before, day, first_published_at = stored
            was_published = first_published_at is not None and first_published_at <= timezone.now()
            if day is not None and was_published and before == [moment, office]:
                return day
        return self.day(moment, office)


def set_day(article):
    """Compute `published_on` of an article that is about to be saved."""
    names = ("publish_at", "office_id", "published_on", "first_published_at")
    stored = type(article).objects.filter(pk=article.pk).values_list(*names).first() if article.pk else None
    article.published_on = OfficeZones().next_day(article.publish_at, article.office_id, stored)


def is_possible(day, moment):
    """Whether some place on earth can have that day at that moment."""
    return abs(day - moment.astimezone(UTC).date()) <= A_DAY


def earliest(day):
    """A moment before which no place on earth has that day yet."""
    return _midnight(day.toordinal() - 1)


def latest(day):
    """A moment from which on no place on earth has a day before that one."""
    return _midnight(day.toordinal() + 1)


def _midnight(ordinal):
    """In UTC, within what Python knows."""
    day = date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
    return datetime.combine(day, time(), UTC)
