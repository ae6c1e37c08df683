"""The note on an office's closure is written in every language, and says so where it is in another than the page."""

import re

import pytest
from django.core.exceptions import ValidationError

from contacts.validators import validate_texts
from tests.cast import NOW, make_office, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PAGE = "/admin/contacts/office/{}/change/"


@pytest.fixture
def closure():
    today = NOW().date()
    return make_office().closures.create(first_day=today, last_day=today, notes={"en": "Move", "ar": "انتقال"})


@pytest.fixture
def desk(client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    return client


def test_readers_get_it_in_their_language_else_marked_as_another(client, closure):
    assert ">انتقال</span>" in client.get("/ar/offices/geneva/").content.decode()
    assert '<span lang="en" dir="ltr">Move</span>' in client.get("/ru/offices/geneva/").content.decode()


def test_editors_write_it_in_the_form_of_the_office(desk, closure):
    page = PAGE.format(closure.office_id)
    changes = {"closures-0-notes_fr": "Déménagement", "closures-0-notes_ar": " "}
    desk.post(page, filled(desk.get(page), tampered=changes))
    closure.refresh_from_db()
    assert closure.notes == {"en": "Move", "fr": "Déménagement"}
    html = desk.get(page).content.decode()
    assert len(re.findall(r'name="closures-0-notes_[a-z]+" [^>]*aria-label="Note 1 – ', html)) == 6


def test_markup_in_it_is_taken_out(desk, closure):
    page = PAGE.format(closure.office_id)
    changes = {"closures-0-notes_en": "<b>Move</b>\u200b out"}
    response = desk.post(page, filled(desk.get(page), tampered=changes), follow=True)
    assert "Note: 2 HTML tags were removed." in response.content.decode()
    closure.refresh_from_db()
    assert closure.notes["en"] == "Move out"


def test_a_note_that_is_too_long_is_told_at_its_field(desk, closure):
    page = PAGE.format(closure.office_id)
    response = desk.post(page, filled(desk.get(page), tampered={"closures-0-notes_en": "x" * 201}))
    assert response.status_code == 200
    assert errors(response)


@pytest.mark.parametrize(
    "value", [[], "Move", {"en": 1}, {"xx": "Move"}, {"en": "x" * 201}, {"en": "<b>Move</b>"}, {"en": "a\nb"}]
)
def test_a_file_brings_nothing_else(value):
    with pytest.raises(ValidationError):
        validate_texts(value)
    validate_texts({"en": "Move", "fr": ""})


@pytest.mark.parametrize("text", [" Move  out", "Move&nbsp;out", "Move\u200b out", "<b>Move</b> out", "Move\nout"])
def test_who_sends_a_file_is_told_what_the_text_should_be(text):
    with pytest.raises(ValidationError, match="Without them it is “Move out”"):
        validate_texts({"en": text})
