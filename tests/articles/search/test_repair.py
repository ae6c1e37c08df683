"""`search_index` finds what is wrong with the index and writes it anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, SearchEntry
from articles.search import indexing, repair
from tests.cast import NOW, make_article, make_contact, search

pytestmark = pytest.mark.django_db


def test_search_index_repairs_what_check_reports(capsys):
    right, wrong = make_article(headline="right"), make_article(headline="wrong")
    SearchEntry.objects.filter(pk=wrong.pk).delete()
    Article.objects.filter(pk=right.pk).update(publish_at=NOW() - timedelta(days=400))
    with pytest.raises(CommandError):
        call_command("search_index", "--check")
    assert "1 missing" in capsys.readouterr().out
    call_command("search_index", verbosity=0)
    call_command("search_index", "--check")
    assert search("wrong") == ["wrong"]


def test_a_request_starts_no_processes(monkeypatch):
    monkeypatch.setattr(indexing, "ProcessPoolExecutor", None)

    def analyse():
        with indexing.analysers(indexing.PAYS_FROM) as analysed:
            return list(analysed([[]]))

    with ThreadPoolExecutor(1) as server:
        assert server.submit(analyse).result() == [[]]


def test_search_index_writes_everything_anew_by_new_rules(monkeypatch):
    for _ in range(5):
        make_article(headline="needle")
    monkeypatch.setattr(repair, "PORTION", 2)
    monkeypatch.setattr(indexing, "ANALYSER", 99)
    assert repair.faults() == {"by older rules": 5}
    assert [number for _, number in repair.repair()] == [2, 2, 1]
    assert repair.faults() == {}
    assert sum(number for _, number in repair.repair(everything=True)) == 5
    assert len(search("needle")) == 5


def test_many_are_cut_by_several_processes(monkeypatch):
    monkeypatch.setattr("articles.search.indexing.PAYS_FROM", 1)
    made = [make_article(headline=f"needle {number}") for number in range(4)]
    monkeypatch.setattr(indexing, "PORTION", 2)
    indexing.keep([article.pk for article in made])
    assert len(search("needle")) == 4


def test_a_deleted_article_leaves_nothing_behind():
    make_article(headline="needle").delete()
    assert SearchEntry.objects.count() == 0
    assert repair.faults() == {}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM articles_searchwords").fetchone() == (0,)


def test_pages_show_what_came_past_them_once_it_has_run(client, capsys):
    contact = make_contact()
    page = make_article(contacts=[contact]).get_absolute_url()
    client.get(page)
    contact.translations.update(display_name="Came By Loaddata")  # nobody was told
    call_command("search_index", verbosity=0)
    assert "Came By Loaddata" in client.get(page).content.decode()


def test_search_index_repairs_an_entry_without_words():
    wrong = make_article(headline="wrong")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE articles_searchentry SET vector = NULL WHERE article_id = %s", [wrong.pk])
        else:
            cursor.execute("DELETE FROM articles_searchwords WHERE rowid = %s", [wrong.pk])
    assert repair.faults() == {"without words": 1}
    call_command("search_index", verbosity=0)
    assert search("wrong") == ["wrong"]
