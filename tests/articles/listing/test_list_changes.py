"""Notes of changes reach every reader, in whatever order their transactions end."""

import threading

import pytest
from django.db import connection, connections, transaction

from articles.facets import Criteria
from articles.listing.in_memory import ListsInMemory
from articles.listing.journal import changes_since, journal_position
from articles.models import Article
from tests.cast import make_article

pytestmark = pytest.mark.django_db(transaction=True)


def in_another_process(deed):
    """As one: with a connection of its own."""

    def run():
        try:
            deed()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_what_another_connection_commits_is_seen_by_the_next_question():
    in_memory = ListsInMemory()
    assert in_memory.now().select(Criteria())[:] == []
    in_another_process(make_article).join()
    assert len(in_memory.now().select(Criteria())) == 1


def test_what_is_taken_back_is_not_seen():
    in_memory = ListsInMemory()
    in_memory.now()
    with transaction.atomic():
        make_article()
        transaction.set_rollback(True)
    assert len(in_memory.now().select(Criteria())) == 0


def test_a_transaction_that_began_first_and_ends_last_is_not_missed():
    """Its notes have lower numbers than those that were read meanwhile. SQLite lets nobody else write."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            make_article(slug="slow", headline="Slow")
            begun.set()
            go_on.wait(10)

    in_memory = ListsInMemory()
    in_memory.now()
    slow = in_another_process(slowly)
    assert begun.wait(10)
    if connection.vendor == "postgresql":
        make_article(slug="quick", headline="Quick")  # other words: two cannot add one word to the index at a time
        assert len(in_memory.now().select(Criteria())) == 1
    go_on.set()
    slow.join()
    expected = set(Article.objects.live().values_list("slug", flat=True))
    found = in_memory.now().select(Criteria())[:]
    assert {article.slug for article in Article.objects.filter(pk__in=found)} == expected
    assert "slow" in expected


def test_a_note_is_read_once():
    position = journal_position()
    make_article()
    first = changes_since(position)
    assert len(first.articles) == 1
    assert not changes_since(first.position)
