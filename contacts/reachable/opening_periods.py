"""The periods in which one office answers: its opening hours and closures as moments in UTC, whatever its clocks do."""

import zoneinfo
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
END_OF_DAY = time(23, 59)  # the last time that a form offers: hours that close then last until midnight
LOOK_AHEAD = 400  # days: after that, an office that is closed for so long has no next opening
WITHOUT_END = timedelta(days=8)  # an office that does not close for so long never does


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, in UTC; `end` is None if the office does not close."""

    start: datetime
    end: datetime | None

    def holds(self, now):
        return self.start <= now and (self.end is None or now < self.end)


@dataclass
class Hours:
    """`week`: {weekday from 0 (Monday): [(opens, closes)]}; `closures`: [(first day, last day)]."""

    zone: zoneinfo.ZoneInfo
    week: dict = field(default_factory=dict)
    closures: list = field(default_factory=list)

    def period(self, now):
        """The period that holds `now`, else the next one; None if there is none within `LOOK_AHEAD` days."""
        found = None
        for start, end in self._from(now):
            if found and start > found[1]:
                break
            found = (found[0] if found else start, end)
            if end - now > WITHOUT_END and start <= now + WITHOUT_END and found[0] <= now:
                return Period(found[0], None)
        return Period(*found) if found else None

    def _from(self, now):
        """Yield the (start, end) in UTC that end after `now`, in order."""
        if not any(self.week.values()):
            return
        first = now.astimezone(self.zone).date() - A_DAY
        for number in range(LOOK_AHEAD):
            day = first + number * A_DAY
            if self.is_closed_on(day):
                continue
            for opens, closes in sorted(self.week.get(day.weekday(), ())):
                start = moment(day, opens, self.zone)
                end = _midnight(day + A_DAY, self.zone) if closes >= END_OF_DAY else moment(day, closes, self.zone, 1)
                if end > now and end > start:
                    yield start, end

    def is_closed_on(self, day: date):
        return any(first <= day <= last for first, last in self.closures)


def _midnight(day, zone):
    return moment(day, time(0), zone)


def moment(day, local, zone, fold=0):
    """The moment in UTC at which the office's clock shows a time; if it jumps over that time, the moment of the jump.

    Of a time that the clock shows twice it is the first moment, with `fold=1` the second: the office is open longer.
    """
    wall = datetime.combine(day, local)
    found = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    early, late = (wall.replace(tzinfo=zone, fold=one).astimezone(UTC) for one in (1, 0))
    while late - early > A_MINUTE:  # the clock shows less than the time at `early`, more at `late`
        middle = early + (late - early) // 2 // A_MINUTE * A_MINUTE
        is_after = middle.astimezone(zone).replace(tzinfo=None) > wall
        early, late = (early, middle) if is_after else (middle, late)
    return late
