"""Short dates, distances in time, numbers and lists are written as the reader's language writes them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import override

from contacts.cldr import formats

pytestmark = pytest.mark.one_database

AT = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
WRITTEN = {
    "en": ("20 November 2026", "20 November 2026, 14:05 UTC", "20 Nov 2026, 14:05"),
    "fr": ("20 novembre 2026", "20 novembre 2026, 14:05 UTC", "20 nov. 2026, 14:05"),
    "es": ("20 de noviembre de 2026", "20 de noviembre de 2026, 14:05 UTC", "20 nov 2026, 14:05"),
    "ar": ("20 نوفمبر 2026", "20 نوفمبر 2026، 14:05 UTC", "20\u200f/11\u200f/2026، 14:05"),
    "ru": ("20 ноября 2026 г.", "20 ноября 2026 г., 14:05 UTC", "20 нояб. 2026\u202fг., 14:05"),
    "zh": ("2026年11月20日", "2026年11月20日 14:05 UTC", "2026年11月20日 14:05"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_dates(language):
    with override(language):
        shown = (date_format(AT, "DATE_FORMAT"), date_format(AT, "DATETIME_FORMAT"), formats.short_moment(AT))
        assert shown == WRITTEN[language]
        assert formats.short_moment(AT).startswith(formats.short_date(AT.date()))
        assert date_format(AT.time(), "TIME_FORMAT") == "14:05"


@pytest.mark.parametrize(
    ("language", "past", "to_come"),
    [
        ("en", ["1 minute ago", "2 minutes ago", "21 hours ago", "2 days ago"], "in 1 minute"),
        ("fr", ["il y a 1 minute", "il y a 2 minutes", "il y a 21 heures", "il y a 2 jours"], "dans 1 minute"),
        ("ar", ["قبل دقيقة واحدة", "قبل دقيقتين", "قبل 21 ساعة", "قبل يومين"], "خلال دقيقة واحدة"),
        ("ru", ["1 минуту назад", "2 минуты назад", "21 час назад", "2 дня назад"], "через 1 минуту"),
        ("zh", ["1分钟前", "2分钟前", "21小时前", "2天前"], "1分钟后"),
    ],
)
def test_distances_in_time(language, past, to_come):
    ages = [timedelta(seconds=3), timedelta(minutes=2), timedelta(hours=21), timedelta(days=2)]
    with override(language):
        assert [formats.ago(datetime.now(UTC) - age) for age in ages] == past
        assert formats.distance(timedelta(minutes=1)) == to_come


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["999", "1,234", "1,234,567", "0.5"]),
        ("fr", ["999", "1\u202f234", "1\u202f234\u202f567", "0,5"]),
        ("es", ["999", "1.234", "1.234.567", "0,5"]),
        ("ar", ["999", "1,234", "1,234,567", "0.5"]),
        ("ru", ["999", "1\xa0234", "1\xa0234\xa0567", "0,5"]),
        ("zh", ["999", "1,234", "1,234,567", "0.5"]),
    ],
)
def test_numbers(language, shown):
    with override(language):
        assert [formats.number(value) for value in (999, 1234, 1234567, 0.5)] == shown
        assert formats.number("1,000+") == "1,000+"


def test_file_sizes_have_the_decimal_sign_of_the_language():
    shown = {}
    for language in WRITTEN:
        with override(language):
            shown[language] = Template("{{ size|filesizeformat }}").render(Context({"size": 1_600_000}))
    assert {code: text[:3] for code, text in shown.items()} == {
        "en": "1.5", "fr": "1,5", "es": "1,5", "ar": "1.5", "ru": "1,5", "zh": "1.5",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "two", "three"),
    [
        ("en", "a and b", "a, b and c"),
        ("fr", "a et b", "a, b et c"),
        ("es", "a y b", "a, b y c"),
        ("ar", "a وb", "a وb وc"),
        ("ru", "a и b", "a, b и c"),
        ("zh", "a和b", "a、b和c"),
    ],
)
def test_lists(language, two, three):
    with override(language):
        assert [formats.joined(names) for names in ("", "a", "ab", "abc")] == ["", "a", two, three]
        assert formats.joined_text("abc") == three


def test_what_is_joined_is_escaped_unless_it_is_safe():
    assert formats.joined(["<a>", format_html("<b>{}</b>", "&"), "{0}"]) == "&lt;a&gt;, <b>&amp;</b> and {0}"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "a: b"), ("fr", "a\u00a0: b"), ("ar", "a: b"), ("ru", "a: b"), ("zh", "a：b")]
)
def test_a_label_and_its_text_have_the_punctuation_of_the_language(language, shown):
    with override(language):
        assert formats.labelled("a", "b") == shown
