"""The day of publication: the calendar day of the issuing office at the moment of publication.

An article without an office has the day of the headquarters. The day is stored (`Article.published_on`), so an article
keeps its date when its office's time zone is changed later.
"""

from datetime import UTC, date, datetime, time, timedelta

from contacts import clock
from contacts.zones import OfficeZones
from contacts.zones import local_time as local_time

A_DAY = timedelta(days=1)  # no time zone is further from UTC


def next_day(zones, moment, office, stored=None):
    """The day to store: a published article keeps its day until its moment or its office changes.

    zones: an OfficeZones. stored: (publish_at, office's id, published_on, first_published_at) of the row; None for a
    new one.
    """
    if stored is not None:
        *before, day, first_published_at = stored
        was_published = first_published_at is not None and first_published_at <= clock.now()
        if day is not None and was_published and before == [moment, office]:
            return day
    return zones.day(moment, office)


def set_day(article):
    """Compute `published_on` of an article that is about to be saved."""
    names = ("publish_at", "office_id", "published_on", "first_published_at")
    stored = type(article).objects.filter(pk=article.pk).values_list(*names).first() if article.pk else None
    article.published_on = next_day(OfficeZones(), article.publish_at, article.office_id, stored)


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
    """Midnight of a day in UTC, limited to the dates that Python supports."""
    day = date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
    return datetime.combine(day, time(), UTC)
