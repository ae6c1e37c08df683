"""Codes are lower-case, however somebody types them; in an address every letter counts."""

import json

import pytest
from django.core import serializers
from django.core.management import call_command

from articles.models import Topic
from contacts.models import Contact, Office, Region
from newsroom.models import Page
from tests.cast import make_country, make_office

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Region, Office, Contact, Topic, Page])
def test_forms_fold_capitals(model):
    row = model(code="South-Pole")
    row.clean_fields(exclude=[field.name for field in model._meta.fields if field.name != "code"])
    assert row.code == "south-pole"


def test_loaddata_folds_capitals():
    (found,) = serializers.deserialize("python", [{"model": "contacts.region", "fields": {"code": "South"}}])
    assert found.object.code == "south"


@pytest.mark.parametrize("model", [Region, Topic, Page])
def test_scripts_fold_capitals(model):
    row = model.objects.create(code="South-Pole")
    (bulk,) = model.objects.bulk_create([model(code=" North ")])
    bulk.refresh_from_db()
    assert (row.code, bulk.code) == ("south-pole", "north")
    model.objects.filter(pk=row.pk).update(code="Equator")
    row.refresh_from_db()
    assert row.code == "equator"


def test_loaddata_finds_the_rows_that_a_fixture_names_in_capitals(tmp_path):
    make_office("s1x", host_country=make_country())
    records = [
        {"model": "contacts.contact", "fields": {"code": "Desk", "office": ["S1x"]}},
        {
            "model": "contacts.contacttranslation",
            "fields": {"contact": ["DESK"], "language": "en", "unit_name": "Press desk"},
        },
    ]
    (tmp_path / "desk.json").write_text(json.dumps(records))
    for _time in range(2):
        call_command("loaddata", tmp_path / "desk.json", verbosity=0)
    desk = Contact.objects.get()
    assert (desk.code, desk.office.code, desk.name) == ("desk", "s1x", "Press desk")


def test_a_query_finds_only_what_it_says():
    Region.objects.create(code="south")
    assert Region.objects.filter(code="south").exists()
    assert not Region.objects.filter(code="South").exists()
