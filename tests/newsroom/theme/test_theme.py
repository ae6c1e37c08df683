"""The look of the site from the admin: colours that can be read, a style sheet at an address of its own, at once."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from contacts.languages import organisation_name
from contacts.public_pages import names_changed
from newsroom.models import Theme
from newsroom.theme import colours
from tests import files
from tests.cast import create_image
from tests.forms import errors, filled

pytestmark = pytest.mark.one_database
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.fixture
def ada(client, db):
    client.force_login(get_user_model().objects.create_superuser("ada", "ada@example.org", "a long password"))
    return client


def make(**changes):
    theme = Theme.objects.create(code="blue", is_used=True, **changes)
    names_changed()
    return theme


def test_contrasts_are_those_of_wcag():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert round(colours.contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(colours.contrast("#0a4f59", "#ffffff"), 2) == 9.23


@given(COLOURS, COLOURS, COLOURS, COLOURS)
def test_what_is_accepted_can_be_read(brand, link, brand_dark, link_dark):
    theme = Theme(code="x", brand=brand, link=link, brand_dark=brand_dark, link_dark=link_dark)
    try:
        theme.clean()
    except ValidationError:
        return
    for mode, band, ink in (("light", brand, link), ("dark", brand_dark, link_dark)):
        assert colours.contrast(band, colours.ON_BRAND[mode]) >= 4.5
        assert all(colours.contrast(ink, paper) >= 4.5 for paper in colours.PAPERS[mode])


def test_a_colour_that_cannot_be_read_is_refused_with_its_ratio(ada):
    page = ada.get(reverse("admin:newsroom_theme_add"))
    refused = ada.post(page.request["PATH_INFO"], filled(page, code="pale", brand="#88ccff", link="blue"))
    found = errors(refused)
    assert any("to 1" in text for text in [*found.get("brand", []), *found["link"]])
    assert "#0a4f59" in found["link"][0]
    refused = ada.post(
        page.request["PATH_INFO"], filled(page, code="pale", brand="#88ccff", social_links="javascript:alert(1)")
    )
    found = errors(refused)
    assert "1.7" in found["brand"][0]
    assert "javascript" in found["social_links"][0]
    ada.post(page.request["PATH_INFO"], filled(page, code="blue", brand="#0B3D6E", is_used=True))
    assert Theme.objects.get().brand == "#0b3d6e"


def test_without_a_theme_pages_are_as_they_come(client, db):
    page = client.get("/en/").content.decode()
    assert "theme/" not in page
    assert 'content="#0a4f59"' in page


def test_readers_see_a_change_at_once(cached, django_capture_on_commit_callbacks):
    assert "Blue Office" not in cached.get("/en/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        theme = make(brand="#0b3d6e", letters="sans", social_links="https://www.social.example/@us")
        theme.translations.create(language="en", name="Blue Office", footer="Since 1901.", licence="With credit.")
    page = cached.get("/en/").content.decode()
    assert all(text in page for text in ("Blue Office", "Since 1901.", "With credit.", "social.example</bdi>"))
    assert theme.style_address in page
    assert organisation_name("en") == "Blue Office"
    sheet = cached.get(theme.style_address)
    assert "--brand: #0b3d6e" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"]
    former = theme.style_address
    with django_capture_on_commit_callbacks(execute=True):
        Theme.objects.update(brand="#5b2a86")
        names_changed()
    theme.refresh_from_db()
    assert theme.style_address != former
    assert theme.style_address in cached.get("/en/").content.decode()
    assert "immutable" not in cached.get(former)["Cache-Control"]


def test_a_theme_that_is_not_in_use_is_seen_in_its_preview_alone(ada):
    theme = make(brand="#5b2a86", emblem=create_image(files.picture(), credit="A"))
    Theme.objects.update(is_used=False)
    names_changed()
    public = ada.get("/en/").content.decode()
    assert theme.style_address not in public
    preview = ada.get(reverse("admin:newsroom_theme_preview", args=[theme.pk]))
    assert theme.style_address in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]
    assert theme.style_address not in ada.get("/en/").content.decode()


def test_the_emblem_of_the_look_in_use_is_public(client, db):
    theme = make(emblem=create_image(files.picture(), credit="A"))
    address = theme.emblem.get_absolute_url()
    assert address in client.get("/en/").content.decode()
    assert client.get(address).status_code == 200
    Theme.objects.update(is_used=False)
    assert client.get(address).status_code == 404


def test_two_looks_are_not_in_use(db):
    make()
    with pytest.raises(ValidationError, match="Take that out of use"):
        Theme(code="red", is_used=True).full_clean()
