"""Cleaning takes a time in proportion to the size; what would take longer is refused with a sentence."""

import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.html import TooComplex, clean, plain, sentences
from articles.html.cleaning import _plainly_clean
from articles.html.report import SENTENCES, Finding
from articles.html.tree import DEPTH, ELEMENTS, SIZE

pytestmark = pytest.mark.one_database

SIZE_OF_TEST = 20_000
# Cleaning a tag takes some forty times as long as cleaning as many characters of a clean text. Where the time grows with
# the square of the size, this is exceeded a hundredfold.
FACTOR = 600

OPENING = [
    "<b>",
    "<p>",
    "<div>",
    "<blockquote>",
    "<ul><li>",
    "<table><tr><td>",
    "<a href='/x'>",
    "<s>",
    "<h2>",
    "<figure>",
]
OPENING += [
    "<span style='font-weight:bold;color:red'>",
    "<span dir=rtl>",
    "<p style='mso-list:l0 level2'>",
    "<bdi>",
    "<pre>",
]
LOOSE = [
    "x",
    " ",
    "\n\n",
    "<br>",
    "</b>",
    "</p>",
    "</div>",
    "</table>",
    "&nbsp;",
    "&",
    "<",
    "<!--",
    "• x<br>",
    "[caption]",
    "- x\n",
]
LOOSE += [
    "<object></b></object>",
    "<img src=x>",
    "<i hidden>x</i>",
    '<a href="',
    "<a href='mailto:a a@'>x</a>",
    "[gallery ",
]
UNITS = st.lists(st.sampled_from(OPENING + LOOSE), min_size=1, max_size=4).map("".join)


def seconds(function, text):
    """The processor time of the quicker of two runs."""
    times = []
    for _ in range(2):
        began = time.process_time()
        with suppress(TooComplex):
            function(text)
        times.append(time.process_time() - began)
    return min(times)


@settings(max_examples=settings().max_examples // 4)
@given(UNITS, UNITS, st.integers(0, DEPTH), st.booleans())
def test_deep_and_wide_html_takes_a_time_in_proportion_to_its_size(deep, wide, depth, repeats):
    unit = deep * depth + wide
    text = unit * (SIZE_OF_TEST // len(unit)) if repeats else deep * depth + wide * (SIZE_OF_TEST // len(wide))
    usual = "<p>Plain words of an ordinary release.</p>"
    ordinary = usual * (max(len(text), SIZE_OF_TEST) // len(usual))
    allowed = FACTOR * max(seconds(clean, ordinary), 0.0005)
    assert seconds(clean, text) < allowed
    assert seconds(plain, text) < allowed


def test_the_limits_have_a_sentence_each():
    for html, sentence in [
        (
            "<blockquote>" * (DEPTH + 1),
            f"The HTML has more than {DEPTH} levels of tags within tags. Paste it as plain text.",
        ),
        ("<br>" * (ELEMENTS + 1), f"The HTML has more than {ELEMENTS:,} tags. Paste it as plain text, or in parts."),
        ("x" * (SIZE + 1), f"The text has {SIZE + 1:,} characters of HTML; {SIZE:,} is the limit."),
    ]:
        with pytest.raises(TooComplex) as error:
            clean(html)
        assert error.value.messages == [sentence]


def test_the_deepest_that_is_accepted_stays():
    deep = "<blockquote>" * (DEPTH - 1) + "<p>x</p>" + "</blockquote>" * (DEPTH - 1)
    assert clean(deep) == deep


def test_pictures_within_the_text_do_not_count_for_its_length():
    assert clean(f'<p>A</p><img src="data:image/png;base64,{"A" * 2 * SIZE}">') == "<p>A</p>"


@pytest.mark.parametrize("code", SENTENCES)
def test_every_finding_is_a_sentence_in_every_language(code, settings):
    from django.utils.translation import override

    for language, _ in settings.LANGUAGES:
        with override(language):
            (one,), (many,) = sentences([Finding(code, 1, [])]), sentences([Finding(code, 1234, ["a.png", "b"])])
            assert "1" in one or language == "ar"  # whose form for one says it in words
            assert one != many
            assert "1" in many
            assert "a.png" in many
            assert "%" not in one + many


def test_places_are_named_three_at_most():
    (sentence,) = sentences([Finding("remote_picture", 5, ["a.png", "b.png", "c.png"])])
    assert sentence == "5 pictures that are not in the media library were left out: a.png, b.png, c.png, …."


def test_a_link_around_many_paragraphs_takes_no_memory_for_what_is_refused():
    html = f'<a href="https://x.org/?{"&" * 3900}">{"<p>x" * 6000}</a>'
    tracemalloc.start()
    with pytest.raises(TooComplex):
        clean(html)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60 * SIZE  # its whole text would be 117 times as large as the limit


def test_the_quick_look_is_short():
    assert len(_plainly_clean.pattern) < 8000  # it is compiled whenever a process starts


@pytest.mark.parametrize("piece", [" <br>", " <b>x</b>"])
def test_loose_content_of_a_list_is_cleaned_in_linear_time(piece):
    def cost(number):
        return seconds(clean, f"<ul><li>a</li>{piece * number}</ul>")

    assert cost(8000) < 12 * max(cost(2000), 0.01)


@pytest.mark.parametrize(
    "around",
    [
        ("<p>x", "\u200b", "x</p>"),
        ('<p style="font-size: ', "0", 'x">a</p>'),
        ('<p style="opacity: ', "0", 'x">a</p>'),
        ("word " * 12 + "\n", "a", ""),
    ],
)
def test_a_long_run_of_one_character_is_cleaned_in_linear_time(around):
    before, character, after = around

    def cost(number):
        return seconds(clean, before + character * number + after)

    assert cost(40_000) < 12 * max(cost(10_000), 0.01)
