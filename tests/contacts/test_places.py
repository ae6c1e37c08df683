"""The places that ship: what they hold, that `loaddata` reads them, and that the builder made them."""

import json
from collections import Counter

import pytest
from babel.core import get_global
from django.conf import settings
from django.core.management import call_command

from contacts.management.commands import build_places
from contacts.models import Country, CountryTranslation, Region

SIX = {"en", "fr", "es", "ar", "ru", "zh"}
# CLDR's territories that are no countries of ISO 3166-1: unions, the unknown, and reserved codes.
PSEUDO = {"EU", "EZ", "UN", "QO", "XA", "XB", "XK", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}

SHIPPED = json.loads((build_places.FIXTURES / "places.json").read_text(encoding="utf-8"))


def shipped(model):
    return [record["fields"] for record in SHIPPED if record["model"] == model]


def names(model, owner):
    """{code of the place: {language: name}}"""
    found = {}
    for fields in shipped(model):
        found.setdefault(fields[owner][0], {})[fields["language"]] = fields["name"]
    return found


COUNTRIES = {fields["iso3"]: fields for fields in shipped("contacts.country")}
COUNTRY_NAMES = names("contacts.countrytranslation", "country")


def test_loaddata_reads_them_and_the_models_accept_them(db):
    call_command("loaddata", "places", verbosity=0)
    countries = list(Country.objects.select_related("region"))
    assert (len(countries), CountryTranslation.objects.count(), Region.objects.count()) == (249, 249 * 6, 8)
    for row in (*countries, *Region.objects.all()):
        row.clean_fields()
        row.clean()


def test_every_country_of_iso_3166_is_there_once_and_nothing_else_is():
    assert len(COUNTRIES) == 249
    for code in ("iso2", "iso3", "m49"):
        assert Counter(fields[code] for fields in COUNTRIES.values()).most_common(1)[0][1] == 1
    assert not (PSEUDO | set(get_global("territory_aliases"))) & {fields["iso2"] for fields in COUNTRIES.values()}


def test_every_place_has_a_name_in_each_of_the_six_languages():
    regions = names("contacts.regiontranslation", "region")
    assert set(COUNTRY_NAMES) == set(COUNTRIES)
    assert len(regions) == 8
    for words in (*regions.values(), *COUNTRY_NAMES.values()):
        assert set(words) == SIX == {code for code, _ in settings.LANGUAGES}
        assert all(words.values())


def test_the_regions_stand_in_their_order_with_one_global():
    regions = {fields["code"]: (fields["kind"], fields["order"]) for fields in shipped("contacts.region")}
    assert regions.pop("global") == ("global", 0)
    assert regions == {
        "europe": ("region", 10),
        "africa": ("region", 20),
        "middle-east-and-north-africa": ("region", 30),
        "asia-pacific": ("region", 40),
        "latin-america-and-caribbean": ("region", 50),
        "north-america": ("region", 60),
        "antarctica": ("region", 70),
    }
    assert {fields["region"][0] for fields in COUNTRIES.values()} == set(regions)


@pytest.mark.parametrize(
    ("iso3", "region", "words"),
    [
        ("CHE", "europe", {"en": "Switzerland", "fr": "Suisse", "ar": "سويسرا"}),
        ("GBR", "europe", {"en": "United Kingdom", "fr": "Royaume-Uni", "zh": "英国"}),
        ("COD", "africa", {"en": "Democratic Republic of the Congo", "es": "República Democrática del Congo"}),
        ("BIH", "europe", {"en": "Bosnia and Herzegovina"}),
        ("LCA", "latin-america-and-caribbean", {"en": "Saint Lucia"}),
        ("COK", "asia-pacific", {"ru": "Острова Кука"}),
    ],
)
def test_names_are_the_usual_short_ones(iso3, region, words):
    assert COUNTRIES[iso3]["region"] == [region]
    assert words.items() <= COUNTRY_NAMES[iso3].items()


@pytest.mark.parametrize(("alias", "iso3"), [("UK", "GBR"), ("USA", "USA"), ("Turkey", "TUR"), ("朝鲜", "PRK")])
def test_other_names_in_use_are_aliases(alias, iso3):
    assert alias in COUNTRIES[iso3]["aliases"]


def test_no_name_or_alias_stands_for_two_countries():
    owners = {}
    for iso3, fields in COUNTRIES.items():
        for name in {*COUNTRY_NAMES[iso3].values(), *fields["aliases"]}:
            owners.setdefault(name.casefold(), set()).add(iso3)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_the_file_is_what_the_builder_writes_from_its_table():
    assert [(record["model"], record["fields"]) for record in SHIPPED] == list(build_places.records())
