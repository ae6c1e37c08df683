"""The periods in which an office answers, whatever its clocks do: compared with looking at the clock every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts.reachable.opening_periods import Hours

pytestmark = pytest.mark.one_database
NINE_TO_FIVE = {day: [(time(9), time(17))] for day in range(5)}
A_MINUTE = timedelta(minutes=1)
# Clocks put forward and back: in Europe, by half an hour, and over a whole day.
JUMPS = [
    ("Europe/Zurich", date(2026, 3, 29)),
    ("Europe/Zurich", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Africa/Nairobi", date(2026, 7, 1)),
]
minutes = st.integers(0, 24 * 60 - 1).map(lambda one: time(one // 60, one % 60))
spans = st.tuples(minutes, minutes).filter(lambda one: one[0] < one[1])


def period(hours, *moment):
    found = hours.period(datetime(*moment, tzinfo=UTC))
    return found and tuple(
        one and one.astimezone(hours.zone).strftime("%a %d %H:%M") for one in (found.start, found.end)
    )


def test_now_and_next():
    hours = Hours(ZoneInfo("Europe/Zurich"), NINE_TO_FIVE)
    assert period(hours, 2026, 11, 30, 8, 0) == ("Mon 30 09:00", "Mon 30 17:00")
    assert period(hours, 2026, 11, 30, 15, 59) == ("Mon 30 09:00", "Mon 30 17:00")
    assert period(hours, 2026, 11, 30, 16, 0) == ("Tue 01 09:00", "Tue 01 17:00")
    assert period(hours, 2026, 11, 28, 12, 0) == ("Mon 30 09:00", "Mon 30 17:00")


def test_closures_count_by_the_offices_own_days():
    hours = Hours(ZoneInfo("Pacific/Auckland"), NINE_TO_FIVE, [(date(2026, 11, 30), date(2026, 12, 4))])
    assert period(hours, 2026, 11, 29, 21, 0) == ("Mon 07 09:00", "Mon 07 17:00")  # Monday, ten o'clock there
    for_ever = Hours(UTC, NINE_TO_FIVE, [(date(2000, 1, 1), date(2100, 1, 1))])
    assert period(for_ever, 2026, 11, 30, 12, 0) is None


def test_no_hours_no_period():
    assert period(Hours(UTC), 2026, 11, 30, 12, 0) is None
    assert period(Hours(UTC, {0: []}), 2026, 11, 30, 12, 0) is None


def test_hours_until_midnight_go_on_in_the_next_day():
    night = Hours(UTC, {0: [(time(22), time(23, 59))], 1: [(time(0), time(6))]})
    assert period(night, 2026, 11, 30, 23, 59) == ("Mon 30 22:00", "Tue 01 06:00")
    always = Hours(UTC, {day: [(time(0), time(23, 59))] for day in range(7)})
    assert period(always, 2026, 11, 30, 12, 0)[1] is None
    lunch = Hours(UTC, {0: [(time(13), time(17)), (time(9), time(12)), (time(12), time(12, 30))]})
    assert period(lunch, 2026, 11, 30, 9, 0) == ("Mon 30 09:00", "Mon 30 12:30")


@given(jump=st.sampled_from(JUMPS), span=spans, start=st.integers(-600, 600))
@example(jump=JUMPS[0], span=(time(2, 30), time(5)), start=-300)
@example(jump=JUMPS[0], span=(time(1), time(2, 30)), start=-300)
@settings(max_examples=settings().max_examples // 2)
def test_as_somebody_sees_it_who_looks_at_the_offices_clock(jump, span, start):
    """Outside an hour that the clock shows twice: there the office stays open from the first opening to the last end."""
    name, day = jump
    zone = ZoneInfo(name)
    hours = Hours(zone, {weekday: [span] for weekday in range(7)})
    now = datetime.combine(day, time(12), UTC) + start * A_MINUTE
    found = hours.period(now)
    if found.end is None:
        return
    for moment in (now + number * 7 * A_MINUTE for number in range(200)):
        wall = moment.astimezone(zone)
        is_twice = any(
            wall.replace(tzinfo=zone, fold=0).utcoffset() != one.replace(tzinfo=zone, fold=1).utcoffset()
            for one in (wall, wall - timedelta(hours=1), wall + timedelta(hours=1))
        )
        closes = time.max if span[1] == time(23, 59) else span[1]
        if not is_twice and moment < found.end:
            assert found.holds(moment) == (span[0] <= wall.time().replace(tzinfo=None) < closes), wall
