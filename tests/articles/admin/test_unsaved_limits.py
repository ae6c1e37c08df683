"""What is stored of an open form's texts: nothing that no database can hold, nothing too long, and not too many."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.admin.unsaved import autosave
from contacts.models import Scratch
from tests.articles.admin.test_unsaved import KEEP, KEY, at, browser_of, door, keep
from tests.cast import make_article, make_region
from tests.forms import filled

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
    monkeypatch.setattr(autosave, "LARGEST", 100)
    monkeypatch.setattr(autosave, "MOST", 2)
    assert "too long" in keep(edna, {"headline": "x" * 100}).json()["told"]
    for number in range(3):
        answer = keep(edna, {"headline": "x"}, key=f"{number:032}")
    assert "too many unsaved texts" in answer.json()["told"]
    Scratch.objects.update(saved_at=timezone.now() - timedelta(weeks=5))
    assert keep(edna, {"headline": "x"}, key="b" * 32).status_code == 200
    assert Scratch.objects.count() == 1


def test_a_copy_that_arrives_after_the_save_of_its_form_is_forgotten(edna, draft):
    """It was sent while the form was typed in, or lay in the browser since: the form that was saved is the newer one."""
    form = filled(edna.get(at(draft)), headline="Rain in the north") | {"_scratch_sent": "2000"}
    assert edna.post(at(draft), form).status_code == 302
    for typed_at in ("1000", "2000"):
        for known in ("", "1"):
            answer = keep(edna, form | {"headline": "Rain in the"}, draft.pk, typed_at=typed_at, known=known)
            assert (answer.status_code, answer.json().get("key")) == (200, None)
    assert not Scratch.objects.exists()
    assert "You have unsaved text" not in edna.get(at(draft)).content.decode()
    assert Scratch.objects.with_saved().get().data == "", "of the saved form no words are kept"


@pytest.mark.parametrize("typed_at", ["2001", "", "x"])
def test_what_is_typed_after_the_save_of_its_form_is_kept_under_another_key(edna, draft, typed_at):
    """The answer to the save was lost, and the window goes on. A browser that tells no time loses nothing, either."""
    form = filled(edna.get(at(draft)), headline="Rain in the north") | {"_scratch_sent": "2000"}
    edna.post(at(draft), form)
    key = keep(edna, form | {"headline": "Rain and more"}, draft.pk, typed_at=typed_at).json()["key"]
    keep(edna, form | {"headline": "Rain and more"}, draft.pk, key=key, typed_at=typed_at)
    assert Scratch.objects.get().title == "Rain and more"
    assert "You have unsaved text" in edna.get(at(draft)).content.decode()


def test_the_other_window_and_other_people_lose_nothing_by_a_save(edna, draft):
    """Their form is stale, and their words are theirs."""
    other = filled(edna.get(at(draft)), headline="Other window")
    aziz = browser_of("aziz", "approver")
    theirs = filled(aziz.get(at(draft)), headline="Of Aziz")
    edna.post(at(draft), filled(edna.get(at(draft)), headline="Saved") | {"_scratch_sent": "2000"})
    assert keep(edna, other, draft.pk, typed_at="1000").json().get("key") is None
    assert keep(aziz, theirs, draft.pk, typed_at="1000").json().get("key") is None
    assert sorted(Scratch.objects.values_list("title", flat=True)) == ["Of Aziz", "Other window"]


def test_a_refused_save_forgets_nothing(edna, draft):
    form = filled(edna.get(at(draft)), headline="") | {"_scratch_sent": "2000"}
    assert edna.post(at(draft), form).status_code == 200
    assert keep(edna, form | {"summary": "Mine"}, draft.pk, typed_at="1000").json().get("key") is None
    assert Scratch.objects.count() == 1
