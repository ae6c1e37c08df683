"""Text to words: stems by language, accents and spellings that do not matter, scripts without spaces."""

import pytest

from articles.search import analysis
from articles.search.analysis import cut, forms, normal
from articles.search.document import Content, as_tsvector, as_words, vector
from articles.search.query import All, Word, ask

pytestmark = pytest.mark.one_database


def found(text, typed, language):
    """Whether a text is found by what somebody typed."""
    kept = {form for token in cut(normal(text)) for place in forms(token, language) for form in place}
    question = ask(typed, language)
    return bool(question) and holds(question.expression(), kept)


def holds(expression, kept):
    """Whether the forms of a text answer an expression."""
    if isinstance(expression, Word):
        return expression.text in kept
    every = all if isinstance(expression, All) else any
    return every(holds(part, kept) for part in expression.parts)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("en", "Floods and flooding", "flooded"),
        ("en", "A café in Zürich", "Cafe ZURICH"),
        ("en", "It’s a long-term plan", "long term plans"),
        ("fr", "Les inondations de l’été", "inondation ete"),
        ("fr", "La sécurité", "securite"),
        ("fr", "Un cœur", "coeur"),
        ("es", "Las evaluaciones", "evaluación"),
        ("es", "Las evaluaciones", "evaluacion"),
        ("es", "La evaluación", "evaluaciones"),
        ("es", "Mañana", "manana"),
        ("ar", "المدرسة", "مدرسة"),
        ("ar", "الْمَدْرَسَة", "المدرسه"),
        ("ar", "أُمم", "امم"),
        ("ar", "عام ٢٠٢٤", "2024"),
        ("ar", "العـــالم", "العالم"),
        ("ru", "Наводнениями", "наводнение"),
        ("ru", "Ёлки", "елка"),
        ("zh", "气候变化大会", "气候变化"),
        ("zh", "气候变化大会", "水 气候".split()[1]),
        ("zh", "饮用水安全", "水"),
        ("zh", "到2030年实现", "2030年"),
        ("zh", "联合国UNICEF报告", "unicef"),
        ("en", "full-width ＡＢＣ１２３", "abc123"),
        ("xx", "Ozean", "ozean"),
    ],
)
def test_a_word_is_found_by_its_stem_and_without_accents(language, text, typed):
    assert found(text, typed, language)


@pytest.mark.parametrize(
    ("language", "text", "typed"),
    [
        ("en", "Floods", "food"),
        ("ru", "Йод", "иод"),  # й is a letter, not an accent
        ("zh", "气候变化", "化气"),
        ("zh", "气象与候鸟", "气候"),
        ("en", "2030", "203"),
    ],
)
def test_another_word_is_not_found(language, text, typed):
    assert not found(text, typed, language)


def test_sentences_without_spaces_are_not_remembered():
    analysis._of_token.cache_clear()
    assert forms("今天下雨", "zh")
    assert forms("สวัสดีครับ", "th")
    assert analysis._of_token.cache_info().currsize == 0
    assert forms("rain", "en") == forms("rain", "en")
    assert analysis._of_token.cache_info().hits == 1


def test_numbers_are_kept():
    assert forms("2030", "en") == (("2030",),)


def test_only_signs_are_no_question():
    assert not ask("!!! … ،", "en")
    assert not ask("", "en")


def test_quotes_make_a_phrase_and_a_star_a_beginning():
    assert ask("“climate change”", "en").phrases == (((forms("climate", "en")[0]), forms("change", "en")[0]),)
    assert any(word.begins and word.text == "flo" for term in ask("flo*", "en").terms for word in term)
    assert not any(word.begins for term in ask("fl*", "en").terms for word in term)


def test_a_vector_knows_what_stands_out():
    kept = vector(
        Content(1, "en", None, None, "=len", ("Flood warning", "Rivers rise"), ("<p>rain rain &amp; rain, wind</p>",))
    )
    assert set(kept.marks) == {"^flood", "^warn", "+flood", "+warn", "+river", "+rise", "+rain"}
    assert as_words(kept).startswith("flood warn . river rise . rain rain rain wind . ")
    assert "rain:" in as_tsvector(kept)


def test_cells_of_a_table_are_numbers_of_their_own():
    kept = vector(Content(1, "en", None, None, "=len", ("", ""), ("<tr><td>345</td><td>678</td></tr>",)))
    assert as_words(kept).startswith(". . 345 678 . ")
