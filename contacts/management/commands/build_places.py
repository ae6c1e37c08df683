"""`manage.py build_places`: writes fixtures/places.json, the regions and countries that ship. For developers.

Codes, regions and aliases come from `fixtures/countries.tsv` (ISO 3166-1, UN M49). Names come from the Unicode CLDR
(by Babel), except those in NAMES below: there the usual short name of the United Nations differs, and the CLDR name
becomes an alias, so that a search finds both.
"""

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand

import contacts

FIXTURES = Path(contacts.__file__).parent / "fixtures"
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

# code, kind, order and the names in LANGUAGES. Organisations change them in the admin.
REGIONS = [
    ("global", "global", 0, "Global", "Monde", "Mundial", "العالم", "Весь мир", "全球"),
    ("europe", "region", 10, "Europe", "Europe", "Europa", "أوروبا", "Европа", "欧洲"),
    ("africa", "region", 20, "Africa", "Afrique", "África", "أفريقيا", "Африка", "非洲"),
    (
        *("middle-east-and-north-africa", "region", 30),
        *("Middle East and North Africa", "Moyen-Orient et Afrique du Nord", "Oriente Medio y Norte de África"),
        *("الشرق الأوسط وشمال أفريقيا", "Ближний Восток и Северная Африка", "中东和北非"),
    ),
    (
        *("asia-pacific", "region", 40, "Asia and the Pacific", "Asie et Pacifique", "Asia y el Pacífico"),
        *("آسيا والمحيط الهادئ", "Азия и Тихий океан", "亚洲及太平洋"),
    ),
    (
        *("latin-america-and-caribbean", "region", 50),
        *("Latin America and the Caribbean", "Amérique latine et Caraïbes", "América Latina y el Caribe"),
        *("أمريكا اللاتينية ومنطقة البحر الكاريبي", "Латинская Америка и Карибский бассейн", "拉丁美洲和加勒比"),
    ),
    (
        *("north-america", "region", 60, "North America", "Amérique du Nord", "América del Norte"),
        *("أمريكا الشمالية", "Северная Америка", "北美洲"),
    ),
    ("antarctica", "region", 70, "Antarctica", "Antarctique", "Antártida", "أنتاركتيكا", "Антарктика", "南极洲"),
]

