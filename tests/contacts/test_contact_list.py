"""Media contacts by region, country, topic and language, and who of them can be called now."""

from datetime import UTC, datetime, time

import pytest
import time_machine

from contacts.models import OpeningHours, Phone
from tests.cast import make_contact, make_country, make_office, make_region, make_topic

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)


@pytest.fixture
def desks():
    kenya = make_country("KEN", "Kenya", region=make_region("africa", "Africa"))
    geneva = make_office()
    nairobi = make_office("nairobi", "Nairobi Office", host_country=kenya, timezone="Africa/Nairobi")
    nairobi.coverage.create(country=make_country("UGA", "Uganda", region=make_region("africa")))
    OpeningHours.objects.create(office=geneva, weekday=0, opens=time(9), closes=time(17))
    OpeningHours.objects.create(office=nairobi, weekday=0, opens=time(8), closes=time(12))
    rows = [("geneva-desk", geneva, ["fr", "en"]), ("nairobi-desk", nairobi, ["sw", "en-GB"])]
    for code, office, languages in rows:
        contact = make_contact(code, code.title(), office=office, languages=languages)
        Phone.objects.create(contact=contact, display="+41 22 717 93 89")
    make_topic("floods", "Floods").contact_rows.create(contact=make_contact("nairobi-desk"))
    make_topic("trade", "Trade").contact_rows.create(contact=make_contact("geneva-desk"))
    make_topic("empty", "Empty")


def found(client, query):
    with time_machine.travel(NOON, tick=False):
        response = client.get(f"/en/media-contacts/?{query}")
    assert response.status_code == 200
    return [contact.code for _region, contacts in response.context["regions"] for contact in contacts]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["nairobi-desk", "geneva-desk"]),
        ("region=africa", ["nairobi-desk"]),
        ("country=che", ["geneva-desk"]),
        ("country=uga", ["nairobi-desk"]),
        ("topic=floods", ["nairobi-desk"]),
        ("language=en", ["nairobi-desk", "geneva-desk"]),
        ("language=sw", ["nairobi-desk"]),
        ("now=1", ["geneva-desk"]),
        ("language=en&now=1&region=europe", ["geneva-desk"]),
        ("language=sw&region=europe", []),
        ("region=&utm_source=x", ["nairobi-desk", "geneva-desk"]),
    ],
)
def test_filters_combine(client, desks, query, codes):
    assert sorted(found(client, query)) == sorted(codes)


@pytest.mark.parametrize(
    "query", ["region=atlantis", "country=xxx", "topic=empty", "language=xx", "now=2", "topic=%00"]
)
def test_an_unknown_code_is_not_found(client, desks, query):
    assert client.get(f"/en/media-contacts/?{query}").status_code == 404


def test_the_form_keeps_what_was_chosen_and_addresses_have_it(client, desks):
    page = client.get("/en/media-contacts/?region=africa&now=1&utm=x").content.decode()
    assert '<option value="africa" selected>Africa</option>' in page
    assert 'value="1" checked' in page
    assert 'href="http://testserver/en/media-contacts/?region=africa&amp;now=1"' in page
    assert "/fr/media-contacts/?region=africa&amp;now=1" in page


def test_a_country_shows_who_answers_for_it(client, desks):
    for path in ("/en/countries/uga/", "/en/countries/ken/"):
        page = client.get(path).content.decode()
        assert "Nairobi-Desk" in page
        assert "Geneva-Desk" not in page


def test_filters_cost_the_same_for_any_number(client, desks, django_assert_max_num_queries):
    for number in range(6):
        office = make_office(f"o{number}", f"Office {number}")
        contact = make_contact(f"c{number}", f"C {number}", office=office, languages=["en"])
        make_topic(f"t{number}", f"T {number}").contact_rows.create(contact=contact)
    client.get("/en/media-contacts/")
    with django_assert_max_num_queries(16):
        client.get("/en/media-contacts/?language=en")
