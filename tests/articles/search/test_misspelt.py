"""A word that nothing has is taken for a word of a public headline that is spelt like it, and the page says so."""

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from articles.facets import Criteria
from articles.listing.filters import ArticleFilter
from articles.models import Article, HeadlineWord
from articles.publishing import after_save
from articles.search.find import find
from articles.search.languages.spelling import candidates, distance, key_of, keys_of, word_of
from tests.cast import make_article, make_country, search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "headline", "typed", "instead"),
    [
        ("en", "Flood warnings", "flod", "flood"),
        ("en", "Flood warnings", "lfood", "flood"),
        ("en", "Flood warnings", "floood", "flood"),
        ("en", "Flood warnings", "flood warnigns", "flood warnings"),
        ("en", "Kazakhstan opens stations", "khazakstan", "kazakhstan"),
        ("fr", "Les inondations", "inodnations", "inondations"),
        ("fr", "Le Sénégal", "senegla", "sénégal"),
        ("fr", "L’eau partagée", "eua", "eau"),
        ("es", "Inundación en Honduras", "hondruas", "honduras"),
        ("ar", "تحذير من الفيضانات", "القيضانات", "الفيضانات"),
        ("ru", "Наводнение в Казахстане", "наводение", "наводнение"),
        ("ru", "Ёлки", "елкп", "ёлки"),
        ("fr", "Après les inondations de mai", "innondation", "inondations"),
        ("fr", "Les eaux souterraines", "souteraines", "souterraines"),
        ("fr", "Les eaux souterraines", "soutteraines", "souterraines"),
        ("es", "Tras la inundación de mayo", "inundasion", "inundación"),
        ("ru", "После наводнения в мае", "новоднения", "наводнения"),
        ("ar", "بعد الفيضانات", "الفيضانت", "الفيضانات"),
    ],
)
def test_a_misspelt_word_finds_headlines(language, headline, typed, instead):
    make_article(language=language, headline=headline)
    make_article(language="en" if language != "en" else "fr", headline=f"{typed} elsewhere")
    [hits] = find(typed, [Criteria(language)])
    assert [Article.objects.get(pk=pk).headline for pk in hits.ids] == [headline]
    assert hits.instead == instead


@pytest.mark.parametrize(
    ("text", "typed", "instead"),
    [
        ("After flash floods", "flashfloods", "flash floods"),
        ("On a flood plain", "the floodplain", "the flood plain"),
        ("To floodgates", "flood gates", "floodgates"),
        ("Rain on floodgates", "rain flood gates", "rain floodgates"),
    ],
)
def test_words_that_are_written_as_one_or_as_two(text, typed, instead):
    make_article(headline="x", body=f"<p>{text}.</p>")
    [hits] = find(typed, [Criteria("en")])
    assert (len(hits.ids), hits.instead) == (1, instead)


def test_two_words_must_stand_side_by_side():
    make_article(headline="x", body="<p>Flash of the floods; an hour of glass.</p>")
    assert search("flashfloods") == search("hourglass") == []


def test_a_misspelt_name_of_a_country_that_no_headline_has():
    make_article(headline="tagged", countries=[make_country("KAZ", "Kazakhstan")])
    hits = ArticleFilter.asked({"q": "Kazakstan"}, "en").hits
    assert (len(hits.ids), hits.instead) == (1, "Kazakhstan")


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("herders of the contaminated marshes", "herders of the marshes"),
        ("herders marshes mountains", "herders marshes"),
        ("herders ice marshes snow", ""),
        ("contaminated marshes", ""),
        ("marshes mountains", ""),
        ('"herders of" marshes mountains', ""),
    ],
)
def test_of_many_words_some_may_be_left_out(typed, instead):
    make_article(headline="Herders in the marshes")
    make_article(headline="The mountains", body="<p>Ice.</p>")
    make_article(headline="x", body="<p>Snow</p>")
    [hits] = find(typed, [Criteria("en")])
    assert (len(hits.ids), hits.instead) == (1 if instead else 0, instead)


def test_a_preposition_is_not_suggested():
    make_article(headline="To the river")
    assert search("thr") == []


@pytest.mark.parametrize("typed", ["flopp", "fodl", "dolof", "ibridges", "7000", "FLOD"])
def test_words_that_differ_more_or_are_none_are_left(typed):
    make_article(headline="Flood 70000")
    assert search(typed) == [] or typed == "fodl"


