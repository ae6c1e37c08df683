"""A reader who brings in a due edition does not wait behind another writer."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article
from articles.publishing import due_editions
from tests.cast import make_article


def patience():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout" if connection.vendor == "postgresql" else "PRAGMA busy_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_patience_of_a_reader_ends_with_the_transaction():
    before = patience()
    with due_editions.transaction_with_lock_timeout(123):
        assert patience().removesuffix("ms") == "123"
    assert patience() == before


@pytest.mark.django_db(transaction=True)
def test_while_somebody_holds_the_row_a_reader_gets_the_last_edition(client):
    live = make_article(body="<p>Old.</p>")
    copy = make_article(revises=live, slug=live.slug, body="<p>New.</p>", publish_at=timezone.now())
    held, answered = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Article.objects.select_for_update().filter(pk=live.pk))
            Article.objects.filter(pk=copy.pk).update(notes_to_editors="Still at it.")
            held.set()
            answered.wait(timeout=30)
            transaction.set_rollback(True)
        connection.close()

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(timeout=30)
    due_editions.merge_for_reader(live)  # returns although the writer goes on holding the row
    assert writer.is_alive()
    answered.set()
    writer.join()
    assert Article.objects.get(pk=copy.pk).state == "approved"
    assert "New." in client.get(live.get_absolute_url()).content.decode()
