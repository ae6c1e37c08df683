"""Writers keep the hours, closures, telephones and address of their own office, and nothing else of it."""

import pytest

from contacts.models import Office
from tests.cast import make_office, make_user
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def walt(client):
    user = make_user("walt", "writer", office=make_office(email="old@example.org"))
    client.force_login(user)
    return user


def form(office):
    return f"/admin/contacts/office/{office.pk}/change/"


def test_what_visitors_need_is_theirs(client, walt):
    office = walt.memberships.get().office
    changes = {
        "phones-0-display": "+41 22 717 93 89",
        "opening_hours-0-opens": "09:00",
        "opening_hours-0-closes": "17:00",
        "opening_hours-0-weekday": "0",
        "closures-0-first_day": "2027-01-01",
        "closures-0-last_day": "2027-01-02",
        "translations-0-address": "Harbour Street 4",
        "email": "press@example.org",
    }
    assert client.post(form(office), filled(client.get(form(office)), **changes)).status_code == 302
    office = Office.objects.get(pk=office.pk)
    assert office.email == "press@example.org"
    assert office.phones.get().e164 == ["+41227179389"]
    assert office.opening_hours.count() == office.closures.count() == 1
    assert office.translations.get().address == "Harbour Street 4"


def test_code_parent_dates_and_coverage_are_not(client, walt):
    office, other = walt.memberships.get().office, make_office("lima", "Lima")
    offered = read(client.get(form(office))).sent()
    names = {"code", "kind", "parent", "host_country", "timezone", "opened", "closed", "successor", "latitude"}
    names |= {"translations-0-name", "translations-0-language"}
    assert names.isdisjoint(offered)
    forged = {
        "kind": "headquarters",
        "parent": other.pk,
        "closed": "2020-01-01",
        "successor": other.pk,
        "timezone": "Asia/Tokyo",
    }
    forged |= {"translations-0-name": "Mine", "coverage-TOTAL_FORMS": "1", "coverage-0-country": office.host_country_id}
    client.post(form(office), filled(client.get(form(office)), tampered=forged))
    office = Office.objects.get(pk=office.pk)
    assert (office.kind, office.parent, office.closed, office.timezone) == ("country", None, None, "Europe/Zurich")
    assert office.translations.get().name == "Geneva Office"
    assert not office.coverage.exists()
    assert client.get(f"/admin/contacts/office/{office.pk}/end/").status_code == 302
    assert client.post(f"/admin/contacts/office/{office.pk}/delete/", {"post": "yes"}).status_code == 403


def test_other_offices_are_not_theirs(client, walt):
    other = make_office("lima", "Lima")
    assert not client.get(form(other)).context["has_change_permission"]
    assert client.post(form(other), {"email": "x@example.org"}).status_code == 403


@pytest.mark.parametrize(("role", "office"), [("translator", True), ("writer", False)])
def test_nor_have_others_this_right(client, role, office):
    own = make_office()
    client.force_login(make_user("somebody", role, office=own if office else None))
    assert not client.get(form(own)).context["has_change_permission"]


def test_an_editor_of_the_office_who_also_writes_has_all_fields(client, walt):
    office = walt.memberships.get().office
    walt.memberships.create(role="editor", office=office)
    assert {"kind", "closed"} <= read(client.get(form(office))).sent().keys()
