"""Languages and time zones have names in the reader's language."""

import re
from zoneinfo import available_timezones

import pytest
from django.utils.translation import override

from contacts.languages import language_name, zone_name
from tests.cast import make_contact, make_office

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        ("en", ["French", "Wolof", "Bemba", "Brazilian Portuguese"]),
        ("fr", ["français", "wolof", "bemba", "portugais brésilien"]),
        ("ar", ["الفرنسية", "الولوفية", "البيمبا", "البرتغالية البرازيلية"]),
        ("zh", ["法语", "沃洛夫语", "本巴语", "巴西葡萄牙语"]),
    ],
)
def test_a_language_is_named_in_the_readers_language(reader, names):
    with override(reader):
        assert [language_name(tag).text for tag in ("fr", "wo", "bem", "pt-BR")] == names


def test_a_language_without_a_name_of_its_own_has_that_of_its_first_part_or_stays_as_it_is():
    with override("en"):
        assert [str(language_name(tag)) for tag in ("fr-SN", "qzz", "not a tag")] == ["French", "qzz", "not a tag"]


def test_a_time_zone_is_the_city_that_it_goes_by():
    with override("ar"):
        assert [zone_name(zone) for zone in ("Africa/Nairobi", "UTC")] == ["نيروبي", "UTC"]
        assert zone_name("Mars/Olympus") == "Mars/Olympus"


def test_the_name_of_a_time_zone_reads_no_files(monkeypatch):
    zone_name("Europe/London")
    monkeypatch.setattr("builtins.open", None)  # the list of all zones opens 600 files
    assert zone_name("Europe/London") == "London"


@pytest.mark.parametrize(
    ("zone", "names"),
    [
        ("Asia/Kathmandu", ["Kathmandu", "Katmandou", "كاتماندو", "Катманду", "加德满都"]),
        ("Europe/Kyiv", ["Kyiv", "Kiev", "كييف", "Киев", "基辅"]),
        ("Asia/Yangon", ["Yangon", "Rangoun", "رانغون", "Янгон", "仰光"]),
        ("Asia/Kolkata", ["Kolkata", "Calcutta", "كالكتا", "Калькутта", "加尔各答"]),
        (
            "America/Argentina/Buenos_Aires",
            ["Buenos Aires", "Buenos Aires", "بوينوس أيرس", "Буэнос-Айрес", "布宜诺斯艾利斯"],
        ),
    ],
)
def test_a_zone_that_got_another_name_keeps_its_city(zone, names):
    found = []
    for reader in ("en", "fr", "ar", "ru", "zh"):
        with override(reader):
            found.append(zone_name(zone))
    assert found == names


def test_every_zone_has_a_city_in_the_readers_letters():
    """But for what is no place, such as UTC, and the few that the CLDR does not know yet."""
    with override("ar"):
        cities = {zone: zone_name(zone) for zone in available_timezones()}
    latin = {zone for zone, city in cities.items() if re.search("[A-Za-z]", city)}
    no_place = {zone for zone in latin if re.search("GMT|UTC|UCT|Zulu|Universal|Greenwich|localtime|Factory", zone)}
    assert latin - no_place <= {"America/Coyhaique"}


def test_a_language_of_which_few_languages_know_the_name():
    with override("ru"):
        assert language_name("hif").html() == "фиджийский хинди"
        assert language_name("prs").html() == "дари"
        assert language_name("wls").language in ("", "en")
        unknown = language_name("smp")  # CLDR has an English name, or none
    assert unknown.language != "ru"


def test_a_site_language_that_cldr_lacks_reads_english():
    with override("tlh"):
        assert language_name("fr").text == "French"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reader", "listed", "zone"),
    [("es", "francés y wólof", "Zúrich"), ("ar", "الفرنسية والولوفية", "زيورخ"), ("zh", "法语和沃洛夫语", "苏黎世")],
)
def test_pages_list_languages_with_the_readers_names_and_comma(client, reader, listed, zone):
    office = make_office("dakar", languages=["fr", "wo"])
    make_contact("press", office=office, languages=["fr", "wo"])
    page = client.get(f"/{reader}/offices/dakar/").content.decode()
    assert page.count(f"<dd>{listed}</dd>") == 2
    assert f"<dd>{zone}</dd>" in page
    assert f"<dd>{listed}</dd>" in client.get(f"/{reader}/media-contacts/").content.decode()
