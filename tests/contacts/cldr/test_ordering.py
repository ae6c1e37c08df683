"""Lists that people read are in the order of names of their language, on every database."""

import re

import pytest
from django.forms import ModelChoiceField
from django.utils.translation import override

from articles.models import list_changes
from contacts.cldr.ordering import ByName, ChoicesByName
from contacts.models import Country, OfficeCountry
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_user

pytestmark = pytest.mark.django_db

FRENCH = {"EGY": "Égypte", "ESP": "Espagne", "SEN": "Sénégal", "SOM": "Somalie", "ZMB": "Zambie"}
CHINESE = {"EGY": "埃及", "ESP": "西班牙", "SEN": "塞内加尔", "SOM": "索马里", "ZMB": "赞比亚"}
BY_PINYIN = ["埃及", "塞内加尔", "索马里", "西班牙", "赞比亚"]
IN = {"fr": list(FRENCH.values()), "zh": BY_PINYIN}
languages = pytest.mark.parametrize("language", IN)


@pytest.fixture
def countries():
    region, found = make_region(), []
    for number, code in enumerate(reversed(FRENCH)):
        country = make_country(code, code, region, iso2=f"X{number}")
        country.translations.create(language="fr", name=FRENCH[code])
        country.translations.create(language="zh", name=CHINESE[code])
        found.append(country)
    list_changes.note_names()
    return found


@pytest.fixture
def desk(client):
    client.force_login(make_user("ada", is_staff=True, is_superuser=True))
    return client


def in_order(response, language, pattern=r">\s*([^<>]+?)(?: \(\d+\))?\s*<"):
    """The names of the countries, as often as the page has them, in its order."""
    found = re.findall(pattern, response.content.decode())
    return [name for name in found if name in IN[language]]


@languages
def test_a_query_is_ordered_by_names(countries, language):
    with override(language):
        assert [row.name for row in Country.objects.order_by(ByName())] == IN[language]
        assert [row.name for row in Country.objects.order_by(ByName().desc())] == IN[language][::-1]


@languages
def test_public_lists_of_names(client, countries, language):
    office = make_office(host_country=countries[0])
    for country in countries:
        OfficeCountry.objects.create(office=office, country=country)
        make_article(language=language, countries=[country], regions=[make_region()])
    assert in_order(client.get(f"/{language}/news/"), language, r"<option[^>]*>([^<]+?) \(\d+\)<") == IN[language]
    assert in_order(client.get(f"/{language}/regions/europe/"), language) == IN[language]
    page = client.get("/fr/offices/geneva/").content.decode()
    assert re.findall(r'<li><a href="[^"]*/countries?/[^"]*">(?:<span[^>]*>)?([^<]+)', page) == IN["fr"]


@languages
def test_lists_of_the_admin(desk, countries, language):
    desk.cookies["django_language"] = language
    page = desk.get("/admin/contacts/country/")
    assert in_order(page, language) == IN[language]
    assert in_order(desk.get("/admin/contacts/country/?o=-1"), language) == IN[language][::-1]
    found = desk.get(
        "/admin/autocomplete/?app_label=contacts&model_name=officecountry&field_name=country&term="
    ).json()["results"]
    assert [row["text"] for row in found] == IN[language]
    assert in_order(desk.get("/admin/articles/article/"), language) == IN[language]


def test_a_column_of_related_rows_is_sorted_by_their_names(desk, countries):
    desk.cookies["django_language"] = "fr"
    for country in countries:
        make_office(f"in-{country.iso3.lower()}", f"Office {country.iso3}", host_country=country)
    for order, wanted in [("3", IN["fr"]), ("-3", IN["fr"][::-1])]:
        assert in_order(desk.get(f"/admin/contacts/office/?o={order}"), "fr") == wanted


def test_rows_without_a_related_row_come_first(desk):
    make_office("geneva").successor = other = make_office("berne")
    other.predecessors.add(make_office("geneva"))
    page = desk.get("/admin/contacts/office/?o=2")
    assert page.status_code == 200


def test_units_and_persons_are_in_one_order(desk):
    for code, fields in [("c", {"unit_name": "Élan"}), ("b", {"display_name": "Eva"}), ("a", {"unit_name": "Zoo"})]:
        contact = make_contact(code)
        contact.translations.all().delete()
        contact.translations.create(language="en", **fields)
    page = desk.get("/admin/contacts/contact/").content.decode()
    assert re.findall(r">(Élan|Eva|Zoo)<", page) == ["Élan", "Eva", "Zoo"]


def test_a_name_in_any_language_counts(countries):
    Country.objects.get(iso3="EGY").translations.exclude(language="fr").delete()
    with override("es"):
        assert Country.objects.with_name().get(iso3="EGY").local_name == "Égypte"


def test_it_takes_one_query_more(countries, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(Country.objects.order_by(ByName()))


def test_a_widget_that_asks_for_the_first_choice_reads_no_rows(countries, django_assert_num_queries):
    """Django's own do, to know whether it is empty: fields that are searched would read their whole table."""
    field = ModelChoiceField(Country.objects.with_translations())
    field.iterator = ChoicesByName
    with django_assert_num_queries(0):
        assert next(iter(field.choices)) == ("", field.empty_label)
    with override("fr"):
        assert [label for _value, label in field.choices] == [field.empty_label, *IN["fr"]]
