"""A new edition is in the lists at its hour, though nobody has opened its page."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from articles.listing import in_memory
from articles.models import Article
from articles.publishing import due_editions
from articles.publishing.workflow import move
from tests.cast import approve_for, make_office, make_ready_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return make_user("chief", "approver")


@pytest.fixture
def live(chief, clock):
    article = make_ready_article(
        state="in_review", publish_at=timezone.now(), headline="The old headline", office=make_office()
    )
    return move(article, "approve", chief)


def approve_for_later(live, chief, headline, hours=1):
    copy = move(live, "revise", chief)
    Article.objects.filter(pk=copy.pk).update(headline=headline, change_note="Another headline.")
    copy = move(Article.objects.get(pk=copy.pk), "submit", chief)
    return approve_for(copy, chief, timezone.now() + timedelta(hours=hours))


def pages(live):
    region = live.region_rows.first().region.code
    return ["/en/", "/en/news/", f"/en/regions/{region}/", f"/en/offices/{live.office.code}/"]


@pytest.mark.parametrize("number", range(4))
def test_every_list_shows_it_at_its_hour(client, clock, chief, live, number):
    page = pages(live)[number]
    assert "The old headline" in client.get(page).content.decode()
    approve_for_later(live, chief, "The new headline")
    assert "The old headline" in client.get(page).content.decode()
    clock.shift(3601)
    shown = client.get(page).content.decode()
    assert "The new headline" in shown
    assert "The old headline" not in shown
    assert not Article.objects.filter(revises=live).exists()


def test_a_process_that_starts_later_knows_of_it(client, clock, chief, live):
    approve_for_later(live, chief, "The new headline")
    in_memory.forget()
    client.get("/en/news/")
    clock.shift(3601)
    assert "The new headline" in client.get("/en/news/").content.decode()


def test_one_that_was_recalled_is_not_brought_in(client, clock, chief, live):
    copy = approve_for_later(live, chief, "The new headline")
    client.get("/en/news/")
    move(Article.objects.get(pk=copy.pk), "recall", chief)
    clock.shift(3601)
    assert "The old headline" in client.get("/en/news/").content.decode()


def test_waiting_for_an_hour_costs_no_query(client, clock, chief, live, django_assert_num_queries):
    approve_for_later(live, chief, "The new headline")
    client.get("/en/news/")
    with django_assert_num_queries(3):
        client.get("/en/news/")


def test_while_somebody_else_writes_lists_show_the_last_edition_and_try_seldom(client, clock, chief, live, monkeypatch):
    approve_for_later(live, chief, "The new headline")
    client.get("/en/news/")
    clock.shift(3601)
    tried = []

    def locked(article):
        tried.append(article)
        raise OperationalError("locked")

    with monkeypatch.context() as patch:
        patch.setattr(due_editions, "merge_due", locked)
        for _ in range(3):
            assert "The old headline" in client.get("/en/news/").content.decode()
    assert len(tried) == 1
    in_memory._merge_again_at = 0
    assert "The new headline" in client.get("/en/news/").content.decode()


def test_one_that_cannot_be_merged_is_tried_once(client, clock, chief, live):
    copy = approve_for_later(live, chief, "The new headline")
    Article.objects.filter(pk=live.pk).update(headline="Corrected in place")
    client.get("/en/news/")
    clock.shift(3601)
    for _ in range(2):
        assert "Corrected in place" in client.get("/en/news/").content.decode()
    copy.refresh_from_db()
    assert copy.state == "in_review"
    assert in_memory.lists().due == ()


def test_one_reader_brings_in_only_so_many(client, clock, chief, live, monkeypatch):
    second = make_ready_article(state="in_review", publish_at=timezone.now(), headline="Another old headline")
    second = move(second, "approve", chief)
    for article, headline in ((live, "The new headline"), (second, "Another new headline")):
        approve_for_later(article, chief, headline)
    monkeypatch.setattr(in_memory, "AT_ONCE", 1)
    clock.shift(3601)
    left = []
    for _ in range(2):
        client.get("/en/news/")
        left.append(Article.objects.exclude(revises=None).count())
    assert left == [1, 0]
