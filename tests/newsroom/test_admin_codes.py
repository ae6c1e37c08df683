"""Codes name a row in addresses, filters and imports: once a row is stored, no form changes them."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.models import Banner, Boilerplate, GlossaryTerm
from contacts.models import Contact, Country, Office, Region
from contacts.models.base import Coded
from newsroom.models import Page, Theme
from tests.cast import make_contact, make_country, make_office, make_region, make_topic, make_user
from tests.forms import filled, read

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

CODES = {"code", "iso2", "iso3", "m49"}


@pytest.fixture(params=["superuser", "approver"])
def desk(client, request):
    if request.param == "superuser":
        client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    else:
        client.force_login(make_user("aziz", "approver"))
    return client


def rows():
    """One row of every table with a code."""
    contact = make_contact(office=make_office())
    page = Page.objects.create(code="who-we-are")
    page.translations.create(language="en", title="Who we are")
    banner = Banner.objects.create(code="floods")
    theme = Theme.objects.create(code="blue")
    theme.translations.create(language="en", name="Blue Office")
    banner.translations.create(language="en", text="Rivers rise.")
    about = Boilerplate.objects.create(code="about")
    about.translations.create(language="en", title="About us", body="<p>We work.</p>")
    term = GlossaryTerm.objects.create(code="crest")
    term.translations.create(language="en", wording="flood crest")
    return [contact, contact.office, make_country(), make_region(), make_topic(), page, banner, about, term, theme]


def address(row, view="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{view}", args=[row.pk] if row.pk else [])


def codes_of(model):
    return CODES & {field.name for field in model._meta.fields}


def test_a_stored_code_is_shown_and_a_request_that_sends_one_does_not_change_it(desk):
    for row in rows():
        page = desk.get(address(row))
        offered = {control.name for control in read(page).controls}
        assert not offered & CODES, row
        assert row.key in page.content.decode()
        before = {name: getattr(row, name) for name in codes_of(type(row))}
        other = {"code": "another", "iso2": "XX", "iso3": "XXX", "m49": "999"}
        assert desk.post(address(row), filled(page, tampered=other)).status_code == 302
        row.refresh_from_db()
        assert {name: getattr(row, name) for name in before} == before


def test_the_form_of_a_new_row_asks_for_its_codes(desk):
    for row in rows():
        page = desk.get(address(type(row)(), "add"))
        assert {control.name for control in read(page).controls} & CODES == codes_of(type(row))


def test_every_table_with_a_code_is_tested(desk):
    coded = {model for model in admin.site._registry if issubclass(model, Coded) and codes_of(model)}
    assert coded == {type(row) for row in rows()}
    assert {Contact, Country, Office, Page, Region} < coded


def test_a_new_topic_and_a_new_country_are_stored_with_their_codes(desk):
    topic = filled(desk.get("/admin/articles/topic/add/"), code="ports", **{"translations-0-name": "Ports"})
    assert desk.post("/admin/articles/topic/add/", topic).status_code == 302
    changes = {"iso2": "KE", "iso3": "KEN", "m49": "404", "region": make_region().pk, "translations-0-name": "Kenya"}
    country = filled(desk.get("/admin/contacts/country/add/"), **changes)
    assert desk.post("/admin/contacts/country/add/", country).status_code == 302
    assert Country.objects.get(iso3="KEN").name == "Kenya"
