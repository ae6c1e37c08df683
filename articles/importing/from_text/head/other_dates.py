"""Dates that stand elsewhere than in a dateline: in the first sentence, and those that have the year of another."""

import re
from dataclasses import replace

from ....translating.dates import dates
from .datelines import Dateline, iso

TODAY = re.compile(r"(?<!\w)(?:today|aujourd[’']hui|ce jour|hoy|сегодня|اليوم)(?!\w)|今[天日]", re.IGNORECASE)
MONTHS = 12
NEAR_TODAY = 24  # characters between the word and the date
LONGEST_PASSAGE = 2000  # characters of a paragraph in which dates are looked for


def day_of(day, at, end):
    """The Dateline of a `translating.dates.Date` that stands at a place of a line of this length."""
    return Dateline(None, None, (iso(day), at, at + len(day.text)), end, True)


def with_year(date, texts, language):
    """A date without a year ("--05-03") with the year that it has elsewhere in the texts, if that is one year only."""
    days = [day for text in texts for day in dates(text[:LONGEST_PASSAGE], language)]
    same = {iso(day) for day in days if day.year and day.day and iso(day).endswith(date.value[1:])}
    return replace(date, value=same.pop()) if len(same) == 1 else replace(date, sure=False)


def is_ambiguous(date, text):
    """Whether a date in figures may have its month first, as in America: 04/05/2026."""
    figures = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./]\d{4}", text[date.start : date.end].strip())
    return bool(figures) and figures[1] != figures[2] and int(figures[1]) <= MONTHS and int(figures[2]) <= MONTHS


def of_today(text, language):
    """The Dateline of a sentence that says what day it is: "Hoy, jueves 9 de abril de 2026, …". Never sure."""
    days = [day for day in dates(text[:LONGEST_PASSAGE], language) if day.year and day.day]
    if len(days) != 1 or not TODAY.search(text[max(0, days[0].start - NEAR_TODAY) : days[0].start]):
        return None
    start = days[0].start
    return Dateline(None, None, (iso(days[0]), start, start + len(days[0].text)), len(text), False)
