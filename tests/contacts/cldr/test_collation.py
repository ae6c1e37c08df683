"""Names stand where readers of a language look for them: by the collation of the CLDR."""

import random

import pytest

from contacts.cldr.collation import sort_key

pytestmark = pytest.mark.one_database

# As ICU 72 sorts them (PostgreSQL: ORDER BY name COLLATE "fr-x-icu").
ORDERED = {
    "en": ["10 Downing", "2 Rue", "a b", "a-b", "ab", "Åland", "Albania", "Côte", "Łódź", "œuvre", "Zambia", "Ёж"],
    "fr": ["Égypte", "Espagne", "Éthiopie", "Saint Lucie", "Saint-Lucie", "Sainte", "Sénégal", "Somalie", "Zambie"],
    "es": ["Egipto", "Níger", "Noruega", "nz", "ñandú", "Omán", "Perú", "Ucrania"],
    "ar": [
        "آلاء",
        "أحمد",
        "احمد",
        "الأردن",
        "الجزائر",
        "بيروت",
        "ة",
        "ت",
        "مكتبة",
        "مكتبت",
        "هـرم",
        "هندوراس",
        "ىوم",
        "يوم",
        "a",
    ],
    "ru": ["Египет", "Ёж", "ёлка", "ель", "индекс", "иод", "йод", "Ямайка", "Albania"],
    "zh": ["2号", "阿富汗", "北京", "冲", "重庆", "审计", "中国", "重要", "Albania"],
}


@pytest.mark.parametrize("language", ORDERED)
def test_names_are_in_the_order_of_the_language(language):
    names = ORDERED[language]
    mixed = random.Random(7).sample(names, len(names))
    assert sorted(mixed, key=lambda name: sort_key(name, language)) == names


def test_case_and_accents_decide_only_between_equal_letters():
    names = ["cote", "Cote", "coté", "Coté", "côte", "Côte", "côté", "cotes"]
    mixed = random.Random(7).sample(names, len(names))
    assert sorted(mixed, key=lambda name: sort_key(name, "fr")) == names


def test_a_character_that_no_table_has_comes_last_and_is_no_error():
    names = ["Albania", "Ёж", "አዲስ አበባ", "서울", "\U0001f30a"]
    assert sorted(names, key=lambda name: sort_key(name, "en"))[-2:] == ["서울", "አዲስ አበባ"]
    assert sort_key("", "en") < sort_key(" ", "en")


def test_a_language_that_the_site_does_not_have_is_sorted_as_the_default_one():
    assert sort_key("Ñandú", "tlh") == sort_key("Ñandú", "en")
