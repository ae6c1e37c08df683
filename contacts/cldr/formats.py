"""Short dates, distances in time, numbers and lists in the words of the reader's language, by the Unicode CLDR.

Django's own short names of months are abbreviated wrongly in several languages, and its distances in time know no
cases. Long dates are Django's (`newsroom.formats`). Times have 24 hours everywhere: a list shows those of many zones.
"""

from datetime import timedelta

from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from .locales import active_locale

A_MINUTE = timedelta(minutes=1)
FIRST_GROUPED = 1000


def short_date(day):
    """“20 Nov 2026”, “20 нояб. 2026 г.”"""
    return format_date(day, "medium", active_locale()) if day else ""


def short_moment(moment):
    """“20 Nov 2026, 14:05”, in the time zone that the datetime has: whoever shows it names the zone."""
    locale = active_locale()
    pattern = locale.datetime_formats["medium"]
    return str(pattern).format(format_time(moment, "HH:mm", locale=locale), format_date(moment, "medium", locale))


def weekday_moment(moment):
    """“Mon, 30 Nov, 09:00”: of days soon to come, without the year, in the time zone that the datetime has."""
    locale = active_locale()
    day = format_skeleton("MMMEd", moment, locale=locale)
    return str(locale.datetime_formats["medium"]).format(format_time(moment, "HH:mm", locale=locale), day)


def ago(moment):
    """“3 days ago”: the largest unit only, of a moment in the past."""
    return distance(min(moment - timezone.now(), -A_MINUTE)) if moment else ""


def until(moment):
    """“in 2 hours”, “3 days ago”: the largest unit only."""
    return distance(moment - timezone.now()) if moment else ""


def distance(delta):
    """A timedelta from now, past or to come: “in 2 minutes”, “через 2 минуты”."""
    return format_timedelta(delta, granularity="minute", threshold=1, add_direction=True, locale=active_locale())


def number(value):
    """“1,234”, “1 234”; what is no number stays as it is."""
    if not isinstance(value, int | float):
        return value
    if isinstance(value, int) and abs(value) < FIRST_GROUPED:
        return str(value)  # most counts, which Babel takes a hundred times as long to write
    return format_decimal(value, locale=active_locale(), numbering_system="latn")


def joined_text(items):
    """“Africa, Asia and Europe”, as plain text."""
    return format_list([str(item) for item in items], locale=active_locale())


def labelled(label, text):
    """“Headline: Write one.”, with the punctuation of the reader's language, as plain text."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def joined(items):
    """“Africa, Asia and Europe”, as HTML: items are escaped unless they are safe."""
    items = [conditional_escape(item) for item in items]
    patterns = active_locale().list_patterns["standard"]
    if len(items) < 2:
        return items[0] if items else conditional_escape("")
    if len(items) == 2:
        return format_html(patterns["2"], *items)
    found = format_html(patterns["start"], *items[:2])
    for item in items[2:-1]:
        found = format_html(patterns["middle"], found, item)
    return format_html(patterns["end"], found, items[-1])
