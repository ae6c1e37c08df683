"""Figures of headline and standfirst are found in the text in whatever digits, separators or words it has them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.checks.headline_numbers import missing
from articles.checks.structure import skipped_levels

pytestmark = pytest.mark.one_database

DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"]
GROUPS = {"en": ",", "fr": "\u202f", "es": ".", "ar": "\u066c", "ru": "\u00a0", "zh": ","}


def written(number, language, digits, separator):
    return f"{number:,}".replace(",", separator).translate(str.maketrans(DIGITS[0], digits))


@given(
    st.integers(0, 10**12), st.sampled_from(sorted(GROUPS)), st.sampled_from(DIGITS), st.sampled_from(DIGITS),
    st.booleans(), st.booleans(),
)  # fmt: skip
@example(3000, "es", DIGITS[0], DIGITS[1], True, False)
def test_a_number_is_the_same_in_other_digits_and_separators(number, language, one, other, grouped, also_grouped):
    claim = written(number, language, one, GROUPS[language] if grouped else "")
    text = written(number, language, other, GROUPS[language] if also_grouped else "")
    assert missing(claim, f"a {text} b", language) == []


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(sorted(GROUPS)))
def test_another_number_is_missed(number, other, language):
    claim, text = (written(one, language, DIGITS[0], GROUPS[language]) for one in (number, other))
    assert bool(missing(claim, text, language)) == (number != other)


@given(st.text(), st.text(), st.sampled_from(sorted(GROUPS)))
def test_no_text_breaks_the_check_and_a_text_has_its_own_figures(claim, text, language):
    missing(claim, text, language)
    assert missing(claim, claim, language) == []


@pytest.mark.parametrize(
    ("claim", "text", "language", "expected"),
    [
        ("3.5 million people", "3,500,000 people", "en", []),
        ("3.5 million people", "3.5 people", "en", []),
        ("3,5 millions", "3 500 000", "fr", []),
        ("3,5 млн", "3,5 миллиона", "ru", []),
        ("350万人", "3500000人", "zh", []),
        ("٣٫٥ مليون", "3.5 مليون", "ar", []),
        ("USD 4 bn", "4,000 million dollars", "en", []),
        ("2 trillones 3 billones", "2 000 000 000 000", "es", ["2", "3 billones"]),
        ("350百万人", "3.5亿人", "zh", []),
        ("3 mil millones de euros", "3 000 000 000 de euros", "es", []),
        ("3 mil euros", "3 000 de euros", "es", []),
        ("6 wells", "six wells", "en", []),
        ("6 wells", "seven wells", "en", ["6"]),
        ("86 villages", "Eighty-six villages", "en", []),
        ("40 villages and 17 towns", "forty villages, seventeen towns", "en", []),
        ("86 villages", "Quatre-vingt-six villages", "fr", []),
        ("75 et 31", "soixante-quinze, trente et un", "fr", []),
        ("77 et 18", "soixante-dix-sept, dix-huit", "fr", []),
        ("24 y 43", "Veinticuatro pozos, cuarenta y tres ríos", "es", []),
        ("24 станции", "Двадцать четыре станции", "ru", []),
        ("25 станций", "Двадцать четыре станции", "ru", ["25"]),
        ("ست قرى 6", "ست قرى", "ar", []),
        ("12 wells, 12 pumps, 4 rivers", "4", "en", ["12"]),
        ("2.5 million", "2.6 million", "en", ["2.5 million"]),
        ("COVID-19", "COVID-19", "en", []),
        ("no figures", "", "en", []),
        ("9" * 5000, "1." + "9" * 5000, "en", []),
    ],
)
def test_figures(claim, text, language, expected):
    assert missing(claim, text, language) == expected


@given(st.lists(st.integers(2, 6)))
@example([2, 3, 4, 2, 3])
@example([3])
def test_levels_without_the_skipped_ones_are_in_order(levels):
    skipped = skipped_levels(levels)
    assert skipped == [i for i, level in enumerate(levels) if level - (levels[i - 1] if i else 1) > 1]
    repaired = []
    for level in levels:
        repaired.append(min(level, (repaired[-1] if repaired else 1) + 1))
    assert skipped_levels(repaired) == []
    assert (repaired == levels) == (not skipped)
