"""What `read_text` overlooks is named as a doubt, with its passage and its field."""

import re
from collections import Counter
from unittest import mock

import pytest

from articles.importing.from_text import read_text
from articles.importing.from_text.head import labels
from articles.importing.from_text.quotations.verbs import VERBS

from .scoring import MARKED, MISSED, WRONG, scores

pytestmark = pytest.mark.one_database

HEAD = "Press release\n\nA boat with two classrooms reaches the town of Mopti\n\n"
BODY = "Geneva, 3 May 2024 – The boat was built by carpenters of the town, and it carries solar panels.\n\n"
END = "\n\nThe diaspora of the town has paid for all of it, and for a second boat that is to follow in the autumn of next year.\n"


def doubts(text):
    return [(doubt.code, doubt.fields) for doubt in read_text(text).doubts]


def passages(text, code):
    reading = read_text(text)
    return [reading.text[doubt.start : doubt.end] for doubt in reading.doubts if doubt.code == code]


def test_a_plain_text_has_none():
    said = "“We forgot in summer what we had learnt,” said Awa Traoré, head teacher of the boat."
    assert doubts(HEAD + BODY + said + END + "\nContact: Oumar Keita, +41 22 555 01 50, okeita@boats.example\n") == []


@pytest.mark.parametrize(
    ("code", "passage", "text"),
    [
        ("email", "questions@boats.example", f"{BODY}Whoever has questions writes to questions@boats.example today.{END}"),
        ("telephone", "+41 22 555 01 50", f"{BODY}Whoever has questions calls +41 22 555 01 50 before noon today.{END}"),
        ("quotation", "– We knew it, – the mayor sighed, and left.", f"{BODY}– We knew it, – the mayor sighed, and left.{END}"),
        ("quotation", "“We knew.”", f"{BODY}The mayor said: “We knew.” Then he left.{END}"),
        ("quotation", "<<We knew it for all those years.>>", f"{BODY}<<We knew it for all those years.>> The mayor left.{END}"),
        ("quotation", "Awa Traoré: ", f"{BODY}Awa Traoré: We knew it, and nobody of us has ever asked why.{END}"),
        ("quotation", "We knew it, all of us.", f"{BODY}The mayor, Ann Lee, said:\n\nWe knew it, all of us.{END}"),
        ("embargo", "This text is under embargo until 6 May.", f"{BODY}This text is under embargo until 6 May.{END}"),
        ("embargo", "Hold until 6 May, 10:00", f"Hold until 6 May, 10:00\n\n{BODY}{END}"),
        ("date", "3 May 2024", f"A day as good as 3 May 2024 has not been seen in {'the long years of this town ' * 3}.{END}"),
        ("place", "Oxdale-on-Sea [NewsNow", f"Oxdale-on-Sea [NewsNow] the boat arrived {'with all of its books and chairs ' * 3}.{END}"),
        ("link", "boats.museum", f"{BODY}All pictures are found at boats.museum for those who want them.{END}"),
    ],
)  # fmt: skip
def test_a_sign_of_a_field_in_no_field_is_a_doubt(code, passage, text):
    assert any(passage in found for found in passages(HEAD + text, code))


def test_a_label_that_is_not_known_is_a_doubt():
    text = f"Tidings of the boats\n\nA boat with two classrooms reaches the town of Mopti\n\n{BODY}{END}"
    reading = read_text(text)
    assert reading.headline.value.startswith("A boat with")
    assert not reading.headline.sure
    assert passages(text, "header")[0] == "Tidings of the boats"


def test_of_the_menu_of_a_page_only_the_last_lines_are_doubts():
    menu = "\n".join(f"- What we do in field {number}" for number in range(20))
    assert 0 < len(passages(f"{menu}\n\n{HEAD.partition(chr(10))[2]}{BODY}{END}", "header")) <= 4


def test_words_of_a_contact_block_that_nothing_was_made_of_are_a_doubt_and_what_stands_beside_them_is_not_sure():
    text = f"{HEAD}{BODY}{END}\nContact: Ann Lee, press officer, River Fund, the blue door, +41 22 555 01 50\n"
    reading = read_text(text)
    assert passages(text, "words") == ["the blue door"]
    assert not reading.contacts[0].office.sure


def test_a_speaker_or_function_that_was_not_found_is_a_doubt():
    text = f"{HEAD}{BODY}“We forgot in summer what we had learnt.”{END}"
    assert ("speaker", ("quote-0-speaker",)) in doubts(text)
    assert ("function", ("quote-0-role",)) in doubts(text)


def test_a_contact_without_a_name_is_a_doubt():
    assert ("name", ("contact-0-name",)) in doubts(f"{HEAD}{BODY}{END}\nContact: +41 22 555 01 50\n")


def test_who_has_no_word_of_the_name_in_the_address_is_not_surely_a_person():
    reading = read_text(f"{HEAD}{BODY}{END}\nContact: Salt Road, +41 22 555 01 50, info@saltroad.example\n")
    assert not reading.contacts[0].kind.sure


def test_a_date_beside_another_one_is_not_sure():
    dates = [read_text(f"{day}\n\n{HEAD}{BODY}{END}").date for day in ("3 May 2024", "9 May 2024")]
    assert [(date.value, date.sure) for date in dates] == [("2024-05-03", True), ("2024-05-03", False)]


def test_addresses_of_contacts_of_which_one_lacks_a_name_are_not_sure():
    lines = "Contact:\nAnn Lee, press officer, ann@boats.example\nbo@boats.example\n"
    people = read_text(f"{HEAD}{BODY}{END}\n{lines}").contacts
    assert [one.email.value for one in people] == ["ann@boats.example", "bo@boats.example"]
    assert not any(one.email.sure for one in people)


def test_a_reader_that_knows_fewer_words_says_so():
    """Without verbs of speech and with half of the labels, what is not read is named, and hardly anything is wrong."""
    unknown = dict.fromkeys(VERBS, re.compile(r"(?!)"))
    known = dict(list(labels._LABELS.items())[::2])
    with mock.patch.dict(VERBS, unknown), mock.patch.dict(labels._LABELS, known, clear=True):
        table, told = scores(read_text)
    total = sum(table.values(), Counter())
    assert total[MARKED] > 100
    assert total[MISSED] + total[WRONG] <= 0.02 * sum(total.values()), [
        one for one in told if one[2] in (MISSED, WRONG)
    ]
