"""Reads the cells of a table as values of an article: dates as people write them, names or codes, texts as HTML."""

import re
import unicodedata
from datetime import UTC, date, datetime, time
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from babel import Locale
from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from contacts.models import Contact, Country, Office, Region

from ...fields import is_plausible
from ...html.text import undone
from ...kinds import kind_choices
from ...models import Topic
from ...translating.dates import LEVANT, MAGHREB

SEPARATORS = re.compile(r"\s*[;|\n]\s*")
COMMA = re.compile(r"\s*[,،、，]\s*")
_iso = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)([T ]\d\d?:\d\d.*)?")
_numbers = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,4})[./\-\s年](\d{1,2})[./\-\s月](\d{1,4})日?\.?(?:\s?г\.?)?(?:[,\s]+(.*))?"
)
_clock = re.compile(
    r"(?:(?:at|à|a las?|в|الساعة|@|-|–)\s*)?(?P<hour>\d{1,2})"
    r"(?:\s?[:h.]\s?(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?)?"
    r"\s*(?P<unit>h(?:rs?|oras?|eures?)?|uhr|ч(?:ас(?:а|ов)?)?)?\.?\s*(?P<half>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_is_html = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|strong|em|b|i|s|del|sup|sub|span|table|img|blockquote)\b[^<>]*>", re.IGNORECASE
)
PUBLISHED = set("published publish public live approved publie publiee en ligne publicado publicada منشور опубликовано"
                " опубликован 已发布 发布 yes true 1".split()) | {"en ligne"}  # fmt: skip
DRAFTS = set("draft pending private unpublished future brouillon borrador مسودة черновик 草稿 no false 0".split())


def date_of(text, order, zone=UTC):
    """(moment, whether it has a time of day) of a date as people write it, in UTC; None if it is none.

    `order`: "dmy" or "mdy", for 03/04/2019. Without a time of day it is the start of the day in `zone`.
    """
    found = _parsed(_digits(text).strip(), order)
    if found is None:
        return None
    day, rest = found
    rest = rest.strip(" ,T")
    clock = _clock.fullmatch(rest) if rest else None
    if rest and not (clock and (clock["minute"] or clock["unit"] or clock["half"])):
        return None
    try:
        moment = datetime.combine(day, _time(clock) if clock else time(), tzinfo=_zone(clock, zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return (moment, clock is not None) if is_plausible(moment) else None


def _parsed(text, order):
    """(date, the rest of the text)"""
    text = re.sub(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)\Z", r"\1-\2-\3", text)
    if iso := _iso.fullmatch(text):
        *parts, rest = iso.groups("")
        order = "ymd"
    elif numbers := _numbers.fullmatch(text):
        *parts, rest = numbers.groups("")
        order = "ymd" if len(parts[0]) == 4 else order
    elif words := _with_month(text):
        (*parts, rest), order = words, "dmy"
    else:
        return None
    named = dict(zip(order, parts, strict=True))
    named = {"y": _year(named["y"]), "m": int(named["m"]), "d": int(named["d"])}
    if named["m"] > 12 >= named["d"] and order != "ymd":
        named["d"], named["m"] = named["m"], named["d"]
    try:
        return date(named["y"], named["m"], named["d"]), rest
    except ValueError:
        return None


def _year(text):
    """Of two digits, one that is at most ten years ahead: a table holds what was published, and a few plans."""
    if len(text) > 2:
        return int(text)
    latest = timezone.now().year + 10
    return latest - (latest - int(text)) % 100


def _with_month(text):
    """(day, month, year, rest) of "3 mars 2019", "March 3rd, 2019 10:00", "3-Mar-19", "3 آذار/مارس 2019"."""
    found = _dates_with_month().match(text.casefold())
    if found is None:
        return None
    month = _months()[found["name"] or found["name2"]]
    return found["day"] or found["day2"], month, found["year"], found["rest"]


@lru_cache(maxsize=1)
def _dates_with_month():
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    names = rf"(?:(?:{names})\s?/\s?)?(?P<name>{names})\.?"
    return re.compile(
        r"(?:[^\W\d]+[,.]?\s+)?(?:[^\W\d]+\s+)?"
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s/-]\s*(?:de\s+|of\s+)?{names}"
        rf"|{names.replace('<name>', '<name2>')}[\s-]\s*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)"
        r",?[\s/-]\s*(?:de\s+|del\s+)?(?P<year>\d{4}|\d\d)(?!\d)(?:\s*г\.?(?:ода)?)?[,\s]*(?P<rest>.*)"
    )


@lru_cache(maxsize=1)
def _months():
    """{name of a month, or its short form: number} in the languages of the site, and of the Arab countries."""
    found = {name: number for number, name in enumerate(LEVANT, 1)} | MAGHREB | {"sept": 9}
    for code, _name in settings.LANGUAGES:
        months = Locale.parse(code.replace("-", "_")).months
        for context in months.values():
            for width in ("wide", "abbreviated"):
                found |= {name.casefold().rstrip("."): number for number, name in context[width].items()}
    return {name: number for name, number in found.items() if not name.isdigit()}


def _digits(text):
    """Arabic and other digits as ASCII."""
    return "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)


def _time(clock):
    hour = int(clock["hour"])
    if half := (clock["half"] or "").lower()[:1]:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(clock["minute"] or 0), int(clock["second"] or 0))


