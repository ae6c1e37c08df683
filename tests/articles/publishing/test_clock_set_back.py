"""A clock that is set back by an hour (R9): what readers have seen stays, nothing comes early, nothing is told twice."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.alerts import announcements
from articles.models import Announcement, Article, BackgroundJob, Webhook, WebhookMessage
from articles.publishing import due_editions
from articles.publishing.requirements import Refused
from articles.publishing.workflow import move
from contacts import clock
from newsroom.doctor import database
from tests.cast import make_ready_article, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
READ = ("/en/news/", "/en/news/?q=elephants", "/en/news/feed.json", "/sitemap-articles-en-1.xml", "/api/v1/articles/")


@pytest.fixture
def aziz():
    return make_user("aziz", "approver")


@pytest.fixture
def wall():
    with time_machine.travel(NOON - HOUR, tick=False) as wall:
        yield wall


def scheduled(aziz, at=NOON, headline="Elephants"):
    article = make_ready_article(
        state="in_review", publish_at=at, headline=headline, slug=headline.lower().replace(" ", "-")
    )
    return move(article, "approve", aziz)


def jobs():
    due_editions.by_clock()
    announcements.look()


def is_public(client, article):
    """Whether it is, on its page and everywhere else."""
    is_read = client.get(article.get_absolute_url()).status_code == 200
    for path in READ:
        assert (f"/{article.slug}/" in client.get(path).content.decode()) == is_read, path
    row = Article.objects.get(pk=article.pk)
    assert row.is_live == row.was_public == (row.shown_state == "live") == is_read
    return is_read


def test_what_was_public_stays_and_the_rest_comes_at_its_hour_and_is_told_once(client, aziz, wall):
    since = NOON - HOUR
    Webhook.objects.create(name="Site", events=["article.published"], active_since=since, seen_until=since)
    jobs()
    article, later = scheduled(aziz), scheduled(aziz, NOON + 30 * MINUTE, "Elephants again")
    for moment, is_later_public in (
        (NOON + MINUTE, False),
        (NOON + MINUTE - HOUR, False),  # set back
        (NOON + 29 * MINUTE - HOUR, False),
        (NOON + 2 * MINUTE, False),  # the hour comes again
        (NOON + 30 * MINUTE, True),
        (NOON - 29 * MINUTE, True),  # set back again
        (NOON + 31 * MINUTE, True),
    ):
        wall.move_to(moment)
        jobs()
        assert is_public(client, article), moment
        assert is_public(client, later) == is_later_public, moment
    told = Announcement.objects.order_by("pk").values_list("article", "kind")
    assert list(told) == [(article.pk, "published"), (later.pk, "published")]
    assert list(WebhookMessage.objects.order_by("pk").values_list("article", flat=True)) == [article.pk, later.pk]


def test_a_process_that_starts_after_the_jump_knows_of_it(client, aziz, wall):
    article = scheduled(aziz)
    wall.move_to(NOON + MINUTE)
    jobs()
    clock.forget()
    wall.move_to(NOON + MINUTE - HOUR)
    assert not is_public(client, article)
    jobs()
    assert is_public(client, article)
    assert "future" in {found.what for found in database.clocks_agree()}, "the doctor says so as long as it lasts"


def test_nothing_is_approved_for_an_hour_that_readers_have_had(aziz, wall):
    wall.move_to(NOON)
    jobs()
    wall.move_to(NOON - HOUR)
    with pytest.raises(Refused, match=r"Choose a time after 13:00 \(Zurich\)"):
        scheduled(aziz, NOON - MINUTE)
    assert not scheduled(aziz, NOON + MINUTE, "After noon").is_live
    assert move(Article.objects.get(slug="elephants"), "publish", aziz).is_live, "to publish now needs no hour"


def test_a_clock_that_was_days_ahead_and_one_that_another_machine_has_seconds_ahead_are_not_kept(aziz, wall):
    wall.move_to(NOON + timedelta(days=3))
    jobs()
    wall.move_to(NOON)
    jobs()
    assert clock.now() == NOON
    assert BackgroundJob.objects.get(name=due_editions.PRESENT).succeeded_at == NOON
    clock.forget()
    wall.move_to(NOON - timedelta(seconds=3))
    jobs()
    assert clock.now() == NOON - timedelta(seconds=3)
