"""A search that the concordance answers finds, orders and counts what the database's own index finds."""

import pytest
from django.core.management import call_command
from django.db import connection

from articles import facets
from articles.archive import journal
from articles.archive.memory import archive
from articles.filters import ArticleFilter
from articles.models import Article, SearchChange, SearchEntry, SearchVolume, SearchWord
from articles.search import compiling, concordance
from tests.cast import make_article, make_region, make_topic

PAGE = "/en/news/"


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(compiling, "PAYS_FROM", 1)
    monkeypatch.setattr(compiling, "VOLUME", 3)
    monkeypatch.setattr(compiling, "PORTION", 2)


pytestmark = pytest.mark.django_db


def compiled():
    call_command("search_index", verbosity=0)
    assert SearchVolume.objects.exists()
    archive.forget()


def found(**data):
    return ArticleFilter.asked(data, Article.objects.live().in_language("en"))


def test_a_page_counts_every_hit(client, monkeypatch):
    monkeypatch.setattr("articles.filters.CAP", 2)
    region = make_region("africa", "Africa")
    for _ in range(5):
        make_article(headline="Needle", regions=[region])
    assert "More than 2 items" in client.get(PAGE, {"q": "needle"}).content.decode()
    compiled()
    page = client.get(PAGE, {"q": "needle"}).content.decode()
    assert "5 items" in page
    assert "More than" not in page
    assert "Best match first" in page
    assert "<mark>Needle</mark>" in page


def test_what_was_published_since_is_found_and_what_was_withdrawn_is_not(client):
    old = make_article(headline="Needle before")
    compiled()
    new = make_article(headline="Needle after")
    assert list(found(q="needle").selected()[:]) == [new.pk, old.pk]
    old.state = "draft"
    old.save()
    facets.sync(old)
    assert list(found(q="needle").selected()[:]) == [new.pk]
    assert "Needle before" not in client.get(PAGE, {"q": "needle"}).content.decode()


def test_words_that_were_taken_out_are_not_found_any_more():
    article = make_article(headline="Needle")
    compiled()
    Article.objects.filter(pk=article.pk).update(headline="Thread")
    facets.sync(article)
    assert list(found(q="needle").selected()[:]) == []
    assert list(found(q="thread").selected()[:]) == [article.pk]


def test_what_changed_while_a_volume_was_compiled_stays_a_change(monkeypatch):
    article, read = make_article(headline="Needle"), compiling._words

    def late(first, last):
        words = read(first, last)
        Article.objects.filter(pk=article.pk).update(headline="Thread")
        facets.sync(article)
        return words

    monkeypatch.setattr(compiling, "_words", late)
    number = article.pk // compiling.VOLUME
    compiling.compile_volume(number)
    assert SearchChange.objects.filter(article=article.pk).exists()
    assert list(found(q="thread").selected()[:]) == [article.pk]
    assert list(found(q="needle").selected()[:]) == []
    assert number in compiling.outdated()


def test_of_two_who_compile_a_volume_the_first_to_begin_does_not_overwrite_the_other(monkeypatch):
    article, read = make_article(headline="Needle"), compiling._words
    number = article.pk // compiling.VOLUME

    def overtaken(first, last):
        words = read(first, last)
        monkeypatch.setattr(compiling, "_words", read)
        Article.objects.filter(pk=article.pk).update(headline="Thread")
        facets.sync(article)
        assert compiling.compile_volume(number) >= 1
        return words

    monkeypatch.setattr(compiling, "_words", overtaken)
    assert compiling.compile_volume(number) is None
    assert list(found(q="thread").selected()[:]) == [article.pk]
    assert list(found(q="needle").selected()[:]) == []


def test_quoted_words_and_much_that_is_new_are_asked_of_the_database(monkeypatch):
    articles = [make_article(headline="Needle and thread") for _ in range(3)]
    compiled()
    assert found(q='"needle and"').hits is not None
    monkeypatch.setattr(concordance, "MOST_LEFT", 1)
    assert found(q="needle").hits is None
    for article in articles:
        facets.sync(article)
    assert len(found(q="needle").hits.ids) == 3


def test_too_many_words_that_begin_alike_are_asked_of_the_database(monkeypatch):
    for number in range(3):
        make_article(headline=f"Needle{number}")
    compiled()
    assert found(q="needle*").hits is None
    assert len(found(q="needle*").selected()) == 3
    monkeypatch.setattr(concordance, "MOST_BEGINNINGS", 1)
    assert len(found(q="needle*").hits.ids) == 3


