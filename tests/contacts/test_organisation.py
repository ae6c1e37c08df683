"""The organisation is called by its name in the reader's language, where it has one."""

import pytest

from contacts.languages import organisation_name

pytestmark = pytest.mark.one_database


@pytest.mark.django_db
def test_the_page_carries_the_name_in_its_language(client, settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = "Shared Waters", {"fr": "Eaux partagées"}
    assert organisation_name("fr") == "Eaux partagées"
    assert organisation_name("ar") == "Shared Waters"
    assert "Eaux partagées" in client.get("/fr/").content.decode()
    assert "Shared Waters" in client.get("/ar/").content.decode()