# None: CLDR's name is the usual one.
NAMES = {
    "CD": (
        *("Democratic Republic of the Congo", "République démocratique du Congo", None),
        *("جمهورية الكونغو الديمقراطية", "Демократическая Республика Конго", "刚果民主共和国"),
    ),
    "CG": ("Congo", "Congo", "Congo", "الكونغو", "Конго", "刚果"),
    "CV": ("Cabo Verde", "Cabo Verde", None, "كابو فيردي", None, None),
    "FK": (
        *("Falkland Islands (Malvinas)", "Îles Falkland (Malvinas)", "Islas Malvinas (Falkland)"),
        *("جزر فوكلاند (مالفيناس)", "Фолклендские (Мальвинские) острова", "福克兰群岛（马尔维纳斯）"),
    ),
    "FM": (
        *("Micronesia (Federated States of)", "Micronésie (États fédérés de)", "Micronesia (Estados Federados de)"),
        *("ميكرونيزيا (ولايات - الموحدة)", "Микронезия (Федеративные Штаты)", "密克罗尼西亚联邦"),
    ),
    "HK": (
        *("Hong Kong SAR, China", "Hong Kong, RAS de Chine", "Hong Kong, RAE de China"),
        *("هونغ كونغ، منطقة الصين الإدارية الخاصة", "Гонконг, САР Китая", None),
    ),
    "KP": (
        *("Democratic People’s Republic of Korea", "République populaire démocratique de Corée"),
        *("República Popular Democrática de Corea", "جمهورية كوريا الشعبية الديمقراطية"),
        *("Корейская Народно-Демократическая Республика", "朝鲜民主主义人民共和国"),
    ),
    "KR": (
        *("Republic of Korea", "République de Corée", "República de Corea", "جمهورية كوريا"),
        *(None, "大韩民国"),
    ),
    "MM": ("Myanmar", "Myanmar", "Myanmar", "ميانمار", "Мьянма", None),
    "MO": (
        *("Macao SAR, China", "Macao, RAS de Chine", "Macao, RAE de China"),
        *("ماكاو، منطقة الصين الإدارية الخاصة", "Макао, САР Китая", None),
    ),
    "PS": (
        *("State of Palestine", "État de Palestine", "Estado de Palestina", "دولة فلسطين"),
        *("Государство Палестина", "巴勒斯坦国"),
    ),
    "SX": (None, "Saint-Martin (partie néerlandaise)", None, "سينت مارتن", None, "圣马丁（荷属）"),
    "SZ": (None, None, None, None, None, "斯威士兰"),
    "TL": (None, "Timor-Leste", None, "تيمور-ليشتي", "Тимор-Лешти", None),
    "AE": (None, None, None, None, "Объединенные Арабские Эмираты", None),
    "UM": (
        "United States Minor Outlying Islands",
        None,
        "Islas Menores Alejadas de los Estados Unidos",
        None,
        None,
        None,
    ),
    "VA": ("Holy See", "Saint-Siège", "Santa Sede", "الكرسي الرسولي", "Святой Престол", "教廷"),
    "VI": ("United States Virgin Islands", None, "Islas Vírgenes de los Estados Unidos", None, None, None),
    "VN": ("Viet Nam", "Viet Nam", "Viet Nam", "فييت نام", None, None),
}
# Short forms in CLDR names, and what we write instead.
SPELLED_OUT = {
    "en": [(" & ", " and "), ("St. ", "Saint ")],
    "ru": [("о-ва", "острова"), ("о-в ", "остров ")],
}


def countries():
    with (FIXTURES / "countries.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def records():
    """Yield (model label, fields) of every record, each place before its names."""
    for code, kind, order, *names in REGIONS:
        yield "contacts.region", {"code": code, "kind": kind, "order": order}
        for language, name in zip(LANGUAGES, names, strict=True):
            yield "contacts.regiontranslation", {"region": [code], "language": language, "name": name}
    for row in countries():
        yield from _country(row)


def _country(row):
    from babel import Locale

    cldr = {language: Locale(language).territories[row["iso2"]] for language in LANGUAGES}
    ours = dict(zip(LANGUAGES, NAMES.get(row["iso2"], (None,) * len(LANGUAGES)), strict=True))
    names = {language: ours[language] or _spelled_out(language, cldr[language]) for language in LANGUAGES}
    listed = [alias.strip() for alias in (row["aliases"] or "").split(";") if alias.strip()]
    replaced = [cldr[language] for language in LANGUAGES if ours[language]]
    aliases = [alias for alias in dict.fromkeys([*listed, *replaced]) if alias not in names.values()]
    codes = {"iso2": row["iso2"], "iso3": row["iso3"], "m49": row["m49"]}
    yield "contacts.country", codes | {"region": [row["region"]], "aliases": aliases}
    for language, name in names.items():
        yield "contacts.countrytranslation", {"country": [row["iso3"]], "language": language, "name": name}


def _spelled_out(language, name):
    for short, long in SPELLED_OUT.get(language, []):
        name = name.replace(short, long)
    return name[0].upper() + name[1:]


def fixture():
    lines = (json.dumps({"model": model, "fields": fields}, ensure_ascii=False) for model, fields in records())
    return "[\n" + ",\n".join(lines) + "\n]\n"


class Command(BaseCommand):
    help = "Writes contacts/fixtures/places.json, the regions and countries that ship, from countries.tsv and CLDR."
    requires_system_checks = []

    def handle(self, **options):
        (FIXTURES / "places.json").write_text(fixture(), encoding="utf-8")
