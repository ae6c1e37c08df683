"""What each language needs beside a stemmer: the forms of a word find each other, other words do not."""

import pytest

from articles.search.languages.numbers import values

from .test_analysis import found

pytestmark = pytest.mark.one_database

# In each line, every form finds every other one.
SAME = {
    "ar": [
        "فيضان الفيضان فيضانات الفيضانات والفيضانات بالفيضانات للفيضانات وبالفيضانات بفيضانات فيضاناً",
        "مياه المياه والمياه ومياه للمياه بالمياه مياهها ماء الماء",
        "سودان السودان والسودان سوداني السودانية السودانيون",
        "مدرسة المدرسة مدارس المدارس والمدارس مدرستهم مدرستين مدارسنا لمدارس",
        "نهر النهر نهراً أنهار الأنهار والأنهار للأنهار نهران لنهر",
        "وزارة الوزارة ووزارة للوزارة وزارات وزارتا",
        "وقت الوقت أوقات والوقت وقتهم",
        "بئر البئر آبار الآبار بئراً",
        "إنذار الإنذار إنذارات بالإنذارات وإنذار",
        "دولة الدول دول ودولتان دولهم",
        "مزارع مزارعون المزارعين والمزارعون",
        "مسؤول مسؤولين المسؤولون مسوول",
        "فيضان فَيَضان فيـــضان",
        "هجوم هجمات الهجمات",
        "سائق سائقون السائقين سائقوها سائقو",
        "مسجد مساجد المساجد",
        "عمان عمّان وعمّان",
        "عمان عُمان عُمَان بعمان",
        "عملة العملة عملات",
        "٢٠٢٤ 2024",
    ],
    "ru": [
        "казахстан казахстане казахстана казахстаном казахстанский",
        "узбекистан узбекистане",
        "паводок паводка паводки паводков паводками",
        "сигнал сигнала сигналов",
        "день дня дней",
        "судан судане судана",
        "посёлок поселок поселка посёлков",
        "предупреждение предупреждает предупреждены предупреждений",
        "амударья амударьи амударье аму-дарья аму-дарьи",
        "ёлка елка",
        "арал арала аралу",
        "непал непала непале",
        "два двух 2",
    ],
    "en": [
        "harbour harbor harbours harbors",
        "organisation organization organisations",
        "centre center centres centers",
        "kilometre kilometer kilometres",
        "analyse analyze analysed analyzing",
        "grey gray",
        "travelled traveled travelling",
        "catalogue catalog catalogues",
        "programme program programmes",
        "labour labor labouring",
        "email e-mail e‑mail emails",
        "covid19 covid-19 COVID-19",
        "U.S. US USA U.S.A.",
        "Amman Amman's Amman’s",
        "NGO NGOs N.G.O.",
        "lowwater low-water",
        "six 6",
        "witness witnesses",
    ],
    "fr": [
        "eau l'eau l’eau d’eau eaux",
        "inondé inondée inondee inondation",
        "œuvre l'oeuvre d’œuvre",
        "hydrologue hydrologues hydrologie hydrologique",
        "embargo embargos",
        "vidéo vidéos videos",
        "élu élus élue",
        "clé clef clefs cle",
        "porte portes",
        "mère mères mere",
        "crue crues",
        "trois 3",
    ],
    "es": [
        "río ríos rio rios",
        "inundación inundacion inundaciones",
        "EE.UU. EEUU",
        "pez peces",
        "luz luces",
        "puerta puertas",
        "caso casos",
        "seis 6",
    ],
    "zh": ["澜沧江 瀾滄江", "预警 預警", "58 ５８"],
}


@pytest.mark.parametrize(("language", "words"), [(code, line) for code, lines in SAME.items() for line in lines])
def test_every_form_of_a_word_finds_the_others(language, words):
    words = words.split()
    missed = [(text, typed) for text in words for typed in words if not found(text, typed, language)]
    assert missed == []


