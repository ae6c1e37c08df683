"""The archive: how many articles every month has, and every year of a landing page, as numbers and as bars."""

from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from ..facets import Criteria
from ..listing.in_memory import lists

HEIGHT = 40  # of a drawing
LEAST = 2  # of the bar of a month that has any


class Bar(NamedTuple):
    """`day`: the first of its month or year; `url`: the list of its articles, "" without any; `y`, `height`: drawn."""

    day: date
    number: int
    url: str
    y: float
    height: float


class Year(NamedTuple):
    year: int
    number: int
    url: str
    months: list


def years(language):
    """[Year], the newest first; None while lists have no index."""
    selection, address = lists().select(Criteria(language)), reverse("articles:list")
    numbers = selection.counts("year")
    if numbers is None:
        return None
    months = {int(year): _months(selection, int(year)) for year in numbers}
    most = max((number for found in months.values() for _first, _last, number in found), default=0)
    return [
        Year(year, numbers[str(year)], f"{address}?year={year}", [_month(address, *one, most) for one in months[year]])
        for year in sorted(months, reverse=True)
    ]


def _months(selection, year):
    """[(first day, last day, number)] of the months of a year."""
    days = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    numbers = selection.between(days)
    lasts = [day - timedelta(days=1) for day in days[1:]]
    return list(zip(days[:-1], lasts, numbers, strict=True))


def _month(address, first, last, number, most):
    url = f"{address}?{urlencode({'from': first.isoformat(), 'to': last.isoformat()})}" if number else ""
    return _bar(first, number, url, most)


def _bar(day, number, url, most):
    height = round(max(LEAST, HEIGHT * number / most), 1) if number else 0
    return Bar(day, number, url, HEIGHT - height, height)


def by_year(menu):
    """[Bar] of the years of a landing page, the newest first, from its FacetMenu; none if there is one year alone."""
    if len(menu.numbers) < 2 or None in menu.numbers.values():
        return []
    most, address = max(menu.numbers.values()), reverse("articles:list")
    return [
        _bar(date(int(one.code), 1, 1), one.number, address + one.query, most) for one in menu.choices if one.number
    ]
