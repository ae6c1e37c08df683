"""Codes are lower-case, however somebody types them; in an address every letter counts."""

import pytest
from django.core import serializers

from articles.models import Topic
from contacts.models import Contact, Office, Region
from newsroom.models import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Region, Office, Contact, Topic, Page])
def test_forms_fold_capitals(model):
    row = model(code="South-Pole")
    row.clean_fields(exclude=[field.name for field in model._meta.fields if field.name != "code"])
    assert row.code == "south-pole"


def test_loaddata_folds_capitals():
    (found,) = serializers.deserialize("python", [{"model": "contacts.region", "fields": {"code": "South"}}])
    assert found.object.code == "south"


def test_a_query_finds_only_what_it_says():
    Region.objects.create(code="south")
    assert Region.objects.filter(code="south").exists()
    assert not Region.objects.filter(code="South").exists()
