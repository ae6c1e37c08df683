"""A release that comes as a message of a chat or quoted in an e-mail is read without the signs that programs add."""

import pytest

from articles.importing.from_text import read_text

pytestmark = pytest.mark.one_database

HEADLINE = "A boat with two classrooms reaches the town of Mopti"
LONG = "The boat was built by carpenters of the town, and it carries solar panels and two hundred books. It is blue."
RELEASE = f"*PRESS RELEASE*\n\n*{HEADLINE}*\n\n_Geneva, 3 May 2026_ – {LONG}\n\n📞 Contact: Ann Lee, +41 22 555 01 50\n"


def left_out(reading):
    return [one.value for one in reading.left_out]


@pytest.mark.parametrize(
    "stamp", ["[03/05/2026, 09:12:44] Ann Lee:", "03.05.2026, 09:12 - Ann Lee:", "[٩:١٢ م، ٢٠٢٦/٥/٣] Ann Lee:"]
)
def test_of_a_chat_the_longest_message_is_the_release(stamp):
    reading = read_text(f"{stamp} Good morning, our release.\n{stamp} {RELEASE}{stamp} Photos follow.\n")
    assert reading.label.value == "PRESS RELEASE"
    assert (reading.headline.value, reading.headline.sure) == (HEADLINE, True)
    assert (reading.place.value, reading.date.value) == ("Geneva", "2026-05-03")
    assert [one.name.value for one in reading.contacts] == ["Ann Lee"]
    assert "Good morning, our release." in left_out(reading)
    assert "Photos follow." in left_out(reading)
    assert reading.body == f"<p>{LONG}</p>"


def test_the_day_of_a_message_is_the_date_where_there_is_no_other_and_never_sure():
    stamp = "[03/05/2026, 09:12:44] Ann Lee:"
    reading = read_text(f"{stamp} {RELEASE.replace('_Geneva, 3 May 2026_ – ', '')}")
    assert (reading.date.value, reading.date.sure) == ("2026-05-03", False)


def test_a_text_that_an_e_mail_quotes_is_read_without_its_signs():
    quoted = "".join(f"> {line}\n" for line in RELEASE.replace("*", "").splitlines())
    reading = read_text(f"Here it is.\n\n{quoted}")
    assert reading.headline.value == HEADLINE
    assert ">" not in reading.text


def test_stars_that_are_no_pair_stay():
    reading = read_text(f"News\n\n{HEADLINE}\n\nGeneva – {LONG} It costs 5 * 3 francs, or 4* with a_b_c.\n")
    assert "5 * 3 francs, or 4* with a_b_c" in reading.body


def test_addresses_keep_their_lines_below():
    address = "https://example.org/_files_/plan.pdf"
    reading = read_text(f"News\n\n{HEADLINE}\n\nGeneva – {LONG} See {address}\n\nContact: _press_@example.org\n")
    assert [one.value for one in reading.links] == [address]
    assert reading.contacts[0].email.value == "_press_@example.org"
