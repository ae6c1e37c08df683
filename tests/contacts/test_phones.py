"""Telephone lines as press offices type them."""

import re
import unicodedata
from pathlib import Path

import phonenumbers
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Phone
from contacts.pages import vcard
from contacts.phones import international_format, parse, why_unreadable
from tests.cast import make_contact, make_country, make_office

pytestmark = pytest.mark.one_database


LINES = [
    line.split("\t")
    for line in Path(__file__).with_name("phone_lines.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


@pytest.mark.parametrize(("display", "country", "expected"), LINES)
def test_reading_a_line(display, country, expected):
    numbers = parse(display, country or None)
    if expected.startswith("!"):
        assert numbers == []
        assert expected[1:] in why_unreadable(display, country or None)
    else:
        assert numbers == expected.split(" ")
        assert why_unreadable(display, country or None) == ""


def is_contained(part, whole):
    """Whether the digits stand in `whole`, in their order."""
    rest = iter(whole)
    return all(digit in rest for digit in part)


def check_dialled(display, country):
    """What is dialled was typed, in this order, but for the country code of the office."""
    typed = "".join(
        str(unicodedata.decimal(sign)) for sign in unicodedata.normalize("NFKC", display) if sign.isdecimal()
    )
    for number in parse(display, country):
        assert re.fullmatch(r"\+[1-9][0-9]{6,14}(;ext=[0-9]{1,7})?", number)
        base, _separator, extension = number.partition(";ext=")
        code = str(phonenumbers.parse(base).country_code)
        national = base[1 + len(code) :]
        assert is_contained(national + extension, typed)
        assert is_contained(code, typed) or code == str(phonenumbers.country_code_for_region(country))


@pytest.mark.parametrize(("display", "country", "expected"), LINES)
def test_what_is_dialled_of_a_line_was_typed(display, country, expected):
    check_dialled(display, country or None)


PIECES = st.sampled_from(
    (
        "+41~0041~+1~+49~+7~22~555~01~50~(0)~(022)~022~-52~/~ / ~ ~-~.~,~ or ~ ou ~или~أو~、~ext. ~x~转~доб. ~#~,,~12"
        "~9-17h~24/7~(9-17)~(Eng)~fax ~Tel: ~FLOWERS~٠١~５０~\u200f~(fax)~DW ~202~0123~+~Anna~½~;ext=~*"
    ).split("~")
)


@given(
    st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40),
    st.sampled_from([None, "CH", "US", "DE", "KE", "AR"]),
)
def test_what_is_dialled_of_any_text_was_typed(display, country):
    check_dialled(display, country)
    assert bool(parse(display, country)) == (why_unreadable(display, country) == "")


@pytest.mark.django_db
def test_a_national_number_is_read_by_the_office_country():
    office = make_office(host_country=make_country("CHE", iso2="CH"))
    phone = Phone.objects.create(contact=make_contact(office=office), display="022 717 93 89")
    assert phone.e164 == ["+41227179389"]
    assert not phone.is_ambiguous


@pytest.mark.django_db
def test_what_cannot_be_read_stays_as_typed():
    phone = Phone.objects.create(office=make_office(), display="ask for Ana")
    phone.refresh_from_db()
    assert (phone.display, phone.e164, phone.is_ambiguous) == ("ask for Ana", [], True)


@pytest.mark.django_db
@pytest.mark.parametrize("both", [True, False])
def test_a_telephone_has_exactly_one_owner(both):
    contact = make_contact()
    owners = {"contact": contact, "office": contact.office} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Phone.objects.bulk_create([Phone(display="+41 22 717 93 89", **owners)])


@pytest.mark.django_db
def test_a_line_that_was_loaded_raw_is_read_when_shown():
    office = make_office(host_country=make_country("CHE", iso2="CH"))
    Phone.objects.bulk_create([Phone(office=office, display="022 717 93 89"), Phone(office=office, display="ask Ana")])
    readable, other = Phone.objects.order_by("id")
    assert readable.lines == [("+41227179389", "022 717 93 89")]
    assert (other.lines, other.is_ambiguous) == ([], True)


@pytest.mark.django_db
def test_an_extension_is_shown_and_dialled():
    contact = make_contact(kind="unit", is_public=True)
    contact.phones.create(display="+1 202-555-0123 ext. 12 / 13")
    assert international_format("+12025550123;ext=12") == "+1 202-555-0123, ext. 12"
    phone = contact.phones.get()
    assert phone.lines == [
        ("+12025550123;ext=12", "+1 202-555-0123, ext. 12"),
        ("+12025550123;ext=13", "+1 202-555-0123, ext. 13"),
    ]
    assert "tel:+12025550123;ext=12\r\n" in vcard.contact(contact, "https://example.org/")
