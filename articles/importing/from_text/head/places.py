"""Names of places, for datelines and regions: countries and cities of the Unicode CLDR, and those of the newsroom."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global
from django.apps import apps

from ..words import LANGUAGES

# Names that people write and the CLDR has not, by the code that they mean.
SHORT = {
    "uk": "GB", "u.k.": "GB", "usa": "US", "u.s.": "US", "united states of america": "US", "uae": "AE", "drc": "CD",
    "dr congo": "CD", "democratic republic of the congo": "CD", "rdc": "CD",
    "république démocratique du congo": "CD", "república democrática del congo": "CD", "russian federation": "RU",
    "российская федерация": "RU", "рф": "RU", "сша": "US", "syrian arab republic": "SY", "viet nam": "VN",
    "türkiye": "TR", "turkey": "TR", "turquie": "TR", "turquía": "TR", "ivory coast": "CI", "cote d'ivoire": "CI",
    "ee. uu.": "US", "eeuu": "US", "états-unis d'amérique": "US", "swaziland": "SZ", "cape verde": "CV",
    "south sudan": "SS", "великобритания": "GB", "киргизия": "KG", "кыргызстан": "KG", "молдавия": "MD",
}  # fmt: skip
# Names of regions that neither has.
OTHER_REGIONS = (
    "Worldwide|International|Internacional|Международные|В мире|国际|عالمي|West Africa|East Africa|Sahel|Horn of Africa"
    "|Middle East"
    "|Latin America|The Caribbean|The Pacific|Afrique de l’Ouest|Afrique de l’Est|Afrique centrale|Afrique australe"
    "|Moyen-Orient|Proche-Orient|Amérique latine|Caraïbes|África Occidental|África Oriental|Oriente Medio"
    "|Oriente Próximo|América Latina|Caribe|غرب أفريقيا|شرق أفريقيا|الشرق الأوسط|أمريكا اللاتينية|Ближний Восток"
    "|Латинская Америка|Западная Африка|Восточная Африка|中东|西非|东非|拉丁美洲"
).split("|")
AND = re.compile(r"\s+(?:and|et|y|и|&)\s+|\s+و|\s*[、和及与]\s*|\s*[,،]\s*")
LONGEST_REGION, FEWEST_LETTERS = 80, 5
SEPARATORS = (", ", "/", " / ")
BETWEEN = re.compile("(, | / |/)")
SMALL = set("de del du des d la las le les los l sur en et y of the upon на au aux".split())  # within names of towns


def folded(name):
    """The name in one spelling: small letters, no accents on Latin letters, plain apostrophes."""
    text = unicodedata.normalize("NFD", name.replace("’", "'").casefold())
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Mn")
    return " ".join(unicodedata.normalize("NFC", text).replace("_", " ").strip(" .,;:،，。").split())


@cache
def _countries():
    """{name: ISO 3166-1 alpha-2}"""
    found = {}
    for language in LANGUAGES:
        for code, name in Locale.parse("zh_Hans" if language == "zh" else language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "UN", "EZ", "ZZ", "QO"):
                found[folded(name)] = code
    return found | {folded(name): code for name, code in SHORT.items()}


@cache
def _cities():
    """{name: the name as it is written}"""
    names = Path(__file__).with_name("cities.txt").read_text(encoding="utf-8").split()
    found = {folded(name): name.replace("_", " ") for name in names}
    for zone in get_global("zone_territories"):
        if "/" in zone:
            name = zone.rpartition("/")[2].replace("_", " ")
            found.setdefault(folded(name), name)
    for language in LANGUAGES:
        zones = Locale.parse("zh_Hans" if language == "zh" else language).time_zones
        for zone, names in zones.items():
            name = names.get("city", zone.rpartition("/")[2].replace("_", " "))
            found.setdefault(folded(name), name)
    return found


@cache
def _regions():
    """The names of the regions that a newsroom begins with (`import_fixture places`), and those of UN M49."""
    path = Path(apps.get_app_config("contacts").path) / "fixtures/places.json"
    records = json.loads(path.read_text(encoding="utf-8"))
    names = [row["fields"]["name"] for row in records if row["model"] == "contacts.regiontranslation"]
    for language in LANGUAGES:
        territories = Locale.parse("zh_Hans" if language == "zh" else language).territories
        names += [name for code, name in territories.items() if code.isdecimal()]  # UN M49: "Eastern Africa"
    return {folded(name) for name in [*names, *OTHER_REGIONS]}


def _is_one_word(name):
    """Whether it is a word and no abbreviation, so that only its first letter is a capital."""
    return name.isalpha() and len(name) >= FEWEST_LETTERS


class Places:
    """What is known of places. `regions`, `cities`: further names, such as those of the newsroom's rows."""

    def __init__(self, regions=(), cities=()):
        self._regions = {folded(name) for name in regions}
        self._cities = {folded(name): name for name in cities}

    def country(self, name):
        """ISO 3166-1 alpha-2, or ""."""
        return _countries().get(folded(name), "")

    def is_city(self, name):
        key = folded(name)
        return key in _cities() or key in self._cities

    def is_region(self, name):
        """Whether it is a region, or several: "Europe and Central Asia"."""
        if len(name) > LONGEST_REGION:
            return False
        return self._is_one_region(name) or all(map(self._is_one_region, AND.split(name)))

    def _is_one_region(self, name):
        key = folded(name)
        return key in _regions() or key in self._regions

    def spelt(self, name):
        """A name in capitals as it is usually written, if it is known; "GENÈVE" gives "Genève"."""
        return "".join(part if part in SEPARATORS else self._part_spelt(part) for part in BETWEEN.split(name))

    def is_spelt(self, name):
        """Whether the spelling of a name is known: it is not in capitals only, a known town, or one word."""
        parts = [part.strip() for part in re.split(r"[,/،]", name)]
        return all(not one.isupper() or len(one) < 4 or self.is_city(one) or _is_one_word(one) for one in parts)

    def _part_spelt(self, name):
        if not name.isupper() or len(name) < 4:
            return name
        usual = self._cities.get(folded(name)) or _cities().get(folded(name))
        if usual and usual.casefold() == name.casefold():
            return usual
        words = re.split(r"([\s’'-]+)", name.lower())
        return "".join(word if at and word in SMALL else word[:1].upper() + word[1:] for at, word in enumerate(words))
