"""Offices and contacts in the admin: telephones say what was understood, lists are typed as words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact, Office, Phone
from tests.cast import make_contact, make_country, make_office, make_region, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def edna(client):
    user = make_user("edna", "editor")
    client.force_login(user)
    return user


def save(client, row, **changes):
    at = f"/admin/contacts/{row._meta.model_name}/{row.pk}/change/"
    return client.post(at, filled(client.get(at), **changes))


def test_one_line_may_hold_two_numbers(client, edna):
    contact = make_contact()
    assert save(client, contact, **{"phones-0-display": "+41 22 717 93 89/ 59"}).status_code == 302
    phone = contact.phones.get()
    assert (phone.display, phone.e164) == ("+41 22 717 93 89/ 59", ["+41227179389", "+41227179359"])
    html = client.get(f"/admin/contacts/contact/{contact.pk}/change/").content.decode()
    assert "+41227179389 · +41227179359" in html


@pytest.mark.parametrize(
    ("display", "reason"),
    [
        ("ask for extension 44", "There is an extension, but no number before it."),
        ("+41 22", "Too short for a telephone number"),
        ("none", "There is no number in this line."),
    ],
)
def test_a_line_that_cannot_be_read_is_kept_and_flagged_with_a_reason(client, edna, display, reason):
    contact = make_contact()
    save(client, contact, **{"phones-0-display": display})
    assert contact.phones.get().e164 == []
    html = client.get(f"/admin/contacts/contact/{contact.pk}/change/").content.decode()
    assert '<strong class="problem">' in html
    assert reason in html
    listed = client.get("/admin/contacts/contact/?telephones=doubt").context["cl"].result_list
    assert list(listed) == [contact]


def numbers():
    return list(Phone.objects.order_by("pk").values_list("e164", flat=True))


def test_telephones_follow_the_country_of_their_office(client, edna):
    denmark = make_country("DNK", "Denmark", iso2="DK")
    office = make_office("oslo", host_country=make_country("NOR", "Norway"))
    contact = make_contact(office=office)
    for owner in ({"office": office}, {"contact": contact}):
        Phone.objects.create(display="22 12 34 56", **owner)
    assert numbers() == [["+4722123456"], ["+4722123456"]]
    assert save(client, office, host_country=denmark.pk).status_code == 302
    assert numbers() == [["+4522123456"], ["+4522123456"]]


def test_telephones_follow_a_contact_to_another_office(client, edna):
    contact = make_contact(office=make_office("oslo", host_country=make_country("NOR", "Norway")))
    contact.phones.create(display="22 12 34 56")
    copenhagen = make_office("copenhagen", host_country=make_country("DNK", "Denmark", iso2="DK"))
    assert save(client, contact, office=copenhagen.pk).status_code == 302
    assert numbers() == [["+4522123456"]]


def test_editors_of_one_office_give_no_contact_to_another(client):
    contact, nairobi = make_contact(), make_office("nairobi", "Nairobi Office")
    client.force_login(make_user("nora", "editor", office=contact.office))
    assert "office" in errors(save(client, contact, office=nairobi.pk))
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    assert save(client, contact, office=nairobi.pk).status_code == 302


def test_languages_are_typed_with_commas(client, edna):
    office = make_office()
    save(client, office, languages="en, fr , sw")
    office.refresh_from_db()
    assert office.languages == ["en", "fr", "sw"]
    assert "languages" in errors(save(client, office, languages="english please"))


def test_the_next_missing_language_is_offered(client, edna):
    response = client.get(f"/admin/contacts/office/{make_office().pk}/change/")
    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.forms[-1]["language"].value() == "fr"


def test_a_name_in_arabic_is_saved_and_shown_from_right_to_left(client, edna):
    office = make_office()
    save(client, office, **{"translations-1-language": "ar", "translations-1-name": "مكتب جنيف"})
    html = client.get(f"/admin/contacts/office/{office.pk}/change/").content.decode()
    field = next(tag for tag in html.split("<") if "مكتب جنيف" in tag and tag.startswith("input"))
    assert 'dir="rtl"' in field
    assert 'lang="ar"' in field


def test_opening_hours_end_after_they_begin(client, edna):
    office = make_office()
    hours = {"weekday": "0", "opens": "17:00", "closes": "09:00"}
    response = save(client, office, **{f"opening_hours-0-{name}": value for name, value in hours.items()})
    assert "Closing time comes after opening time." in response.content.decode()


def test_search_finds_a_name_in_any_language(client, edna):
    office = make_office()
    office.translations.create(language="ru", name="Женева")
    make_office("nairobi", "Nairobi Office")
    assert list(client.get("/admin/contacts/office/?q=женева").context["cl"].result_list) == [office]


@pytest.mark.parametrize("table", ["office", "contact", "region", "country"])
def test_a_list_costs_the_same_for_few_and_for_many(client, edna, table):
    def fill(start, number):
        for index in range(start, start + number):
            make_region(f"region-{index}", "Region")
            office = make_office(f"office-{index}", "Office")
            make_contact(f"contact-{index}", "Contact", office=office)

    at = f"/admin/contacts/{table}/"
    fill(0, 2)
    client.get(at)
    with CaptureQueriesContext(connection) as few:
        client.get(at)
    fill(2, 5)
    with CaptureQueriesContext(connection) as many:
        client.get(at)
    assert len(many) == len(few)


def test_a_circle_of_successors_is_refused_with_a_sentence(client, edna):
    old = make_contact("old")
    new = make_contact("new", replaced_by=old)
    assert "replaced_by" in errors(save(client, old, replaced_by=new.pk))
    assert Contact.objects.get(pk=old.pk).replaced_by is None
    assert Office.objects.count() == 1


def test_a_keeper_of_one_office_gives_no_contact_to_another(client):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    client.force_login(make_user("edna", "editor", office=geneva))
    contact = make_contact(office=geneva)
    assert "office" in errors(save(client, contact, office=lima.pk))
    assert save(client, contact, office=geneva.pk).status_code == 302
    contact.refresh_from_db()
    assert contact.office == geneva


def test_a_web_address_without_a_scheme_is_a_secure_one(client, edna):
    office = make_office()
    assert save(client, office, website="example.org").status_code == 302
    office.refresh_from_db()
    assert office.website == "https://example.org"


def test_who_may_only_view_sees_codes_from_left_to_right_and_names_in_their_language(client):
    office = make_office(website="https://example.org/")
    office.translations.create(language="ar", name="مكتب جنيف", city="جنيف")
    client.force_login(make_user("walt", "writer", office=make_office("bern", "Bern")))
    client.cookies["django_language"] = "ar"
    page = client.get(f"/admin/contacts/office/{office.pk}/change/").content.decode()
    assert '<bdi dir="ltr">geneva</bdi>' in page
    assert '<bdi dir="ltr"><a href="https://example.org/">https://example.org/</a></bdi>' in page
    assert '<bdi dir="ltr">Europe/Zurich</bdi>' in page
    assert '<div dir="rtl" lang="ar">مكتب جنيف</div>' in page
    assert '<div dir="ltr" lang="en">Geneva Office</div>' in page


def test_no_more_rows_are_offered_than_there_are_languages(client, edna):
    office = make_office()
    page = client.get(f"/admin/contacts/office/{office.pk}/change/").context
    assert page["inline_admin_formsets"][0].formset.max_num == 6