def _zone(clock, zone):
    named = clock["zone"] if clock else None
    if not named:
        return zone
    return UTC if named.upper() in ("Z", "UTC", "GMT") else datetime.strptime(named, "%z").tzinfo


def order_of(texts):
    """The order of day and month that all these dates allow, or "" if they do not say: 03/04/2019."""
    firsts, seconds = [], []
    for text in texts:
        found = _numbers.fullmatch(_digits(text).strip())
        if found and len(found[1]) < 3:
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    if any(one > 12 for one in firsts):
        return "dmy"
    return "mdy" if any(one > 12 for one in seconds) else ""


def html_of(text):
    """A text as HTML: what has tags stays as it is, plain text gets paragraphs and line breaks."""
    text = undone(text)
    if not text or _is_html.search(text):
        return text
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "".join(
        "<p>" + "<br>".join(escape(line, quote=False) for line in part.split("\n")) + "</p>" for part in parts
    )


def state_of(text):
    """“approved”, “draft” or None for what a column says of whether an article is public."""
    name = text.strip().casefold()
    if name in PUBLISHED:
        return "approved"
    return "draft" if name in DRAFTS else None


class Names:
    """The codes of languages, kinds, topics, places, offices and contacts, by code or by name in any language."""

    def __init__(self):
        self.known = {
            "topics": _coded(Topic),
            "regions": _coded(Region),
            "countries": _coded(Country, "iso3", ("iso2", "iso3", "m49")),
            "office": _coded(Office),
            "contacts": _coded(Contact, names=()),
            "language": _languages(),
            "kind": {name.casefold(): code for code, label in kind_choices() for name in (code, *_in_all(label))},
        }
        self.known["dateline_country"] = self.known["countries"]

    def code(self, field, text):
        """The code, or None for what is unknown."""
        return self.known[field].get(" ".join(text.casefold().split()))

    def codes(self, field, text):
        """([code], [unknown names]) of a cell with one or several."""
        if not text.strip():
            return [], []
        if whole := self.code(field, text):
            return [whole], []
        parts = SEPARATORS.split(text.strip())
        if len(parts) == 1:
            parts = COMMA.split(text.strip())
        found = [(part, self.code(field, part)) for part in parts if part]
        return list(dict.fromkeys(code for _part, code in found if code)), [part for part, code in found if not code]


def _coded(model, key="code", codes=("code",), names=("name",)):
    found = {}
    if names:
        rows = model.translations.rel.related_model.objects.values_list(
            f"{model.translations.field.name}__{key}", *names
        )
        found = {name.casefold(): code for code, *texts in rows for name in texts if name}
    for code, *others in model.objects.values_list(key, *codes):
        found |= {other.casefold(): code for other in others if other}
    return found


def _languages():
    found = {}
    for code, label in settings.LANGUAGES:
        own = Locale.parse(code.replace("-", "_")).get_display_name() or code
        found |= {name.casefold(): code for name in (code, own, *_in_all(label))}
        for region in ("gb", "us", "fr", "ca", "es", "mx", "ru", "cn", "hans", "eg", "sa"):
            found |= {f"{code.casefold()}-{region}": code, f"{code.casefold()}_{region}": code}
    return found


def _in_all(label):
    names = []
    for code, _label in settings.LANGUAGES:
        with override(code):
            names.append(str(label))
    return names


def zone_of(office):
    """The time zone of the office with this code, else UTC."""
    name = Office.objects.filter(code=office).values_list("timezone", flat=True).first() if office else None
    return ZoneInfo(name) if name else UTC
