"""Says of a contact, an office or a list of contacts whether they can be called now, and when the next one can.

The hours of all offices are read once a day for each generation of names, which every change of an office ends. Pages
that show who can be called change at `next_change`: the page cache knows it, and so do kept pieces of HTML.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from ..languages import content_language
from ..models import Office, OfficeClosure, OpeningHours, Phone
from ..validators import time_zone
from .opening_periods import Hours

NAMED = 5  # contacts that the line above a list names
_left_out = ContextVar("availability left out", default=False)


@contextmanager
def without_availability():
    """Pages rendered within it do not say who can be called now: for static copies, which are kept for long."""
    token = _left_out.set(True)
    try:
        yield
    finally:
        _left_out.reset(token)


def is_shown():
    return not _left_out.get()


@dataclass(frozen=True)
class Reach:
    """`is_now`: whether somebody answers. `until`: when the office closes, `opens`: when it opens, in its own time.

    Both are None if it has no hours, or never closes. `by_duty`: only the duty telephone is answered.
    `through_midnight`: the office closes on another day than it has opened.
    """

    office: Office
    is_now: bool
    by_duty: bool = False
    until: datetime | None = None
    opens: datetime | None = None
    through_midnight: bool = False

    @property
    def offset(self):
        """ "UTC+1", "UTC−3:30": how the office's clock differs at the moment that is shown."""
        shown = self.until or self.opens
        minutes = int(shown.utcoffset().total_seconds() // 60)
        if not minutes:
            return "UTC"
        hours, rest = divmod(abs(minutes), 60)
        return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


class Timetable:
    """The hours of all offices that are not closed permanently."""

    def __init__(self):
        today = timezone.now().date()
        offices = Office.objects.open().order_by().values_list("pk", "timezone")
        self.hours = {pk: Hours(time_zone(zone)) for pk, zone in offices}
        for pk, day, opens, closes in OpeningHours.objects.order_by().values_list(
            "office", "weekday", "opens", "closes"
        ):
            if pk in self.hours:
                self.hours[pk].week.setdefault(day, []).append((opens, closes))
        recent = OfficeClosure.objects.filter(last_day__gte=today - timedelta(days=3)).order_by()
        for pk, *days in recent.values_list("office", "first_day", "last_day"):
            if pk in self.hours:
                self.hours[pk].closures.append(tuple(days))
        self._next = None, None  # (from when on, until when) the next change is known

    def next_change(self, now):
        """When the next office opens or closes, or None."""
        since, until = self._next
        if since is None or now < since or (until is not None and now >= until):
            periods = filter(None, (hours.period(now) for hours in self.hours.values()))
            moments = (period.end if period.holds(now) else period.start for period in periods)
            self._next = now, min(filter(None, moments), default=None)
        return self._next[1]

    def reach(self, office, phones, now):
        """The Reach of a contact with these telephones in that office; None if nobody knows when they are answered."""
        if not is_shown():
            return None
        kinds, hours = {phone.kind for phone in phones}, self.hours.get(office.pk)
        period = hours.period(now) if hours and kinds - {Phone.Kind.DUTY} else None
        is_open, on_duty = period is not None and period.holds(now), Phone.Kind.DUTY in kinds and hours is not None
        start, end = (at and at.astimezone(hours.zone) for at in (period.start, period.end)) if period else (None, None)
        if is_open:
            return Reach(office, True, until=end, through_midnight=end is not None and end.date() != start.date())
        if period is None and not on_duty:
            return None
        return Reach(office, on_duty, by_duty=on_duty, opens=start)


def timetable(generation):
    """The Timetable of a generation of names; one that is read now for None."""
    return Timetable() if generation is None else _kept(generation, timezone.now().date())


@lru_cache(maxsize=2)
def _kept(generation, day):
    """The Timetable of a generation on a day: by the next one an office may be closed permanently."""
    return Timetable()


def next_change(now):
    """When the next office opens or closes: pages change at that moment."""
    return Timetable().next_change(now)


def of_contact(contact, generation=None, now=None):
    return timetable(generation).reach(contact.office, contact.phones.all(), now or timezone.now())


def of_office(office, generation=None, now=None):
    return timetable(generation).reach(office, office.phones.all(), now or timezone.now())


@dataclass(frozen=True)
class Summary:
    """The line above a list: the contacts who can be called now, else the one who can be next, with its Reach."""

    now: list
    next: object = None
    reach: Reach | None = None

    @property
    def named(self):
        return self.now[:NAMED]

    @property
    def more(self):
        return len(self.now[NAMED:])


def of_list(contacts, generation=None, now=None):
    """The Summary of contacts, those first who speak the reader's language; None if nothing is known of any."""
    now, language, table = now or timezone.now(), content_language(), timetable(generation)
    found = [(contact, table.reach(contact.office, contact.phones.all(), now)) for contact in contacts]
    found = [(contact, reach) for contact, reach in found if reach is not None]
    reached = [contact for contact, reach in found if reach.is_now]
    if reached:
        return Summary(sorted(reached, key=lambda contact: not speaks(contact, language)))
    if not found:
        return None
    following = min(found, key=lambda one: (one[1].opens, not speaks(one[0], language)))
    return Summary([], *following)


def speaks(contact, language):
    """Whether a contact speaks a language or one of its variants: "pt-BR" for "pt"."""
    return any(tag.split("-")[0] == language for tag in contact.languages)
