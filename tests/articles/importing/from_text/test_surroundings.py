"""What stands around a release (a web page, a mailing, an e-mail) is set aside, and what confirms a value makes it sure."""

import pytest

from articles.importing.from_text import read_text
from articles.importing.from_text.contact_blocks.addresses import is_made_of

pytestmark = pytest.mark.one_database

HEADLINE = "A boat with two classrooms reaches the town of Mopti"
LONG = "The boat was built by carpenters of the town, and it carries solar panels and two hundred books. It is blue."
TEXT = f"Press release\n\n{HEADLINE}\n\nGeneva, 3 May 2026 – {LONG}\n"
CONTACT = "\nContact: Ann Lee, press officer, +41 22 555 01 50, ann.lee@boats.example\n"


def left_out(reading):
    return [one.value for one in reading.left_out]


def test_tables_of_layout_are_taken_apart_and_a_table_of_words_stays():
    page = (
        "<table><tr><td><a href='/home'>Home</a><br>Menu</td><td><table><tr><td><p>Press release</p>"
        f"<h1>{HEADLINE}</h1><p>Geneva, 3 May 2026 &ndash; {LONG}</p>"
        "<table><tr><td>Books</td><td>200</td></tr><tr><td>Chairs</td><td>40</td></tr></table></td></tr></table></td></tr>"
        "</table>"
    )
    reading = read_text(page)
    assert reading.headline.value == HEADLINE
    assert reading.headline.sure
    assert reading.body.count("<table>") == 1
    assert "<td>40</td>" in reading.body


def test_links_of_a_footer_are_no_links_of_the_release():
    page = (
        f"<p>Press release</p><h1>{HEADLINE}</h1><p>Geneva, 3 May 2026 &ndash; {LONG} "
        "<a href='https://boats.example/plan'>Plan</a></p><p>You receive this because you asked for it. "
        "<a href='https://mailer.example/u/1'>Unsubscribe</a></p><p><a href='https://social.example/b'>Follow us</a></p>"
    )
    reading = read_text(page)
    assert [link.value for link in reading.links] == ["https://boats.example/plan"]
    assert "Unsubscribe" not in reading.body


@pytest.mark.parametrize(
    "head",
    [
        "From: Press <press@boats.example>\nSent: 3 May 2026 10:00\nTo: media@news.example\nSubject: our boat\n\nDear all,\n\n"
        "Please find our release below.\n\n",
        "De : Presse <press@boats.example>\nEnvoyé : 3 mai 2026\nÀ : media@news.example\nObjet : le bateau\n\nBonjour,\n\n",
    ],
)
def test_the_header_of_an_e_mail_is_set_aside(head):
    reading = read_text(f"{head}{TEXT}{CONTACT}")
    assert reading.headline.value == HEADLINE
    assert [one.email.value for one in reading.contacts] == ["ann.lee@boats.example"]
    assert any("press@boats.example" in one for one in left_out(reading))


def test_the_day_of_an_e_mail_is_the_date_where_there_is_no_other_and_never_sure():
    head = "From: Press <press@boats.example>\nDate: 3 May 2026\nTo: media@news.example\nSubject: our boat\n\n"
    reading = read_text(f"{head}Press release\n\n{HEADLINE}\n\n{LONG}\n")
    assert (reading.date.value, reading.date.sure) == ("2026-05-03", False)


def test_a_date_without_a_year_is_never_sure_and_takes_the_year_of_the_same_day():
    text = TEXT.replace("3 May 2026", "3 May")
    assert not read_text(text).date.sure
    other = read_text(f"{text}\nThe boat left the yard on 9 May 2026.\n")
    assert (other.date.value, other.date.sure) == ("--05-03", False)
    same = read_text(f"EMBARGOED until 3 May 2026, 10:00\n\n{text}")
    assert same.date.value == "2026-05-03"


def test_the_date_of_an_event_is_not_that_of_the_release():
    reading = read_text(
        f"Media advisory\n\n{HEADLINE}\n\nDate: 9 May 2026\nTime: 10:00\nPlace: the harbour\n\n{LONG}\n"
    )
    assert reading.date is None or not reading.date.sure


def test_the_date_of_an_event_below_the_text_is_not_that_of_the_release():
    event = "Date : jeudi 8 octobre 2026 à 10 h\nLieu : quai des Forges, Saint-Brévan\nIntervenants : Claire Amiot\n"
    text = f"Invitation presse\n\nLe musée ouvre ses portes aux enfants\n\nLe musée de la Vapeur ouvrira bientôt. {'Il est grand. ' * 6}\n\n"
    assert read_text(f"{text}{event}").date is None


