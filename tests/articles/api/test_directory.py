"""Topics, regions, countries, offices and contacts in the API follow the rules of their public pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, make_contact, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
YESTERDAY = (NOW() - timedelta(days=2)).date()


def codes(client, name):
    return {row["code"] for row in client.get(f"/api/v1/{name}/").json()["results"]}


def test_names_are_given_in_all_languages(client):
    topic = make_topic("floods", "Floods", parent=make_topic("water", "Water"))
    topic.translations.create(language="ar", name="فيضانات", description="ماء")
    shown = client.get("/api/v1/topics/floods/").json()
    assert shown["name"] == {"en": "Floods", "ar": "فيضانات"}
    assert (shown["description"], shown["parent"]) == ({"ar": "ماء"}, "water")
    assert shown["articles_url"].endswith("/api/v1/articles/?topic=floods")
    assert client.get(shown["articles_url"].removeprefix("http://testserver")).status_code == 200
    assert client.get(shown["url"].removeprefix("http://testserver")).status_code == 200


def test_a_country_has_its_codes(client):
    make_country("KEN", "Kenya", make_region("africa"))
    shown = client.get("/api/v1/countries/ken/").json()
    assert (shown["iso2"], shown["iso3"], shown["region"]) == ("KE", "KEN", "africa")
    assert client.get("/api/v1/countries/KEN/").status_code == 404


@pytest.mark.parametrize("name", ["topics", "regions"])
def test_what_was_merged_or_retired_leads_on(client, name):
    if name == "topics":
        make_topic("old", merged_into=make_topic("new"))
    else:
        make_region("old", is_active=False, successor=make_region("new"))
    response = client.get(f"/api/v1/{name}/old/")
    assert (response.status_code, response["Location"]) == (301, f"/api/v1/{name}/new/")
    assert codes(client, name) == {"new"}


def test_a_closed_office_says_who_continues_and_not_how_it_was_reached(client):
    office = make_office("lima", successor=make_office(), closed=YESTERDAY, email="lima@example.org")
    office.phones.create(display="+51 1 555 0100")
    office.translations.update(address="Calle 1")
    shown = client.get("/api/v1/offices/lima/").json()
    assert (shown["successor"], shown["closed"]) == ("geneva", YESTERDAY.isoformat())
    assert not any(shown[name] for name in ("email", "phones", "address", "opening_hours", "languages"))
    assert codes(client, "offices") == {"geneva"}


def test_only_contacts_that_answer_today_are_shown(client):
    make_contact("here")
    make_contact("hidden", is_public=False)
    make_contact("ended", valid_until=YESTERDAY)
    make_contact("replaced", valid_until=YESTERDAY, replaced_by=make_contact("heir"))
    make_contact("coming", valid_from=(NOW() + timedelta(days=9)).date())
    assert codes(client, "contacts") == {"here", "heir"}
    for code in ("hidden", "ended", "coming", "never"):
        response = client.get(f"/api/v1/contacts/{code}/")
        assert (response.status_code, response.content) == (404, client.get("/api/v1/contacts/x/").content)
    response = client.get("/api/v1/contacts/replaced/")
    assert (response.status_code, response["Location"]) == (302, "/api/v1/contacts/heir/")
    assert set(client.get("/api/v1/offices/geneva/").json()["contacts"]) == {"here", "heir"}


@pytest.mark.parametrize("name", ["topics", "regions", "countries", "offices", "contacts"])
def test_ten_and_twenty_rows_need_the_same_number_of_queries(client, name):
    counts = []
    for rounds in range(2):
        for number in range(10):
            code = f"x{rounds}{number}"
            country = make_country(f"X{'AB'[rounds]}{'ABCDEFGHIJ'[number]}", region=make_region(code), iso2=code[1:])
            office = make_office(code, host_country=country, parent=make_office())
            office.coverage.create(country=country)
            office.phones.create(display="+41 22 555 01 50")
            make_contact(code, office=office).phones.create(display="+41 22 555 01 51")
            make_topic(code, parent=make_topic())
        client.get(f"/api/v1/{name}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{name}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
