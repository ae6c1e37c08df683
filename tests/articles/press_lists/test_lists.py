"""Who is in a press list, and who of the desk sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import PressList
from articles.press_lists import lists
from tests.cast import make_country, make_journalist, make_office, make_region, make_topic, make_user
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db
ADMIN = "/admin/articles/presslist/"


def names(press_list):
    found = set(lists.members(press_list).values_list("name", flat=True))
    assert lists.sizes([press_list]) == {press_list.pk: len(found)}
    return found


def rule(name="Rule", regions=(), topics=(), **values):
    row = PressList.objects.create(name=name, kind="rule", **values)
    row.regions.set(regions)
    row.topics.set(topics)
    return row


def test_a_rule_takes_those_who_fulfil_all_its_conditions():
    europe, floods = make_region(), make_topic("floods", "Floods")
    alps, dams = make_region("alps", "Alps", parent=europe), make_topic("dams", "Dams", parent=floods)
    make_journalist("a@example.org", "A", "Alpine Radio", regions=[alps], topics=[dams])
    make_journalist("b@example.org", "B", "The Daily", countries=[make_country(region=alps)], language="fr")
    make_journalist("c@example.org", "C", "Radio Sud", other_languages=["fr", "ar"], topics=[floods])
    assert names(rule("1", regions=[europe])) == {"A", "B"}
    assert names(rule("2", topics=[floods])) == {"A", "C"}
    assert names(rule("3", topics=[dams])) == {"A"}
    assert names(rule("4", languages=["fr"])) == {"B", "C"}
    assert names(rule("5", outlet="radio")) == {"A", "C"}
    assert names(rule("6", outlet="radio", languages=["ar", "ru"], topics=[floods])) == {"C"}
    assert names(rule("7")) == set()


def test_a_retired_region_and_a_merged_topic_count_as_what_stands_for_them():
    europe, floods = make_region(), make_topic("floods", "Floods")
    old = make_region("east", "East", is_active=False, successor=europe)
    water = make_topic("water", "Water", merged_into=floods)
    make_journalist(name="A", regions=[old], topics=[floods])
    assert names(rule("1", regions=[europe], topics=[water])) == {"A"}
    assert names(rule("2", regions=[old])) == {"A"}


def test_a_list_by_name():
    ann = make_journalist()
    make_journalist("bo@example.org", "Bo")
    picked = PressList.objects.create(name="Own")
    picked.journalists.add(ann)
    assert names(picked) == {"Ann Reed"}


def test_a_list_of_an_office_is_seen_there_and_one_of_no_office_by_all(client):
    geneva, lima = make_office("geneva"), make_office("lima", "Lima Office")
    shared = PressList.objects.create(name="Shared")
    PressList.objects.create(name="Of Geneva", office=geneva)
    PressList.objects.create(name="Of Lima", office=lima)
    edna, chief = make_user("edna", "editor", geneva), make_user("chief", "approver")
    assert set(lists.usable(edna).values_list("name", flat=True)) == {"Shared", "Of Geneva"}
    assert not lists.may_change(edna, shared)
    assert lists.usable(chief).count() == 3
    assert lists.may_change(chief, shared)
    for role in ("writer", "translator"):
        assert not lists.usable(make_user(role, role, geneva)).exists()
    assert not lists.usable(make_user("blocked", "editor", geneva, trust="blocked")).exists()
    client.force_login(edna)
    page = client.get(ADMIN).content.decode()
    assert "Of Geneva" in page
    assert "Of Lima" not in page


def test_the_form_refuses_a_rule_that_chooses_nobody_and_conditions_without_effect(client):
    client.force_login(make_user("chief", "approver"))
    ann = make_journalist()
    form = client.get(f"{ADMIN}add/")
    cases = [
        {"kind": "rule"},
        {"kind": "picked", "outlet": "Radio"},
        {"kind": "rule", "outlet": "R", "journalists": [ann.pk]},
    ]
    for changes in cases:
        answer = client.post(f"{ADMIN}add/", filled(form, name="New", **changes))
        assert errors(answer), changes
    client.post(f"{ADMIN}add/", filled(form, name="New", kind="rule", languages=["en"]))
    row = PressList.objects.get()
    page = client.get(f"{ADMIN}{row.pk}/change/").content.decode()
    assert "Ann Reed" in page
    answer = client.get(f"{ADMIN}{row.pk}/journalists.csv")
    assert b"ann@example.org" in answer.content


def test_the_list_of_lists_needs_the_same_number_of_queries_for_ten_rows_and_for_twenty(client):
    client.force_login(make_user("chief", "approver"))
    client.get("/admin/")  # the first request of a session notes it
    office, region, numbers = make_office(), make_region(), []
    for count in (10, 20):
        for number in range(count):
            rule(f"{count} {number}", regions=[region], office=office)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(ADMIN).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