def test_a_word_that_some_text_has_is_not_misspelt():
    make_article(headline="Flood")
    make_article(headline="other", body="<p>A flod of oil.</p>")
    [hits] = find("flod", [Criteria("en")])
    assert (len(hits.ids), hits.instead) == (1, "")
    assert search("flod bridge") == []


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"},
        {"state": "withdrawn"},
        {"state": "gone"},
        {"publish_at": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_nothing_unpublished_is_suggested(changes):
    article = make_article(headline="Resignations", body="<p>x</p>")
    assert find("resignatoins", [Criteria("en")])[0].instead == "resignations"
    Article.objects.filter(pk=article.pk).update(withdrawal_note="Wrong.", **changes)
    article.refresh_from_db()
    after_save.sync(article)
    make_article(headline="Resign", body="<p>x</p>")  # another form of the same word
    assert find("resignatoins", [Criteria("en")])[0].instead == ""


def test_the_words_of_a_deleted_or_changed_headline_are_not_suggested():
    gone, other = make_article(headline="Resignations"), make_article(headline="Elections")
    gone.delete()
    Article.objects.filter(pk=other.pk).update(headline="Votes")
    after_save.sync(other)
    assert search("resignatoins") == search("electoins") == []
    assert search("vote") == ["Votes"]


def test_the_page_says_what_it_shows(client):
    make_article(headline="Flood warning")
    page = client.get("/en/news/?q=flod").content.decode()
    assert "Nothing has “<bdi>flod</bdi>”. Showing results for “<bdi>flood</bdi>”." in page
    assert "<mark>Flood</mark> warning" in page
    assert "Showing results" not in client.get("/en/news/?q=flood").content.decode()
    assert "<bdi>&lt;b&gt;flod</bdi>" in client.get("/en/news/?q=%3Cb%3Eflod").content.decode()


def test_a_filter_takes_part(client):
    make_article(headline="Flood warning", kind="speech")
    make_article(headline="Flood", kind="news")
    page = client.get("/en/news/?q=flod&kind=speech")
    assert [article.headline for article in page.context["page"]] == ["Flood warning"]


def test_words_are_stored_once():
    for _ in range(2):
        make_article(headline="Flood, flood")
    assert HeadlineWord.objects.count() == 2  # forwards and backwards


def test_words_of_headlines_that_are_no_more_go_when_all_is_written_anew():
    make_article(headline="Flood").delete()
    make_article(headline="Rain")
    assert HeadlineWord.objects.count() == 4
    call_command("search_index", "--all", verbosity=0)
    assert {word_of(bytes(row.key)) for row in HeadlineWord.objects.all()} == {"rain"}


def test_few_words_are_read(django_assert_max_num_queries):
    for number in range(30):
        make_article(headline=f"Flood{chr(97 + number % 26)} number")
    with django_assert_max_num_queries(60):
        find("floodzz bridgge warnning", [Criteria("en")])


letters = st.text("abcd", min_size=3, max_size=9)


@given(one=letters, other=letters)
def test_distances_are_those_of_the_definition(one, other):
    assert distance(one, other, 2) == min(_steps(one, other), 3) or distance(one, other, 2) > 2 < _steps(one, other)


def _steps(one, other):
    if not one or not other:
        return len(one) + len(other)
    best = min(_steps_cached(one[1:], other) + 1, _steps_cached(one, other[1:]) + 1)
    best = min(best, _steps_cached(one[1:], other[1:]) + (one[0] != other[0]))
    if one[:2] == other[1::-1] and len(one) > 1 < len(other):
        best = min(best, _steps_cached(one[2:], other[2:]) + 1)
    return best


_known = {}


def _steps_cached(one, other):
    if (one, other) not in _known:
        _known[one, other] = _steps(one, other)
    return _known[one, other]


@given(word=st.text("abcdef", min_size=4, max_size=7), at=st.integers(0, 6), letter=st.sampled_from("abcdefg"))
def test_one_mistake_anywhere_is_found(word, at, letter):
    at %= len(word)
    stored = sorted(keys_of("en", word))

    def beginning(beginnings):
        return [key for key in stored if key.startswith(tuple(beginnings))]

    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    for typed in (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        swapped,
    ):
        if typed != word and len(typed) > 3:
            assert candidates(typed, "en", beginning) == [word]
    assert {word_of(key) for key in stored} == {word}
    assert key_of("en", len(word), word) in stored