@pytest.mark.parametrize(
    "number",
    ["+41 22 555 01 50 ext. 12", "+41 22 555 01 50, poste 12", "8 (34143) 5-50-14, вн. 6", "(08)555-0144 分機 231"],
)
def test_an_extension_belongs_to_the_number(number):
    reading = read_text(f"{TEXT}\nContact: Ann Lee, press officer, {number}, ann.lee@boats.example\n")
    assert [phone.value for phone in reading.contacts[0].phones] == [number]


@pytest.mark.parametrize(
    "other", ["18.06.2026", "ISBN 978-5-55501-44-0", "registration no. 14 555 0190", "N.M. 87555-0190"]
)
def test_a_number_of_another_kind_is_no_telephone(other):
    reading = read_text(f"{TEXT}\nContact: Ann Lee, press officer, {other}, ann.lee@boats.example\n")
    assert reading.contacts[0].phones == []


def test_a_table_of_contacts_is_read_by_its_head():
    rows = "Name | Organisation | Telephone | E-mail\nAnn Lee | Boats | +41 22 555 01 50 | ann@boats.example\nBo Rey | Carts | – | bo@carts.example\n"
    people = read_text(f"{TEXT}\nContacts:\n{rows}").contacts
    assert [(one.name.value, one.office.value, one.email.value) for one in people] == [
        ("Ann Lee", "Boats", "ann@boats.example"),
        ("Bo Rey", "Carts", "bo@carts.example"),
    ]


def test_a_label_in_front_of_an_address_begins_another_contact():
    lines = "Contact:\nAnn Lee, press officer, +41 22 555 01 50\nTown registry: registry@boats.example\n"
    people = read_text(f"{TEXT}\n{lines}").contacts
    assert [one.email and one.email.value for one in people] == [None, "registry@boats.example"]


def test_an_address_made_of_the_name_makes_it_sure():
    lines = "Contact:\n{}, {}\nbo@boats.example\n"
    made = read_text(f"{TEXT}\n{lines.format('Ann Lee', 'ann.lee@boats.example')}").contacts[0]
    other = read_text(f"{TEXT}\n{lines.format('Ann Lee', 'press@boats.example')}").contacts[0]
    assert made.name.sure
    assert not other.name.sure


def test_a_word_divided_at_the_end_of_a_line_is_one_and_its_quote_is_not_sure():
    text = TEXT + (
        "\n“We have asked every one of the old traders whether they would come back, nine-\n"
        "teen of them have said yes before we had finished the question,” said Ann Lee,\nhead of the market.\n"
    )
    said = read_text(text).quotes[0]
    assert "nineteen" in said.text.value
    assert not said.text.sure


def test_traditional_characters_are_read_and_told_as_they_were_typed():
    text = (
        "新聞稿\n\n「一碗熱飯」計劃踏入十年，街坊廚房派出第一千萬個飯盒\n\n（香港，2026年11月12日）慈惠社與城西大學合辦的計劃，"
        "昨晚在深水埗派出第一千萬個飯盒，六成長者一星期只與義工說過話。\n\n慈惠社總幹事李詠詩表示：「第一晚我們只煮了四十份，還剩下十一份。」\n"
    )
    reading = read_text(text)
    assert reading.headline.value == "「一碗熱飯」計劃踏入十年，街坊廚房派出第一千萬個飯盒"
    assert reading.date.value == "2026-11-12"
    assert (reading.quotes[0].speaker.value, reading.quotes[0].role.value) == ("李詠詩", "慈惠社總幹事")
    assert "第一千萬個飯盒" in reading.body


def test_an_item_of_a_menu_is_no_label():
    menu = "<ul><li>News</li><li>About us</li><li>Contact</li></ul>"
    reading = read_text(f"{menu}<p>Press release</p><h1>{HEADLINE}</h1><p>Geneva, 3 May 2026 &ndash; {LONG}</p>")
    assert reading.label.value == "Press release"
    assert "About us" in left_out(reading)


