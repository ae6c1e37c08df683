"""What is stored of an open form's texts: nothing that no database can hold, nothing too long, and not too many."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.admin.unsaved import scratches
from contacts.models import Scratch
from tests.articles.admin.test_unsaved import KEEP, KEY, at, browser_of, door, keep
from tests.cast import make_article, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def edna(db):
    return browser_of("edna")


@pytest.fixture
def draft(db):
    return make_article(state="draft", publish_at=None, headline="Rain at last", regions=[make_region()])


@pytest.mark.parametrize(
    "data", ["[", "7", '{"a": 1}', "[[1]]", "null", "[" * 100_000, '[["a", "\0"]]', "[" + "9" * 5000 + "]"]
)
def test_what_is_no_text_of_a_form_is_refused(edna, data):
    assert edna.post(KEEP, {"user": edna.user.pk, "row": 0, "key": KEY, "data": data}).status_code == 422
    assert edna.post(KEEP, {"user": edna.user.pk, "row": 0, "key": "../", "data": "[]"}).status_code == 400
    assert not Scratch.objects.exists()


def test_odd_characters_and_fields_do_not_break_the_form(edna, draft):
    data = json.dumps(
        [["headline", "\ud800 \0 ok"], ["\ud800", "x"], ["region_rows-TOTAL_FORMS", "-1"], ["slug", "<b>"]]
    )
    edna.post(KEEP, {"user": edna.user.pk, "row": draft.pk, "key": KEY, "data": data})
    assert edna.get(at(draft)).status_code == 200
    assert edna.post(door(KEY, "restore")).status_code == 200


def test_the_size_and_the_number_of_texts_have_limits(edna, monkeypatch):
    monkeypatch.setattr(scratches, "LARGEST", 100)
    monkeypatch.setattr(scratches, "MOST", 2)
    assert "too long" in keep(edna, {"headline": "x" * 100}).json()["told"]
    for number in range(3):
        answer = keep(edna, {"headline": "x"}, key=f"{number:032}")
    assert "too many unsaved texts" in answer.json()["told"]
    Scratch.objects.update(saved_at=timezone.now() - timedelta(weeks=5))
    assert keep(edna, {"headline": "x"}, key="b" * 32).status_code == 200
    assert Scratch.objects.count() == 1
