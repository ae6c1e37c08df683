"""Telephone lines as press offices type them."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Phone
from contacts.phones import parse
from tests.cast import make_contact, make_country, make_office

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("display", "country", "numbers"),
    [
        ("+41 22 717 93 89/ 59", None, ["+41227179389", "+41227179359"]),
        ("+ 44 207 811 6035", None, ["+442078116035"]),
        ("022 717 93 89", "CH", ["+41227179389"]),
        ("+41 22 717 93 89 / +41 22 717 93 60", None, ["+41227179389", "+41227179360"]),
        ("+41 22 717 93 89 / 022 717 93 60", "CH", ["+41227179389", "+41227179360"]),
        ("022 717 93 89", None, []),
        ("+41 22 717 93 89/", None, []),
        ("22 717", "CH", []),
        ("call the switchboard", "CH", []),
        ("", "CH", []),
    ],
)
def test_reading_a_line(display, country, numbers):
    assert parse(display, country) == numbers


@given(st.text(max_size=40))
def test_any_text_gives_e164_or_nothing(text):
    for number in parse(text, "CH"):
        assert number.startswith("+")
        assert number[1:].isdigit()
        assert len(number) <= 16


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
