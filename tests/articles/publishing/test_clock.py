"""Publication by the clock (R9, R10): never early, at once when it is time, once, whatever clocks and servers do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import override_settings

from articles.models import Article, Revision
from articles.publishing.due_editions import overdue
from articles.publishing.workflow import move
from tests.cast import approve_for, make_ready_article, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


def scheduled(aziz, at=NOON, **changes):
    article = make_ready_article(state="in_review", publish_at=at, **changes)
    return move(article, "approve", aziz)


def is_public(client, article):
    page, listed = client.get(article.get_absolute_url()), client.get("/en/news/").content.decode()
    assert (page.status_code == 200) == (article.headline in listed)
    return page.status_code == 200


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Fiji", "America/Lima"])
def test_not_a_second_early_and_at_once_when_it_is_time_in_any_zone_of_the_server(client, aziz, zone):
    with override_settings(TIME_ZONE=zone), time_machine.travel(NOON - timedelta(hours=1), tick=False) as clock:
        article = scheduled(aziz)
        for moment, shown in ((-3600, False), (-1, False), (0, True), (1, True)):
            clock.move_to(NOON + timedelta(seconds=moment))
            assert is_public(client, article) == shown, moment


@pytest.mark.parametrize("jump", [timedelta(hours=1), -timedelta(hours=1)])
def test_a_clock_that_jumps_publishes_no_edition_twice(client, aziz, jump):
    with time_machine.travel(NOON - timedelta(hours=2), tick=False) as clock:
        article = scheduled(aziz, NOON - timedelta(hours=2))
        _edition(article, aziz, NOON)
        clock.move_to(NOON + timedelta(seconds=1))
        assert "Edition of 12" in client.get(article.get_absolute_url()).content.decode()
        history = list(article.moves.values_list("name", flat=True))
        for moment in (NOON + jump, NOON + timedelta(seconds=2)):
            clock.move_to(moment)
            assert "Edition of 12" in client.get(article.get_absolute_url()).content.decode()
        assert article.revisions.filter(edition__isnull=False).count() == 2
        assert list(article.moves.values_list("name", flat=True)) == history


def _edition(live, by, at):
    copy = move(live, "revise", by)
    Article.objects.filter(pk=copy.pk).update(headline=f"Edition of {at:%H}")
    copy = move(Article.objects.get(pk=copy.pk), "submit", by)
    return approve_for(copy, by, at)


def test_after_a_day_without_any_process_one_request_brings_in_all_in_the_order_of_their_dates(client, aziz):
    with time_machine.travel(NOON, tick=False) as clock:
        articles = [scheduled(aziz, headline=f"Story {number}") for number in range(4)]
        hours = [5, 2, 20, 9]
        for article, hour in zip(articles, hours, strict=True):
            _edition(article, aziz, NOON + timedelta(hours=hour))
        later = scheduled(aziz, NOON + timedelta(hours=3), headline="First of its kind")
        clock.move_to(NOON + timedelta(days=1))
        assert overdue() == 4
        assert later.headline in client.get("/en/news/").content.decode()
        assert overdue() == 0
        assert not Article.objects.filter(revises__isnull=False).exists()
        merged = Revision.objects.filter(edition=2).order_by("id")
        assert [row.article_id for row in merged] == [articles[at].pk for at in (1, 0, 3, 2)]
        for article in articles:
            assert Article.objects.get(pk=article.pk).publish_at == NOON
            assert [row.edition for row in article.revisions.exclude(edition=None)] == [2, 1]