def test_contacts_in_cells_beside_each_other_keep_their_own_data():
    cell = "<td><b>{0} {1}</b><br>Geneva<br>{2}@boats.example<br>+41 22 555 01 5{3}</td>"
    cells = cell.format("Ann", "Leeman", "aleeman", 0) + cell.format("Bo", "Reyes", "breyes", 1)
    page = f"<p>Press release</p><h1>{HEADLINE}</h1><p>Geneva, 3 May 2026 &ndash; {LONG}</p><p>Contacts:</p>"
    people = read_text(f"{page}<table><tr>{cells}</tr></table>").contacts
    assert [(one.name.value, one.email.value, one.phones[0].value) for one in people] == [
        ("Ann Leeman", "aleeman@boats.example", "+41 22 555 01 50"),
        ("Bo Reyes", "breyes@boats.example", "+41 22 555 01 51"),
    ]


@pytest.mark.parametrize(("day", "sure"), [("04/05/2026", False), ("14/05/2026", True), ("4 May 2026", True)])
def test_an_english_date_in_figures_may_have_its_month_first(day, sure):
    assert read_text(f"Press release\n{day}\n\n{HEADLINE}\n\nGeneva – {LONG}\n").date.sure is sure


def test_an_organisation_whose_name_is_repeated_is_no_person():
    text = f"{TEXT}\nRiver Path has paid for it.\n\nContact: River Path – Ann Lee – ann@boats.example\n"
    person = read_text(text).contacts[0]
    assert (person.name.value, person.name.sure, person.office.value) == ("Ann Lee", False, "River Path")


@pytest.mark.parametrize(
    ("name", "address", "is_sure"),
    [
        ("Ann Leewood", "leewood@boats.example", True),
        ("Ann Boatswain", "boatswain@boatswain.example", False),
        ("Юлия Гончарова", "goncharova@boats.example", True),
    ],
)
def test_an_address_with_the_family_name_makes_it_sure_in_any_letters(name, address, is_sure):
    reading = read_text(f"{TEXT}\nContact:\n{name}, {address}\nbo@boats.example\n")
    assert reading.contacts[0].name.sure is is_sure


def test_an_address_may_have_the_consonants_of_an_arabic_name():
    assert is_made_of("lkabbani@boats.example", "ليال قباني")
    assert is_made_of("zeina@boats.example", "زينة ضاهر")
    assert not is_made_of("press@boats.example", "ليال قباني")


def test_a_name_with_a_function_behind_it_is_sure_below_a_text_that_announces_no_contacts():
    person = read_text(f"{TEXT}\nAnn Lee\nPress officer\nTel. +41 22 555 01 50\n").contacts[0]
    assert (person.name.value, person.name.sure, person.kind.sure) == ("Ann Lee", True, True)


def test_an_address_below_several_persons_that_is_made_of_no_name_is_nobodys_own():
    lines = (
        "Contacts:\nAnn Lee, press officer, +41 22 555 01 50\nBo Rey, captain, +41 22 555 01 51\nhouse@boats.example\n"
    )
    people = read_text(f"{TEXT}\n{lines}").contacts
    assert [(one.name and one.name.value, one.email and one.email.value) for one in people] == [
        ("Ann Lee", None),
        ("Bo Rey", None),
        (None, "house@boats.example"),
    ]


def test_two_numbers_with_a_dash_between_them_are_two():
    person = read_text(f"{TEXT}\nContact: Ann Lee, press officer, 02 99 55 04 17 – 06 99 55 04 18\n").contacts[0]
    assert [one.value for one in person.phones] == ["02 99 55 04 17", "06 99 55 04 18"]


def test_words_of_an_address_that_anybody_has_confirm_no_person():
    person = read_text(f"{TEXT}\nContact: Press Window, press@boats.example, +41 22 555 01 50\n").contacts[0]
    assert not person.kind.sure


def test_the_next_page_of_a_web_site_is_no_link_of_the_release():
    page = (
        f"<p>Press release</p><h1>{HEADLINE}</h1><p>Geneva, 3 May 2026 &ndash; {LONG}</p>"
        "<p>Next: <a href='https://boats.example/4410'>A new mast</a></p>"
    )
    assert read_text(page).links == []


def test_a_letter_ends_where_the_release_begins():
    head = "From: Press <press@boats.example>\nSent: 3 May 2026 10:00\nTo: media@news.example\nSubject: boat\n\nDear all,\n\n"
    reading = read_text(f"{head}{HEADLINE}\n\n{LONG}\n\n--\nAnn Lee\nPress officer\n+41 22 555 01 50\n")
    assert reading.headline.value == HEADLINE
    assert [one.name.value for one in reading.contacts] == ["Ann Lee"]
