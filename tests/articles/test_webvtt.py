"""Captions: what browsers would pass over is refused with its line, the rest has one spelling, comments stay inside."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from articles import webvtt
from articles.models import RecordingTranslation

pytestmark = pytest.mark.one_database

GOOD = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nThe river rises."


def refused(text):
    with pytest.raises(ValidationError) as error:
        webvtt.validate(text)
    return " ".join(error.value.messages)


def test_captions_get_one_spelling():
    typed = (
        "\ufeffWEBVTT - English\r\n\r\nNOTE for us\r\nask Walt\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\n"
        "<v Biira>Rain & <i>wind</i> < 3 hours\r\n\r\n\r\n100:00:03.000 --> 100:00:04.000\r\n"
    )
    tidied = webvtt.tidied(typed)
    assert tidied == (
        "WEBVTT\n\nNOTE for us\nask Walt\n\n1\n00:00:01.000 --> 00:00:02.500 align:start\n"
        "<v Biira>Rain &amp; <i>wind</i> &lt; 3 hours\n\n100:00:03.000 --> 100:00:04.000"
    )
    assert "Walt" not in webvtt.public(tidied)
    assert "Biira" in webvtt.public(tidied)


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT", 1, "WEBVTT"),
        ("<!doctype html><script>alert(1)</script>", 1, "WEBVTT"),
        ("WEBVTT\n00:01.000 --> 00:02.000\nx", 2, "empty line"),
        ("WEBVTT\n\n00:01.000 --> 00:02\nx", 3, "time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n\nLost words", 7, "time"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nx", 3, "ends before"),
        ("WEBVTT\n\n00:03.000 --> 00:04.000\nx\n\n00:01.000 --> 00:02.000\ny", 6, "begins before"),
        ("WEBVTT\n\n00:61.000 --> 01:02.000\nx", 3, "time"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000 colour:red\nx", 3, "colour:red"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n<script>alert(1)</script>", 5, "script"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<img src=x onerror=alert(1)>", 4, "img"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nx --> y", 4, "-->"),
        ("WEBVTT\n\nSTYLE\n::cue { color: red }", 3, "STYLE"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\na\x00b", 4, "control"),
    ],
)
def test_what_would_not_be_shown_is_refused_with_its_line(text, line, word):
    told = refused(text)
    assert told.startswith(f"Line {line}: ")
    assert word in told
    assert webvtt.tidied(text) == text  # nothing is lost before it is refused


def test_captions_without_a_caption_are_refused():
    assert refused("WEBVTT\n\nNOTE nothing yet")
    assert refused("WEBVTT\n\n" + "x" * webvtt.MOST_CHARACTERS)


LINES = st.sampled_from([
    "WEBVTT", "", "NOTE x", "00:01.000 --> 00:02.000", "01:00:01.000 --> 01:00:02.000 size:50%", "<b>x</b>", "a < b & c",
    "1", "&lt;", "<v A&B>x", "<00:01.000>x", " x ", "-->",
])  # fmt: skip


@given(st.lists(LINES, max_size=12).map(lambda lines: "\n".join(["WEBVTT", "", *lines])) | st.text())
@example(GOOD)
def test_tidying_twice_is_tidying_once(text):
    tidied = webvtt.tidied(text)
    assert webvtt.tidied(tidied) == tidied
    try:
        shown = webvtt.public(text)
    except ValidationError:
        return
    assert webvtt.public(shown) == shown
    assert "<script" not in shown


@pytest.mark.django_db
def test_the_field_refuses_and_tidies():
    field = RecordingTranslation._meta.get_field("captions")
    assert field.clean(GOOD + "\r\n", None) == GOOD
    with pytest.raises(ValidationError):
        field.clean("WEBVTT\n\nx", None)
