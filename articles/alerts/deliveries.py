"""Writes the deliveries of announcements: one row for each subscriber who gets a mail, whatever their number.

What is published or changed goes to those whose filter chooses the article; each filter is tried once, however many
have it. What was wrong or was taken away goes to those to whom the article was sent.
"""

from datetime import timedelta

from django.utils import timezone

from ..models import Announcement, Delivery, Subscription
from ..publication_day import OfficeZones, local_time
from .filters import Matcher

HOUR, WEEKDAY = 7, 0  # digests are sent at seven in the time of the headquarters, weekly ones on Monday
AT_ONCE = 1000  # rows
FILTERS_AT_ONCE = 200
Kind, Frequency = Announcement.Kind, Subscription.Frequency
TO_ALL_WHO_CHOOSE_IT = {Kind.PUBLISHED, Kind.CHANGED, Kind.RETURNED}
TO_ALL_WHO_GOT_IT = {Kind.CORRECTED, Kind.WITHDRAWN, Kind.REMOVED, Kind.RETURNED}


def zone():
    """The name of the time zone of digests."""
    return OfficeZones().name(None)


def due_at(frequency, now):
    """When what is announced now is sent with this frequency."""
    if frequency == Frequency.IMMEDIATE:
        return now
    local = local_time(now, zone())
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while due <= local or (frequency == Frequency.WEEKLY and due.weekday() != WEEKDAY):
        due += timedelta(days=1)
    return due


def address_all():
    """Write the deliveries of all announcements that have none yet. One that was interrupted is done once more."""
    for announcement in Announcement.objects.filter(addressed_at=None).order_by("at", "pk"):
        address(announcement)
        Announcement.objects.filter(pk=announcement.pk).update(addressed_at=timezone.now())


def address(announcement):
    now = timezone.now()
    if announcement.kind in TO_ALL_WHO_GOT_IT:
        _write(announcement, _who_got(announcement), "subscription", now)
    if announcement.kind in TO_ALL_WHO_CHOOSE_IT:
        for frequency in (Frequency.IMMEDIATE, Frequency.DAILY, Frequency.WEEKLY):  # of several, the earliest
            for rows in _who_choose(announcement, frequency):
                _write(announcement, rows, "pk", due_at(frequency, now))


def _who_got(announcement):
    """The deliveries of the article until now; `sending` knows who got which text."""
    rows = Delivery.objects.filter(announcement__article=announcement.article_id, left_out="")
    return rows.exclude(announcement=announcement)


def _who_choose(announcement, frequency):
    """Querysets of the subscriptions whose filter chooses the article and that had been confirmed by then."""
    article = announcement.article
    rows = Subscription.objects.filter(
        language=article.language,
        frequency=frequency,
        confirmed_at__lte=announcement.at,
        subscriber__switched_off_at=None,
    )
    filters = list(rows.order_by().values_list("filter", flat=True).distinct())
    if not filters:
        return
    matcher = Matcher(article)
    chosen = [query for query in filters if matcher.matches(query)]
    for start in range(0, len(chosen), FILTERS_AT_ONCE):
        yield rows.filter(filter__in=chosen[start : start + FILTERS_AT_ONCE])


def _write(announcement, rows, subscription, due):
    """A delivery for each row, which has a subscriber and, in this column, a subscription; so many at a time."""
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "subscriber", subscription)[:AT_ONCE]):
        last = some[-1][0]
        Delivery.objects.bulk_create(
            [
                Delivery(subscriber_id=who, subscription_id=of, announcement=announcement, due_at=due)
                for _pk, who, of in some
            ],
            ignore_conflicts=True,
        )
