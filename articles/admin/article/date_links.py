"""Years, months and days to walk through a long list by, from its first and last date alone.

Django's own drill-down asks the database for the distinct days of every row.
"""

import calendar
import datetime

from django.utils.dates import MONTHS

from ...fields import YEARS

FIELD = "publish_at"


def links(changelist):
    """(step back or None, [choices]) of (query string, label); the present place has no query string."""
    year, month, day = (_number(changelist.params.get(f"{FIELD}__{part}")) for part in ("year", "month", "day"))
    if year and month:
        days = calendar.monthrange(year, month)[1]
        back = (_to(changelist, year=year), str(year))
        return back, [(_to(changelist, year=year, month=month, day=d) if d != day else "", d) for d in _days(days)]
    if year:
        return (_to(changelist), ""), [(_to(changelist, year=year, month=m), MONTHS[m]) for m in range(1, 13)]
    # Dates may have come in that no press office has lived through: they get no links, or there would be thousands.
    first, last = _ends(changelist.root_queryset)
    return None, [(_to(changelist, year=y), y) for y in range(last, first - 1, -1)]


def _days(last):
    return range(1, last + 1)


def _ends(articles):
    ends = [datetime.datetime(year, 1, 1, tzinfo=datetime.UTC) for year in (YEARS.start, YEARS.stop)]
    dated = (
        articles.filter(publish_at__gte=ends[0], publish_at__lt=ends[1])
        .order_by("publish_at", "id")
        .values_list(FIELD, flat=True)
    )
    first, last = dated.first(), dated.last()
    return (first.year, last.year) if first else (1, 0)


def _number(text):
    number = int(text) if text and text.isdecimal() and len(text) < 5 else 0
    return number if number and datetime.MINYEAR <= number <= datetime.MAXYEAR else None


def _to(changelist, **parts):
    wanted = {f"{FIELD}__{part}": value for part, value in parts.items()}
    return changelist.get_query_string(wanted, [f"{FIELD}__", "p"])
