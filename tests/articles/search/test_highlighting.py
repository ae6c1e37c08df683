"""Where a reader's words are marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysis import TOKEN
from articles.search.highlighting import Marks
from articles.search.query import ask

pytestmark = pytest.mark.one_database

ROOTS = ["flood", "lie", "dying", "sky", "skies", "relief", "IFRC", "2026", "a", "y"]


@given(
    text=st.lists(st.sampled_from(ROOTS).flatmap(lambda root: st.sampled_from(["", "s", "ing", "ed", "_x"]).map(
        lambda end: root + end)), max_size=20).map(" ".join),
    typed=st.lists(st.sampled_from([*ROOTS, "flo*", "ski"]), min_size=1, max_size=3).map(" ".join),
    language=st.sampled_from(["en", "fr", "es", "ar", "ru", "zh"]),
)  # fmt: skip
def test_passing_over_words_of_other_initials_marks_the_same(text, typed, language):
    quick, thorough = Marks(typed, language), Marks(typed, language)
    thorough._plain = TOKEN
    assert quick.marked(text) == thorough.marked(text)
    assert quick.excerpt("", [text]) == thorough.excerpt("", [text])


@pytest.mark.parametrize(
    ("language", "typed", "text", "marked"),
    [
        ("en", "3000", "Some 3,000 farmers", "Some <mark>3,000</mark> farmers"),
        ("en", "3,000", "Some 3\u00a0000 farmers", "Some <mark>3\u00a0000</mark> farmers"),
        ("ar", "4200", "في ٤٬٢٠٠ هكتار", "في <mark>٤٬٢٠٠</mark> هكتار"),
        ("ar", "فيضان", "إنذار بالفيضانات", "إنذار <mark>بالفيضانات</mark>"),
        ("ar", "نهر", "والأنهار", "<mark>والأنهار</mark>"),
        ("ru", "Казахстан", "в Казахстане", "в <mark>Казахстане</mark>"),
        ("ru", "амударья", "у Аму-Дарьи", "у <mark>Аму-Дарьи</mark>"),
        ("en", "email", "an e-mail", "an <mark>e-mail</mark>"),
        ("en", "water", "a low-water day", "a low-<mark>water</mark> day"),
        ("en", "amman", "Amman’s water", "<mark>Amman</mark>’s water"),
        ("fr", "eau", "de l’eau", "de l’<mark>eau</mark>"),
        ("en", "the US", "tell us the U.S. plan", "tell us the <mark>U.S.</mark> plan"),
        ("en", "harbors", "14 harbours", "14 <mark>harbours</mark>"),
        ("en", "40 per cent", "by 40% now", "by <mark>40</mark>% now"),
        ("zh", "瀾滄", "澜沧江", "<mark>澜沧</mark>江"),
        ("en", "b", "a<b", "a&lt;<mark>b</mark>"),
    ],
)
def test_what_was_found_is_marked(language, typed, text, marked):
    assert Marks(typed, language).marked(text) == marked


def test_what_is_marked_is_what_was_asked_for_in_the_end():
    question = ask("flood", "en")
    assert Marks("flod", "en", question).marked("A flood") == "A <mark>flood</mark>"
