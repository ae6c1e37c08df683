"""Where a reader's words are marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysis import TOKEN
from articles.search.highlighting import Marks

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
