"""Whatever is written or typed: it can be indexed and asked for on both databases, in time, and finds itself."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from articles.listing.filters import ArticleFilter
from articles.models import list_changes
from articles.search.analysis import cut, forms, normal
from articles.search.names import Names
from articles.search.query import ask
from tests.cast import make_article, make_contact

from .test_analysis import found

LANGUAGES = ["en", "fr", "es", "ar", "ru", "zh", "hif"]
texts = some.text(max_size=40) | some.text("aA1.,'’‑- ٣é水的١०वीं\u0640\u0300\u200d", max_size=20)


@given(texts, some.sampled_from(LANGUAGES))
@example("१०वीं", "en")
@example("的和", "zh")
def test_each_word_of_a_text_finds_the_text(text, language):
    for token in cut(normal(text)):
        places = forms(token, language)
        assert all(form for place in places for form in place)
        assert not ask(token, language) or found(text, token, language)


@pytest.mark.parametrize("piece", ["111 ", "111,", "1.", "a-", "l'", "a.", "ـ", "EE. ", "ा"])
def test_the_time_grows_with_the_length(piece):
    started = time.process_time()
    for token in cut(normal(piece * 20_000 + "1111")):
        forms(token, "fr")
    assert time.process_time() - started < 5


def test_a_row_of_numbers_is_several_numbers():
    assert found("111 " * 30, "111", "en")
    assert found("1 234 567", "1234567", "en")


@pytest.mark.django_db
def test_numbers_of_any_length_and_digits_of_any_script_are_indexed():
    article = make_article(headline="A", body=f"<p>{'7' * 3000} १०वीं {'1.' * 3000} \u09cf \u098d</p>")
    for words in ("7" * 100, "१०वीं", "१०", "“\u09cf \u098d”"):
        assert ArticleFilter.asked({"q": words}, "en").hits.ids == (article.pk,)


@pytest.mark.django_db
def test_a_person_with_a_name_that_is_a_stop_word():
    person = make_contact("yu", kind="person")
    person.translations.update(display_name="于", unit_name="", language="zh")
    list_changes.note_names()
    assert (
        ask("于", "zh", lambda language: Names(language, [], [(["于"], ["=i5"])]), loose=True).terms[0][0].text == "于"
    )
    assert ArticleFilter.asked({"q": "于"}, "zh").hits.ids == ()