def test_the_other_filters_count_what_they_lead_to(client):
    africa, europe = make_region("africa", "Africa"), make_region("europe", "Europe")
    floods = make_topic("floods")
    for _ in range(2):
        make_article(headline="Needle", regions=[africa], topics=[floods])
    make_article(headline="Needle", regions=[europe])
    compiled()
    context = client.get(PAGE, {"q": "needle", "region": "africa"}).context
    numbers = {
        facet.name: {choice.code: (choice.number, choice.shown) for choice in facet.choices}
        for facet in context["facets"]
    }
    assert numbers["region"] == {"africa": (2, "2"), "europe": (1, "1")}
    assert numbers["topic"] == {"floods": (2, "2")}


def test_other_languages_are_offered_where_this_one_has_nothing(client):
    make_article(headline="Aiguille", language="fr")
    compiled()
    assert [one["number"] for one in client.get(PAGE, {"q": "aiguille"}).context["elsewhere"]] == [1]


def test_a_filter_as_a_queryset_finds_the_same():
    first, second = make_article(headline="Needle"), make_article(headline="Needle")
    compiled()
    make_article(headline="Thread")
    assert set(found(q="needle").qs.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_small_archives_have_none(monkeypatch):
    monkeypatch.setattr(compiling, "PAYS_FROM", 5)
    article = make_article(headline="Needle")
    call_command("search_index", verbosity=0)
    assert not SearchVolume.objects.exists()
    assert not SearchChange.objects.exists()  # nobody asks for them
    assert found(q="needle").hits.ids == (article.pk,)


def test_changes_that_nobody_asks_for_do_not_pile_up(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("articles.search.entries.TIDIED_EVERY", 1)
    with django_capture_on_commit_callbacks(execute=True):
        make_article(headline="Needle")
    assert not SearchChange.objects.exists()


def test_many_saves_of_one_article_or_of_drafts_are_not_many_changes(monkeypatch):
    article, _ = make_article(headline="Needle"), make_article(headline="Needle")
    compiled()
    monkeypatch.setattr(concordance, "MOST_LEFT", 1)
    for _ in range(3):
        facets.sync(article)
        make_article(headline="Needle", state="draft")
    assert len(found(q="needle").selected()) == 2
    monkeypatch.setattr(concordance, "MOST_NOTES", 1)
    assert found(q="needle").hits is not None


def test_what_came_in_the_place_of_as_much_that_went_is_compiled():
    gone = make_article(headline="Needle")
    compiled()
    gone.delete()
    new = make_article(headline="Needle")
    SearchChange.objects.all().delete()  # as after an import, whose new rows note nothing
    assert new.pk // compiling.VOLUME in compiling.outdated(least=2)


def test_an_archive_that_has_become_small_has_no_volumes_any_more(monkeypatch):
    article = make_article(headline="Needle")
    compiled()
    monkeypatch.setattr(compiling, "PAYS_FROM", 2)
    compiled()  # it is between: what there is stays
    monkeypatch.setattr(compiling, "PAYS_FROM", 4)
    call_command("search_index", verbosity=0)
    assert not SearchVolume.objects.exists()
    assert not SearchWord.objects.exists()
    assert found(q="needle").hits.ids == (article.pk,)


def test_an_entry_without_words_stops_nobody():
    wrong, right = make_article(headline="Needle"), make_article(headline="Needle")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE articles_searchentry SET vector = NULL WHERE article_id = %s", [wrong.pk])
        else:
            cursor.execute("DELETE FROM articles_searchwords WHERE rowid = %s", [wrong.pk])
    compiling.renew(disable=True)
    assert list(found(q="needle").selected()[:]) == [right.pk]


def test_a_volume_holds_each_word_once_and_no_facets():
    article = make_article(headline="Needle", language="fr")
    compiled()
    words = {bytes(word) for word in SearchWord.objects.values_list("word", flat=True)}
    assert words >= {b"", b"needl", b"^needl"}
    assert not [word for word in words if word.startswith(b"=")]
    assert SearchWord.objects.filter(word=b"").count() == SearchVolume.objects.count()
    assert SearchEntry.objects.get().article_id == article.pk


def test_an_archive_that_shrank_is_compiled_anew():
    kept, gone = make_article(headline="Needle"), make_article(headline="Needle")
    compiled()
    gone.delete()
    journal.note([gone.pk])
    assert compiling.outdated()
    call_command("search_index", verbosity=0)
    assert compiling.outdated() == []
    assert list(found(q="needle").selected()[:]) == [kept.pk]


def test_a_search_costs_the_same_for_ten_hits_and_for_twenty(client):
    queries = []
    for _ in range(2):
        for _ in range(10):
            make_article(headline="Needle")
        compiled()
        client.get(PAGE, {"q": "needle", "region": make_region().code})
        client.get(PAGE, {"q": "needle"})
        with connection.execute_wrapper(lambda execute, *rest: queries.append(1) or execute(*rest)):
            client.get(PAGE, {"q": "needle"})
        queries.append(None)
    half = queries.index(None)
    assert len(queries[:half]) == len(queries[half + 1 : -1]) <= 8
