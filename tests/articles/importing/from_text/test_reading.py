"""What `read_text` makes of texts: nothing is invented, nothing is lost, and hostile texts take no time."""

import json
import time

import pytest
from django.core.management import CommandError, call_command

from articles.importing.from_text import LARGEST, TooLong, read_text

from .scoring import TEXTS

pytestmark = pytest.mark.one_database


def test_a_date_in_the_text_is_not_that_of_the_dateline():
    reading = read_text("Wells are open again\n\nThe wells were closed on 3 May 2024. " + "They hold water now. " * 8)
    assert reading.date is None
    assert reading.place is None


def test_a_country_is_no_place():
    reading = read_text("News\n\nA new bridge crosses the river Aar\n\nSwitzerland - " + "The bridge is open. " * 6)
    assert reading.place is None
    assert reading.country.value == "CH"
    assert reading.country.sure


def test_a_name_that_nobody_knows_is_no_sure_place():
    reading = read_text("The last boat has left the harbour\n\nQarun Vale – " + "The boat left at dawn. " * 8)
    assert reading.place.value == "Qarun Vale"
    assert not reading.place.sure


def test_the_first_half_of_a_sentence_is_no_sure_dateline():
    reading = read_text(
        "Wells and rivers of the plain\n\nLarge rivers – such as the Aar – have " + "less water now. " * 8
    )
    assert reading.place is None or not reading.place.sure


def test_what_is_in_no_field_is_in_the_text_or_named():
    text = (TEXTS / "en-02.txt").read_text(encoding="utf-8")
    reading = read_text(text)
    assert "HARBOUR HEALTH ALLIANCE" in [one.value for one in reading.left_out]
    assert reading.body.startswith("<p>Two ships with refrigerated holds")
    assert "Measles vaccines must be kept" in reading.notes
    assert "Measles" not in reading.body
    assert "Ines Calder" not in reading.body + reading.notes


def test_an_embargo_is_pointed_out_and_never_sure():
    reading = read_text((TEXTS / "en-07.txt").read_text(encoding="utf-8"))
    assert reading.embargo.value.startswith("EMBARGOED until 06:00")
    assert not reading.embargo.sure


def test_html_keeps_its_markup():
    reading = read_text((TEXTS / "en-05.html").read_text(encoding="utf-8"))
    assert "<ul><li>A net costs 85 dollars.</li>" in reading.body
    assert '<a href="https://highwater.example/peru"' in reading.body
    assert reading.body.startswith("<p>Forty nets")


def test_markup_in_a_plain_text_is_text():
    assert (
        "&lt;b&gt;" in read_text("A headline of some words here\n\nThe sign <b> is shown. " + "More text. " * 12).body
    )


def test_an_empty_text_is_read_as_nothing():
    reading = read_text(" \n\n ")
    assert reading.language is None
    assert reading.headline is None
    assert reading.body == ""


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(TooLong, match="200"):
        read_text("a" * (LARGEST + 1))
    with pytest.raises(TooLong):
        read_text("я" * (LARGEST // 2 + 1))


@pytest.mark.parametrize(
    "unit",
    ["“a b c d e f,” said A B, head of c. ", "For more information please contact\n", "1 (2) ", "Geneva, 3 May – "],
)
def test_hostile_texts_take_no_time(unit):
    text = f"News\n\nContact: {unit * (LARGEST // len(unit))}".encode()[:LARGEST].decode(errors="ignore")
    begun = time.process_time()
    read_text(text)
    assert time.process_time() - begun < 1


def test_the_command_prints_json(capsys):
    call_command("read_text", str(TEXTS / "fr-01.txt"), str(TEXTS / "zh-01.txt"))
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["headline"]["value"] == "Les pêcheurs de Saloum replantent mille hectares de mangrove"
    assert first["contacts"][0]["phones"][0]["sure"] is True
    assert second["place"] == {"value": "昆明", "sure": True, "passage": {"start": 22, "end": 24, "text": "昆明"}}


def test_the_command_names_what_it_cannot_read(tmp_path, capsys):
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("read_text", str(tmp_path / "latin.txt"), str(TEXTS / "en-01.txt"))
    printed = capsys.readouterr()
    assert "latin.txt" in printed.err
    assert "Mopti" in printed.out
