"""Whoever says that a translation is up to date says so of the text of the source that they have seen."""

import pytest

from articles.publishing.workflow import move
from articles.translating import source_states
from tests.cast import make_user

from .test_source_states import CORRECTED, corrected, edit, published, state, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def edna():
    return make_user("edna", "approver")


def test_a_click_of_a_page_that_is_older_than_the_source_confirms_nothing(edna, client):
    client.force_login(edna)
    source = published(edna)
    french = translated(source, edna)
    seen = source_states.text_of(source).pk
    corrected(source, edna)
    response = client.post(f"/admin/articles/article/{french.pk}/up-to-date/", {"revision": seen}, follow=True)
    assert "changed again" in response.content.decode()
    assert state(french).behind == 1


def test_a_source_that_changes_while_somebody_confirms_is_not_confirmed(edna):
    source = published(edna)
    french, seen = translated(source, edna), source_states.text_of(source).pk
    corrected(source, edna)
    with pytest.raises(source_states.SourceMoved):
        source_states.confirm(french, edna, seen)
    assert state(french).behind == 1


def test_an_edition_to_come_that_is_discarded_meanwhile_is_not_confirmed(edna):
    """Its last text stays among the revisions of the source."""
    source = published(edna)
    french, copy = translated(source, edna), move(source, "revise", edna)
    edit(copy, body=CORRECTED)
    move(copy, "submit", edna)
    seen = source_states.text_of(copy).pk
    move(copy, "discard", edna)
    with pytest.raises(source_states.SourceMoved):
        source_states.confirm(french, edna, seen, of_edition_to_come=True)
