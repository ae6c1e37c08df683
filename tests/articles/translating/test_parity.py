"""What a translation must have in common with its source: figures, dates, times, telephones, addresses, quotations."""

from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from articles import checks
from articles.translating import parity
from articles.translating.dates import dates, times
from articles.translating.numbers import numbers
from tests.cast import make_article

pytestmark = pytest.mark.one_database
LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh"]
decimals = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digits", ["latn", "arab", "arabext"])
@given(value=decimals)
def test_a_number_as_the_cldr_writes_it_is_read_as_that_number(language, digits, value):
    if digits != "latn" and language != "ar":
        digits = "latn"
    text = format_decimal(value, "#,##0.##", locale=language, numbering_system=digits)
    assert [one.value for one in numbers(text, language)] == [value], text


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_date_as_the_cldr_writes_it_is_read_as_that_date(language, day):
    for width in ("long", "medium") if language != "ar" else ("long",):
        text = format_date(day, width, locale=language)
        assert [(one.year, one.month, one.day) for one in dates(text, language)] == [(day.year, day.month, day.day)], (
            text
        )


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "3.2 million", "3200000"),
        ("en", "$4bn", "4000000000"),
        ("fr", "3,2 millions d’euros", "3200000"),
        ("fr", "2 milliards", "2000000000"),
        ("es", "3,2 millones", "3200000"),
        ("es", "2 mil millones", "2000000000"),
        ("ar", "٣٫٢ ملايين", "3200000"),
        ("ar", "۳ مليون", "3000000"),
        ("ru", "3,2 млн", "3200000"),
        ("ru", "2 миллиарда", "2000000000"),
        ("zh", "320万", "3200000"),
        ("zh", "20亿", "2000000000"),
        ("zh", "12,000人", "12000"),
        ("en", "1,234,567.89", "1234567.89"),
    ],
)
def test_scales(language, text, value):
    assert [one.value for one in numbers(text, language)] == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "time"),
    [("at 3 p.m.", "15:00"), ("12.30 pm", "12:30"), ("à 15 h 30", "15:30"), ("à 9h", "09:00"), ("в 15:30", "15:30"),
     ("下午15时30分", "15:30"), ("الساعة ١٥:٣٠", "15:30"), ("12 a.m.", "00:00")],
)  # fmt: skip
def test_times_of_day(text, time):
    assert [one[0] for one in times(text)] == [time]


@example(text="http://[abc", language="fr")
@given(text=st.text(max_size=200), language=st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text, language):
    facts = parity.Facts({"headline": text, "summary": "", "body": "", "notes_to_editors": ""}, language)
    assert parity.compare(facts, facts) == []


def facts(body, language):
    return parity.Facts({"headline": "", "summary": "", "body": body, "notes_to_editors": ""}, language)


def differences(source, translation, language):
    found = parity.compare(facts(source, "en"), facts(translation, language))
    return {(one.kind, one.in_source, one.value) for one in found}


SAME = [
    ("fr", "<p>On 3 March 2026, 1,500 people and 3 mayors met at 3 p.m.</p>",
     "<p>Le 3 mars 2026, 1 500 personnes et trois maires se sont réunis à 15 heures (15 h).</p>"),
    ("es", "<p>It cost $2.5 billion in the 21st century.</p>", "<p>Costó 2,5 mil millones de dólares en el siglo XXI.</p>"),
    ("ar", "<p>Two offices, 40 per cent, +41 22 555 01 50.</p>", "<p>مكتبان، ٤٠ في المئة، +41 22 555 01 50.</p>"),
    ("ru", "<p>12 million people by 5 May</p>", "<p>12 млн человек к 5 мая</p>"),
    ("zh", "<p>3 to 5 March 2026: 1.2 million, 25,000</p>", "<p>2026年3月3日至5日：120万，2.5万</p>"),
    ("fr", '<p><a href="https://www.example.org/en/report">Report</a> press@example.org</p>',
     '<p><a href="https://example.org/fr/report">Rapport</a> press@example.org</p>'),
]  # fmt: skip


@pytest.mark.parametrize(("language", "source", "translation"), SAME)
def test_the_same_facts_in_another_language_are_no_finding(language, source, translation):
    assert differences(source, translation, language) == set()


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("<p>40 people</p>", "<p>quelques personnes</p>", {("numbers", True, "40")}),
        ("<p>people</p>", "<p>40 personnes</p>", {("numbers", False, "40")}),
        ("<p>3 million</p>", "<p>3 milliards</p>", {("numbers", True, "3 million"), ("numbers", False, "3 milliards")}),
        ("<p>5 May</p>", "<p>5 juin</p>", {("dates", True, "5 May"), ("dates", False, "5 juin")}),
        ("<p>at 14:30</p>", "<p>à 15 h 30</p>", {("times", True, "14:30"), ("times", False, "15 h 30")}),
        ("<p>+41 22 555 01 50</p>", "<p>+41 22 555 01 51</p>",
         {("phones", True, "+41 22 555 01 50"), ("phones", False, "+41 22 555 01 51")}),
        ("<p>a@example.org</p>", "<p>b@example.org</p>",
         {("emails", True, "a@example.org"), ("emails", False, "b@example.org")}),
        ('<p><a href="https://example.org/x">x</a></p>', "<p>x</p>", {("links", True, "https://example.org/x")}),
    ],
)  # fmt: skip
def test_what_only_one_of_both_has_is_told_with_its_passage(source, translation, expected):
    assert differences(source, translation, "fr") == expected


def test_a_link_that_is_no_address_is_compared_as_it_stands():
    link = '<p><a href="https://]x">Report</a></p>'
    assert differences(link, link, "fr") == set()
    assert differences(link, "<p>Rapport</p>", "fr") == {("links", True, "https://]x")}


@pytest.mark.django_db
def test_the_warnings_of_a_translation_are_sentences_at_their_fields():
    source = make_article(body="<p>“We are very happy today,” she said to 40 people.</p>")
    french = make_article(
        translation_of=source, language="fr", headline="Story", summary="41 personnes", body="<p>Oui.</p>"
    )
    found = [(one.field, one.sentence) for one in checks.warnings(french)]
    assert ("summary", "The translation has 41, the source does not: “41 personnes”") in found
    assert any("has 40, the translation does not" in sentence for _field, sentence in found)
    assert ("body", "Quotations: 1 in the source, 0 in the translation.") in found


def test_long_texts_and_odd_ones_take_a_moment():
    started = process_time()
    for part in ("1", "1 ", "1 000 ", "a@", "1 mars ", "+41 22 555 ", "«", "12:30 "):
        facts("<p>" + part * (50_000 // len(part)) + "</p>", "fr")
    assert process_time() - started < 20