OTHERS = {
    "ar": [
        ("كبير", "بئر"),
        ("البحرين", "بحر"),
        ("لبنان", "لبن"),
        ("مدني", "مدن"),
        ("بلدة", "بلد"),
        ("مدرس", "مدرسة"),
        ("طريقة", "طريق"),
        ("رئيسي", "رئيس"),
        ("مكتبة", "مكتب"),
        ("وعد", "عدد"),
        ("كتابة", "كتاب"),
        ("عمّان", "عُمان"),
        ("عُمان", "عمّان"),
        ("كتاب", "كتابة"),
        ("كتابةً", "كتاب"),
        ("إلى عملهم", "عملة"),
        ("عمل", "عملات"),
    ],
    "ru": [
        ("подаёт", "под"),
        ("о воде", "ООВ"),
        ("поле", "полив"),
        ("постоянному", "пост"),
        ("пар", "паром"),
        ("после", "послы"),
        ("страна", "странный"),
        ("река", "рекорды"),
    ],
    "en": [
        ("who will pay", "WHO"),
        ("tell us", "US"),
        ("US$ 5", "US"),
        ("an hour", "hor"),
        ("prices", "prizes"),
        ("3 of 5", "3.5"),
        ("35", "3.5"),
        ("3.5", "35"),
        ("first aids", "AIDS"),
        ("well", "wellness"),
        ("severe", "several"),
        ("imports", "important"),
        ("executive", "executions"),
        ("experience", "experiments"),
        ("author", "authorities"),
        ("busy", "business"),
        ("universities", "universe"),
    ],
    "fr": [
        ("cours", "course"),
        ("ports", "portes"),
        ("mur", "mûres"),
        ("la mer", "mère"),
        ("vent", "vente"),
        ("crus", "crue"),
        ("station", "stationnement"),
        ("bas", "base"),
        ("rivière", "riviera"),
        ("dans", "dan"),
    ],
    "es": [
        ("crece", "crecida"),
        ("casas", "caso"),
        ("puertos", "puerta"),
        ("plazos", "plaza"),
        ("barro", "barra"),
        ("cuentas", "cuento"),
        ("costos", "costa"),
        ("pero", "pera"),
        ("para", "parar"),
        ("generan", "generoso"),
    ],
    "zh": [("后天", "天后")],
}


@pytest.mark.parametrize(
    ("language", "text", "typed"), [(code, *pair) for code, pairs in OTHERS.items() for pair in pairs]
)
def test_another_word_is_not_found(language, text, typed):
    assert not found(text, typed, language)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("en", "3,000 people", "3000"),
        ("en", "3000 people", "3,000"),
        ("en", "3 000 people", "3000"),
        ("en", "3\u00a0000", "3,000"),
        ("en", "3\u202f000", "3000"),
        ("en", "1,234,567", "1234567"),
        ("en", "1,000.5", "1000.5"),
        ("fr", "9\u202f840 stations", "9.840"),
        ("fr", "3,5 pour cent", "3.5"),
        ("es", "214 000", "214.000"),
        ("ru", "9 840", "9840"),
        ("ar", "٣٬٠٠٠", "3000"),
        ("ar", "4,200 هكتار", "٤٢٠٠"),
        ("zh", "9840个", "9,840"),
        ("en", "40%", "40 per cent"),
        ("en", "40 percent", "40%"),
        ("en", "40 per cent", "40 percent"),
        ("fr", "40 %", "40 pour cent"),
        ("ar", "40%", "40 في المائة"),
        ("en", "$64 million", "64 million dollars"),
        ("en", "US$64 million", "$64 million"),
        ("en", "call +41 22 555 01 50", "555"),
        ("en", "on 20.11.2026", "2026"),
        ("en", "2,5 km", "2.5"),
        ("en", "5km", "5 km"),
    ],
)
def test_numbers_are_found_however_they_are_written(language, text, typed):
    assert found(text, typed, language)


def test_the_language_says_what_three_digits_after_a_sign_are():
    assert (values("3.125", "en"), values("3.125", "es")) == (("3_125",), ("3125",))
    assert (values("3,125", "en"), values("3,125", "fr")) == (("3125",), ("3_125",))
    assert values("3.000", "en") == values("3,000", "ru") == ("3000",)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("ru", "Казахстан открыл станции", "в Казахстане"),
        ("en", "Danube ministers", "the ministers of the Danube"),
        ("fr", "Dakar ferme", "de Dakar"),
        ("es", "Titicaca sube", "del Titicaca"),
        ("ar", "الصومال", "في الصومال"),
    ],
)
def test_prepositions_are_not_asked_for(language, text, typed):
    assert found(text, typed, language)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("en", "63 schools store water", "How many schools store water?"),
        ("fr", "Le bureau ferme", "quand ferme le bureau ?"),
        ("fr", "Le bureau ferme", "qu’est-ce que le bureau"),
        ("es", "Cruzan el puente", "¿cuántos cruzan el puente?"),
        ("ar", "صدرت النشرة", "متى صدرت النشرة؟"),
        ("ru", "58 стран в архиве", "сколько стран в архиве"),
    ],
)
def test_words_that_ask_are_not_asked_for(language, text, typed):
    assert found(text, typed, language)


def test_a_preposition_alone_is_a_word():
    assert found("of", "of", "en")
    assert not found("water", "of", "en")
