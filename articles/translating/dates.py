"""Dates and times of day in the texts of six languages."""

import re
from functools import cache
from typing import NamedTuple

from babel import Locale

from .numbers import BLANKS, plain_digits

# Months by the names of the Levant and Iraq, which the CLDR does not have for Arabic as such.
LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
# And those of Morocco, Algeria and Tunisia where they differ.
MAGHREB = {
    "جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "يوليوز": 7, "جويلية": 7, "غشت": 8, "أوت": 8, "شتنبر": 9,
    "نونبر": 11, "دجنبر": 12,
}  # fmt: skip
REPUBLIC = 1911  # the year before the first one of the calendar of Taiwan
DAY, YEAR, B = r"(?P<day>\d{1,2})", r"(?P<year>(?:19|20)\d\d)", f"[{BLANKS}]"
HOUR = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:"
    r":(?P<minute>\d\d)(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?"
    r"|[.:]?(?P<minute2>\d\d)?\s?(?P<half2>[ap])\.?\s?m\b\.?"
    rf"|{B}?h(?:{B}?(?P<minute3>\d\d))?(?!\w)"
    r"|[时點点](?:(?P<minute4>\d\d)分)?)",
    re.IGNORECASE,
)


class Date(NamedTuple):
    year: int | None
    month: int
    day: int | None
    text: str
    start: int


@cache
def _months(language):
    """{name in small letters: number of the month}"""
    names = {}
    locale = Locale.parse(language if language != "zh" else "zh_Hans")
    for context in ("format", "stand-alone"):
        for width in ("abbreviated", "wide"):
            months = locale.months[context][width]
            names |= {name.lower().rstrip("."): number for number, name in months.items() if not name.isdecimal()}
    if language == "ar":
        names |= {name: number for number, name in enumerate(LEVANT, 1)} | MAGHREB
    if language == "en":
        names["sept"] = 9
    return names


@cache
def _patterns(language):
    numeric = [
        rf"(?<!\d){YEAR}-(?P<number>\d\d)-{DAY}(?!\d)",
        rf"(?<![\d.]){DAY}[./](?P<number>\d{{1,2}})[./]{YEAR}(?!\d)",
    ]
    if language == "zh":
        named = [
            rf"(?:中[华華])?民[国國](?P<republic>\d{{2,3}})年(?P<number>\d{{1,2}})月(?:{DAY}[日号號])?",
            rf"(?:{YEAR}年)?(?P<number>\d{{1,2}})月(?:{DAY}[日号])?",
            # 二〇二五年四月二十二日
            r"(?P<year>[〇零一二三四五六七八九]{4})年(?P<number>[一二三四五六七八九十]{1,2})月"
            r"(?:(?P<day>[一二三四五六七八九十]{1,3})[日号])?",
        ]
    else:
        names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
        both = rf"(?:(?:{names})\s?/\s?)?" if language == "ar" else ""  # "آذار/مارس"
        again = rf"(?:\s?\((?:{names})\))?" if language == "ar" else ""  # "حزيران (يونيو)"
        month, year = rf"{both}(?P<month>{names})(?!\w)\.?{again}", rf"(?:,?{B}(?:del?{B})?{YEAR}(?!\d))"
        named = [
            rf"(?<!\d){DAY}(?:er|\.?º|st|nd|rd|th|-го)?{B}+(?:of{B}|de{B})?{month}{year}?",
            rf"(?<!\w){month}{B}+{DAY}(?:st|nd|rd|th)?(?!\d){year}?",
            rf"(?<!\w){month}(?:,?{B}(?:del?{B})?{YEAR}(?!\d))",
        ]
    return [re.compile(pattern, re.IGNORECASE) for pattern in (*numeric, *named)]


def _number(text):
    """A number in digits, or of at most 99 or four figures in Chinese ones: 二十二, 二〇二五."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if ten:
        return 10 * (_number(tens) if tens else 1) + (_number(ones) if ones else 0)
    return int("".join(str("〇一二三四五六七八九".index(figure.replace("零", "〇"))) for figure in text))


def dates(text, language):
    """[Date] of all dates with a month; the day or the year may be missing."""
    found, plain = [], plain_digits(text)
    taken = bytearray(len(text))
    for pattern in _patterns(language):
        for match in pattern.finditer(plain):
            part = match.groupdict()
            month = _number(part["number"]) if part.get("number") else _months(language)[part["month"].lower()]
            day = _number(part["day"]) if part.get("day") else None
            start, end = match.span()
            if any(taken[start:end]) or not 1 <= month <= 12 or not 1 <= (day or 1) <= 31:
                continue
            taken[start:end] = b"1" * (end - start)
            year = _number(part["year"]) if part.get("year") else None
            year = REPUBLIC + int(part["republic"]) if part.get("republic") else year
            found.append(Date(year, month, day, text[start:end].strip(), start))
    return sorted(found, key=lambda date: date.start)


def times(text):
    """[("15:30", as it is written, its place)] of the times of day."""
    found = []
    for match in HOUR.finditer(plain_digits(text)):
        minute = next((match[name] for name in ("minute", "minute2", "minute3", "minute4") if match[name]), "00")
        half, hour = (match["half"] or match["half2"] or "").lower(), int(match["hour"])
        hour = hour % 12 + 12 * (half == "p") if half else hour
        if hour < 24 and int(minute) < 60:
            found.append((f"{hour:02}:{minute}", text[match.start() : match.end()].strip(), match.start()))
    return found
