"""Reads datelines ("Geneva, 3 May 2024 – ", "GENÈVE (ABC) – ", "日内瓦5月3日电") and lines that are a date."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from ....translating.dates import dates
from ....translating.numbers import plain_digits
from ..words import LANGUAGES
from .chinese_heads import chinese_head
from .head_words import DETAIL
from .labels import label_of
from .places import Places, folded

TIME_OF_DAY = 24  # characters of a day of the week or a time between such a label and its date
LONGEST, LONGEST_LINE = 130, 90  # characters up to the text; of a line of its own
SEPARATOR = re.compile(
    r"\s[-–—]{1,3}(?=\s)|\s\|\s|--|\.\s(?=[^\W\d_])|\s?[–—]{1,2}\s?|\s?[:：](?=\s)|\.\s?[-–—]\s?|(?<=\S/)\.?\s|[:：]"
)
BRACKETED = re.compile(r"[(\[（【](?P<inner>[^()\[\]（）【】]{3,90})[)\]）】]\s{0,3}(?:[-–—:]{1,2}\s?)?")
PARENTHESES = re.compile(
    r"[(（](?P<inner>[^()（）]{1,60})[)）]|(?<![^\s,.،])/(?P<slashed>[^/\s\d][^/]{0,60})/(?=[\s.,:–—-]|\Z)"
)
DATE_LABEL = re.compile(
    r"(?:date(?: of (?:issue|release|publication))?|(?:release|issue) date|as of"
    r"|situation au|по состоянию на|截至|published(?: on)?|issued(?: on)?|(?:for )?released?(?: on)?"
    r"|posted(?: on)?|(?:mis|mise) en ligne(?: le)?|publié(?:e)?(?: le)?|date de (?:publication|parution)"
    r"|date d[’']émission|paru le"
    r"|fecha(?: de (?:publicación|emisión))?|publicad[oa](?: el)?|emitid[oa](?: el)?"
    r"|enviad[oa](?: el)?|дата(?: (?:публикации"
    r"|выпуска|выхода))?|опубликован[оа]|размещено|(?:ال)?تاريخ(?: (?:النشر|الإصدار|الإرسال))?|نُ?شر (?:في|بتاريخ)"
    r"|(?:发布|发稿|刊发|更新|成文)(?:日期|时间)"
    r"|日期)\s{0,2}[:：]?\s{0,2}",
    re.IGNORECASE,
)
# The time beside a date: "03.03.2025 14:20", "3 March 2025, 10 am GMT".
TIME = re.compile(
    r"[\s,،|–-]{1,3}(?:at |à |a las |в |的)?(?:上午|下午)?\d{1,2}"
    r"(?:[:.：]\d\d(?:[:.]\d\d)?|\s?h(?:\s?\d\d)?|时(?:\d{1,2}分)?)?"
    r"(?:\s?[ap]\.?m\.?|\s[صم])?(?:\s?\(?(?:GMT|UTC|CET|CEST|EST|EDT|BST|МСК|мск)(?:[+-]\d{1,2})?\)?)?\s*\Z",
    re.IGNORECASE,
)
TIME_BEFORE = re.compile(r"\s*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?\s?[,|–—-]?\s+(?=\D{0,14}\d)")
# The date of the Hijri calendar beside the other one: "12 رجب 1446 هـ الموافق".
HIJRI = re.compile(
    r"\d{1,2}\s+[\u0621-\u064a]+(?:\s[\u0621-\u064a]+)?[\s/،]+1[34]\d\d\s?(?:هـ"
    r"|ه)"
    r"(?!\w)[\s,،/–-]*(?:الموافق(?: ل)?)?\s*"
)
CITY_AND_AGENCY = re.compile(r"(?P<city>[^\d\s–—(（/-][^\d–—(（/]{1,30}?)\s?[–—(（/-]{1,2}\s?[^\s\d)）]{2,14}[)）/]?")
BEFORE_DATE = re.compile(r"(?<!\w)(?:le|el|on|the|a|à|am|في|يوم|de|del|of)\s*\Z", re.IGNORECASE)
AFTER_DATE = re.compile(r"\s*(?:г|года|год|م|de|of)(?!\w)\.?", re.IGNORECASE)
LOWER_IN_PLACES = set(
    "de du des d la le les l sur sous en et el los las del y of the and on upon by da"
    " do dos das e al an am im на и aux au à ar as"
    .split()
)  # fmt: skip
NO_PLACES = set(
    "urgent update updated correction corrected embargo note photo photos video background"
    " summary highlights quote mise à"
    " actualización corrección срочно внимание عاجل تصحيح 更正 紧急 注意 warning reminder faq"
    " fact factsheet exclusive breaking حتى الساعة صباحا مساء".split()
)
# "г. Алматы", "Аг. Заболотье", "Fait à Dakar"
TOWN = re.compile(r"(?:[гГ]|[а-яё]|[А-ЯЁа-яё][а-яё]{1,3})\.\s?(?=[А-ЯЁ])")
DONE_AT = re.compile(r"(?:Fait à|Dad[oa] en|Hecho en|Done at|Given at|حرر في|حُرّر في)\s")
OF_TOWN = re.compile(f"^(?:{TOWN.pattern}|{DONE_AT.pattern})")
ELSEWHERE = {"عمان", "granada"}  # towns with the name of another country: Amman, Granada in Spain
PART = re.compile(r"\s*[,،，]\s*")


@dataclass(frozen=True)
class Dateline:
    """Places in the line: `place` and `date` are (value, start, end), or None; the text begins at `end`.

    country: ISO 3166-1 alpha-2 with its place in the line, or None.
    """

    place: tuple | None
    country: tuple | None
    date: tuple | None
    end: int
    sure: bool


def iso(date):
    """A `translating.dates.Date` in ISO 8601; "--05-03" without a year, "2024-05" without a day."""
    if date.day is None:
        return f"{date.year}-{date.month:02}" if date.year else ""
    return f"{date.year or '-'}-{date.month:02}-{date.day:02}"


def at_beginning(text, language, places, is_second=False):
    """The Dateline with which a paragraph begins, or None. `is_second`: it follows another one, without a date."""
    head = text[:LONGEST]
    if language == "zh" and (found := _chinese(head, places)):
        return found
    if bracketed := BRACKETED.match(head):
        found = _parsed(bracketed["inner"], language, places, bracketed.start("inner"), bracketed.end())
        if found and found.date:
            return found
    for separator in SEPARATOR.finditer(head):
        prefix, sign = head[: separator.start()], separator[0].strip()
        rest = text[separator.end() :].lstrip()
        if not rest or not prefix.strip():
            return None
        if (
            not separator[0][:1].isspace()
            and sign in ("–", "—")
            and head[separator.end() : separator.end() + 1].isdecimal()
        ):
            continue  # "5–6 May"
        found = _parsed(prefix, language, places, 0, len(text) - len(rest))
        if found and (
            sign not in (":", "：", ".")
            or (found.date and (sign != "." or found.place))
            or (sign == "." and (_is_town(found, places) or TOWN.match(prefix)))
        ):
            goes_on = rest[:1].islower() and not found.date
            looks_on = found.place and not found.date and not is_second
            more = at_beginning(rest, language, places, is_second=True) if looks_on else None
            if more and more.date and not more.place:
                # "Geneva – 3 May 2024 – "
                by = len(text) - len(rest)
                date = (more.date[0], more.date[1] + by, more.date[2] + by)
                return Dateline(found.place, found.country, date, more.end + by, more.sure)
            return found if found.sure and not goes_on else _unsure(found)
    return None


def of_line(text, language, places):
    """The Dateline of a line that has nothing else: "Geneva, 3 May 2024", "3 мая 2024 г.". It has a date, or None."""
    if len(text) > LONGEST_LINE:
        return None
    label = DATE_LABEL.match(text)
    start = label.end() if label else 0
    before = TIME_BEFORE.match(text, start)
    start = before.end() if before else start
    inner = TIME.sub("", HIJRI.sub("", plain_digits(text[start:]))).strip(" .|–—-")
    if inner[:1] in "([（【":
        inner = inner.strip(" ()[]（）【】")
    start = max(0, plain_digits(text).find(inner, start))
    if agency := CITY_AND_AGENCY.fullmatch(inner):
        city = agency["city"].strip()
        return Dateline((places.spelt(city), start, start + len(city)), None, None, len(text), True) if (
            places.is_city(city)
        ) else None  # fmt: skip
    found = _parsed(inner, language, places, start, len(text))
    return found if found and found.date and (found.sure or not found.place) else None


def is_announced(text):
    """Whether a line says that its date is that of the release: "Fait à Dakar, le 3 mai 2024", "Date of issue: …"."""
    return bool(DONE_AT.match(text) or (DATE_LABEL.match(text) and not DETAIL.match(text)))


def labelled(text, language):
    """The Dateline of a line that names its date, whatever else it names: "Published: 3 May 2024 | By Ann Lee"."""
    label = DATE_LABEL.match(text)
    day = next(iter(dates(text, language)), None) if label and len(text) <= LONGEST_LINE else None
    at = text.find(day.text) if day else -1
    between = text[label.end() : at].strip(" :：") if at >= 0 else ""
    if at < 0 or len(between) > TIME_OF_DAY or not iso(day):
        return None
    return Dateline(None, None, (iso(day), at, at + len(day.text)), len(text), not between)


def _is_town(found, places):
    """Whether the line begins with a known town and a full stop: "Москва. Фонд …"."""
    return bool(found.place) and places.is_city(found.place[0])


def _unsure(found):
    return Dateline(found.place, found.country, found.date, found.end, False)


def _chinese(head, places):
    found = chinese_head(head, places)
    if found is None:
        return None
    name = found["place"]
    known = bool(places.country(name)) or places.is_city(name)
    day = next(iter(dates(found["date"], "zh")), None) if found["date"] else None
    if found["agency"] and (code := places.country(found["agency"])):
        place = (name, found.start("place"), found.end("place"))
        country = (code, found.start("agency"), found.end("agency"))
        date = day and (iso(day), found.start("date"), found.end("date"))
        return Dateline(place, country, date, found.end(), True)
    return _with_country(
        [(name, found.start("place"))], day and (iso(day), found.start("date"), found.end("date")), places, found.end(),
        known or (bool(day) and len(name) < 8),
    )  # fmt: skip


def _parsed(prefix, language, places, offset, end):
    """The Dateline if the prefix holds a place, a date or both, and nothing else."""
    letters, agency, inner_country, inner_place = list(prefix), False, None, None
    for parentheses in PARENTHESES.finditer(prefix):
        inner, (first, last) = (parentheses["inner"] or parentheses["slashed"]).strip(), parentheses.span()
        if dates(inner, language):
            letters[first], letters[last - 1] = ",", " "
            continue
        if code := places.country(inner):
            inner_country = (code, offset + first, offset + last)
        if places.is_city(inner):
            inner_place = (places.spelt(inner), offset + prefix.index(inner, first), offset + last - 1)
        agency = True
        letters[first:last] = " " * (last - first)
    text = "".join(letters)
    found = dates(text, language)
    if len(found) > 1:
        return None
    date = None
    if found:
        day = found[0]
        place = text.find(day.text, day.start)
        if not iso(day):
            return None
        date = (iso(day), offset + place, offset + place + len(day.text))
        text = _without_day(text, place, place + len(day.text))
    parts = _parts(text, offset)
    if not parts:
        return Dateline(inner_place, None, date, end, True) if date else None
    if len(parts) > 3 or not all(_is_like_a_place(name, language) for name, _start in parts):
        return None
    known = any(places.is_city(one) or places.country(one) for name, _ in parts for one in name.split("/"))
    if language in ("ar", "zh") and not (known or date) and len(text.split()) > 2:
        return None
    dateline = _with_country(parts, date, places, end, known or bool(date) or agency)
    return Dateline(dateline.place, dateline.country or inner_country, *(dateline.date, end, dateline.sure))


def _without_day(text, start, end):
    """The text with blanks for a date, its day of the week, and small words beside it: "le", "г."."""
    after = AFTER_DATE.match(text, end)
    end = after.end() if after else end
    for rule in (BEFORE_DATE, _weekday_before(), BEFORE_DATE):
        if found := rule.search(text[:start].rstrip(" ,،")):
            start = found.start()
    text = text[:start] + " " * (end - start) + text[end:]
    return _weekday_before().sub(lambda match: " " * len(match[0]), text)


def _parts(text, offset):
    """[(name, its place)] between the commas."""
    parts, at = [], 0
    for separator in [*PART.finditer(text), None]:
        end = separator.start() if separator else len(text)
        if name := OF_TOWN.sub("", text[at:end].strip(" .–—-\t\u3000\u200f\u200e")):
            parts.append((name, offset + text.index(name, at)))
        at = separator.end() if separator else end
    return parts


def _is_like_a_place(name, language):
    words = re.split(r"[\s/'’-]+", name)
    if not 0 < len(words) <= 6 or len(name) > 45 or re.search(r"[\d!?;:：\u3000\"«»“”@]", name):
        return False
    if label_of(name) or any(folded(word) in NO_PLACES for word in words):
        return False
    if language in ("ar", "zh"):
        return len(words) <= 4
    if not words[0][:1].isupper():
        return False
    return all(word[:1].isupper() or word in LOWER_IN_PLACES or not word for word in words)


def _with_country(parts, date, places, end, sure):
    names = [name for name, _start in parts]
    country = None
    last, start = parts[-1]
    code = places.country(last)
    if code and (len(parts) > 1 or not places.is_city(last)):
        country = (code, start, start + len(last))
        parts = parts[:-1]
    elif code and folded(last) not in ELSEWHERE:
        country = (code, start, start + len(last))  # "Singapore" is both
    place = None
    if parts:
        begin = parts[0][1]
        finish = parts[-1][1] + len(parts[-1][0])
        value = ", ".join(name for name, _start in parts)
        place = (places.spelt(value), begin, finish)
    return Dateline(place, country, date, end, sure and len(names) < 4)


@cache
def _weekday_before():
    names = set()
    for language in LANGUAGES:
        days = Locale.parse("zh_Hans" if language == "zh" else language).days
        names |= {name for context in ("format", "stand-alone") for name in days[context]["wide"].values()}
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)\s*\Z", re.IGNORECASE
    )


__all__ = ["Dateline", "Places", "at_beginning", "iso", "of_line"]
