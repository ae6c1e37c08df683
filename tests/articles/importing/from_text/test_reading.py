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
    [
        "“a b c d e f,” said A B, head of c. ",
        "For more information please contact\n",
        "1 (2) ",
        "Geneva, 3 May – ",
        "Geneva – ",
        "« >><br>",
        "+1 2Mr. “A,” said B. " * 140 + "\n",
        "“a b c d e f” ",
        " ",
    ],
)
def test_a_hostile_text_takes_time_by_its_length_not_by_its_square(unit):
    def cost(size):
        text = f"News\n\nContact: {unit * (size // len(unit))}".encode()[: size - 1].decode(errors="ignore") + "x"
        begun = time.process_time()
        read_text(text)
        return time.process_time() - begun

    quarter = max(cost(LARGEST // 4), 0.05)  # seconds: less is noise
    assert cost(LARGEST) < 12 * quarter


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


LONG = "The boat was built by carpenters of the town, and it carries solar panels and two hundred books. It is blue."


def contacts(lines):
    reading = read_text(f"Press release\n\nA boat with two classrooms reaches Mopti\n\nGeneva – {LONG}\n\n{lines}\n")
    return [(one.name and one.name.value, one.email and one.email.value, len(one.phones)) for one in reading.contacts]


def test_a_sentence_that_is_quoted_in_two_parts_is_not_sure():
    def quote(said):
        (found,) = read_text(f"Geneva – {LONG}\n\n{said}\n").quotes
        return found.text.value, found.text.sure

    first = "“We forgot it all in summer,” said Awa Traoré, head of it."
    assert quote(f"{first} “Now we know it.”") == ("We forgot it all in summer. Now we know it.", True)
    assert quote(f"{first[:-1]}, “but now we know it.”") == ("We forgot it all in summer, but now we know it.", False)


def test_who_speaks_again_is_sure_only_if_nobody_else_is_named_in_between():
    def speaker(between):
        said = "“We forgot it all in the long summer,” said Awa Traoré, head of it."
        found = read_text(f"Geneva – {LONG}\n\n{said}\n\n{between} “Now we know all of it again.”\n").quotes[1]
        return found.speaker.value, found.speaker.sure

    assert speaker("She added:") == ("Awa Traoré", True)
    assert speaker("The captain is Oumar Keita. She added:") == ("Oumar Keita", False)


def test_words_of_a_sentence_in_marks_are_no_sure_quotation():
    said = "“We forgot it all in the long summer,” said Awa Traoré, head of it. She has a box for “what the rain has left us”."
    quotes = read_text(f"Geneva – {LONG}\n\n{said}\n").quotes
    assert not quotes[-1].text.sure


@pytest.mark.parametrize(
    "head",
    ["Press release\n04/05/2026", "Press release No. 12-26 of 4 May 2026", "Press release\nNo. 12-26 of 4 May 2026"],
)
def test_a_date_takes_its_year_from_another_line(head):
    reading = read_text(f"{head}\n\nA boat with two classrooms reaches Mopti\n\nGeneva, 4 May – {LONG}\n")
    assert reading.date.value == "2026-05-04"


@pytest.mark.parametrize(
    "address",
    ["ann[at]boats[dot]example", "ann (arroba) boats.example", "ann(собака)boats.example", "<ann@boats.example>"],
)
def test_an_address_written_with_words_is_read(address):
    assert contacts(f"Contact: Ann Lee, +41 22 555 01 50, {address}") == [("Ann Lee", "ann@boats.example", 1)]


def test_several_contacts_of_one_sentence_or_list_keep_their_own_numbers():
    both = [("Ann Lee", "ann@boats.example", 1), ("Bo Rey", "bo@boats.example", 1)]
    first, second = "Tel: +41 22 555 01 50, ann@boats.example", "Tel: +41 22 555 01 51, bo@boats.example"
    assert contacts(f"Contact:\nAnn Lee at Boats Geneva, {first}\nor Bo Rey at Boats Basel, {second}") == both
    assert contacts(f"Contact:\nAnn Lee: {first}\nBo Rey: {second}") == both
    assert contacts(f"Contact:\n\nAnn Lee\n\n{first}\n\nBo Rey\n\n{second}") == both


def test_two_numbers_with_a_stroke_are_two():
    assert contacts("Contact: Ann Lee, +41 22 555 01 50 / +41 79 555 01 50") == [("Ann Lee", None, 2)]


def test_a_fax_is_no_telephone():
    assert contacts("Contact: Ann Lee, T +41 22 555 01 50 | F +41 22 555 01 51") == [("Ann Lee", None, 1)]


def test_columns_of_a_header_are_read_one_by_one():
    reading = read_text(
        f"PRESS RELEASE          Our ref: the boat\n\nA boat with two classrooms reaches Mopti\n\nGeneva – {LONG}\n"
    )
    assert reading.label.value == "PRESS RELEASE"
    assert reading.headline.value == "A boat with two classrooms reaches Mopti"


def test_single_marks_are_those_of_quotes():
    text = "‘My grandmother heard the river’s voice before the rest of us,’ said Ann Lee, head of it."
    for said in (text, text.replace("‘", "'").replace("’", "'")):
        assert read_text(f"Geneva – {LONG}\n\n{said}\n").quotes[0].speaker.value == "Ann Lee"


def test_a_line_below_a_quote_signs_it():
    said = "“We forgot it all in the long summer.”\n— Awa Traoré, head teacher\n\n“Not I, in any winter.” — Bo Rey, captain"
    quotes = read_text(f"Geneva – {LONG}\n\n{said}\n").quotes
    assert [(one.speaker.value, one.role.value) for one in quotes] == [
        ("Awa Traoré", "head teacher"),
        ("Bo Rey", "captain"),
    ]


@pytest.mark.parametrize(
    ("sentence", "role", "sure"),
    [
        ("Ann Lee, Chief Executive of Brackwater Homes, said: “{}.”", "Chief Executive of Brackwater Homes", True),
        ("“{},” said Chief Statistician Ann Lee.", "Chief", False),
    ],
)
def test_a_name_and_a_function_that_were_divided_at_the_wrong_place_are_not_sure(sentence, role, sure):
    said = sentence.format("We have built two hundred houses here, and every one of them is taken")
    text = f"Two hundred houses are built\n\nACCRA, 3 May 2026 – The houses are built.\n\n{said}\n"
    (quote,) = read_text(text).quotes
    assert (quote.role.value, quote.role.sure, quote.speaker.sure) == (role, sure, sure)


def test_another_sentence_before_a_colon_leads_to_the_next_quotation():
    said = "“We forgot it all in the long summer.” Bo Rey said: “Now we know all of it again.”"
    quotes = read_text(f"Geneva – {LONG}\n\nAnn Lee said: {said}\n").quotes
    assert [(one.text.value, one.speaker.value) for one in quotes] == [
        ("We forgot it all in the long summer.", "Ann Lee"),
        ("Now we know all of it again.", "Bo Rey"),
    ]


def test_a_nickname_in_marks_opens_no_quotation():
    said = "Asked about it, Ann 'Ace' Lee was brief: “We forgot it all in the long summer.”"
    (quote,) = read_text(f"Geneva – {LONG}\n\n{said}\n").quotes
    assert quote.text.value == "We forgot it all in the long summer."


@pytest.mark.parametrize(
    ("line", "label", "kind"),
    [
        ("JOINT STATEMENT / DÉCLARATION CONJOINTE", "JOINT STATEMENT / DÉCLARATION CONJOINTE", "statement"),
        ("聯合聲明 JOINT STATEMENT", "聯合聲明 JOINT STATEMENT", "statement"),
        ("*** MEDIA ADVISORY *** MEDIA ADVISORY ***", "MEDIA ADVISORY", "media-advisory"),
    ],
)
def test_a_label_in_two_languages_or_twice_is_one(line, label, kind):
    reading = read_text(f"{line}\n\nA boat with two classrooms reaches Mopti\n\nGeneva, 4 May 2026 – {LONG}\n")
    assert (reading.label.value, reading.kind.value) == (label, kind)


def test_story_below_a_headline_is_no_sure_label():
    reading = read_text(f"A boat with two classrooms reaches Mopti\n\nSTORY\n\nGeneva, 4 May 2026 – {LONG}\n")
    assert not reading.label.sure


def test_an_abbreviation_in_front_is_no_part_of_a_town():
    text = "Лодка с двумя классами пришла в город.\n\n{}. Лодку построили плотники города, и она везёт двести книг. Она синяя."
    for town in ("г. Хорог", "Аг. Хорог"):
        assert read_text(text.format(town)).place.value == "Хорог"
