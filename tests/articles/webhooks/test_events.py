"""Webhooks tell other systems what readers see now, and nothing of what is not public."""

import json
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import Article, WebhookMessage
from articles.publishing.afterwards import taking_away
from articles.publishing.workflow import move
from tests.cast import approve_for, make_article, make_ready_article

from .conftest import edit, make_webhook, published, work
from .receiver import is_signed

pytestmark = pytest.mark.django_db
ALL = ["article.published", "article.updated", "article.corrected", "article.withdrawn", "article.removed"]


def test_every_public_change_is_told_and_signed(receiver, webhook, chief):
    article = published(chief)
    pk = article.pk
    work()
    edit(article, chief, "minor")
    work()
    edit(Article.objects.get(pk=pk), chief, "correction")
    work()
    taking_away.take_away(Article.objects.get(pk=pk), "withdraw", chief, {Article.objects.get(pk=pk): "Wrong."})
    work()
    move(Article.objects.get(pk=pk), "remove", chief, reason="Wrong.")
    work()
    assert receiver.events == [(event, pk) for event in ALL]
    for headers, body in receiver.got:
        assert is_signed(webhook.secret, headers, body)
        assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
        assert headers["Content-Type"] == "application/json"
    first = receiver.bodies[0]
    assert first["data"]["url"] == f"https://news.example.org/en/news/{article.slug}/"
    assert first["data"]["api_url"] == f"https://news.example.org/api/v1/articles/{pk}/"
    assert [one["data"]["edition"] for one in receiver.bodies] == [1, 2, 3, 3, 3]
    assert [one["data"]["state"] for one in receiver.bodies] == ["live", "live", "live", "withdrawn", "removed"]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(ALL)
    assert article.headline not in str(receiver.got), "addresses only"


def test_what_is_taken_back_is_told(receiver, webhook, chief):
    article = published(chief)
    taking_away.take_away(article, "withdraw", chief, {article: "Wrong."})
    taking_away.take_back(Article.objects.get(pk=article.pk), chief)
    work()
    assert [event for event, _ in receiver.events] == ["article.published", "article.withdrawn", "article.published"]


def test_what_is_planned_is_told_at_its_hour_and_once(receiver, webhook, chief, clock):
    article = make_ready_article()
    move(article, "submit", chief)
    approve_for(article, chief, timezone.now() + timedelta(hours=1))
    work()
    assert receiver.got == []
    assert not WebhookMessage.objects.exists()
    clock.shift(3601)
    for _ in range(3):
        work()
    assert receiver.events == [("article.published", article.pk)]
    clock.shift(3600)
    work()
    assert len(receiver.got) == 1


def test_what_is_recalled_or_moved_before_its_hour_is_not_told_at_the_former_one(receiver, webhook, chief, clock):
    rows = [make_ready_article() for _ in range(2)]
    for article in rows:
        move(article, "submit", chief)
        approve_for(article, chief, timezone.now() + timedelta(hours=1))
    move(rows[0], "recall", chief)
    Article.objects.filter(pk=rows[1].pk).update(publish_at=timezone.now() + timedelta(hours=3))
    clock.shift(3700)
    work()
    assert receiver.got == []
    clock.shift(2 * 3600)
    work()
    assert receiver.events == [("article.published", rows[1].pk)]


def test_a_new_edition_is_merged_and_told_at_its_hour_without_any_reader(receiver, webhook, chief, clock):
    article = published(chief)
    copy = move(article, "revise", chief)
    copy.headline, copy.change_kind, copy.change_note, copy.was_wrong = "Later", "correction", "Eleven.", "Nine."
    copy.save()
    move(copy, "submit", chief)
    approve_for(copy, chief, timezone.now() + timedelta(hours=1))
    work()
    clock.shift(3601)
    work()
    assert [event for event, _ in receiver.events] == ["article.published", "article.corrected"]


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn", "gone", "future", "copy"])
def test_nothing_is_told_of_what_is_not_public(receiver, webhook, state):
    values = {"state": state, "withdrawal_note": "Wrong." if state == "withdrawn" else ""}
    if state == "future":
        values = {"publish_at": timezone.now() + timedelta(hours=1)}
    if state == "copy":
        values = {"state": "draft", "revises": make_article(publish_at=timezone.now() - timedelta(days=3))}
    make_article(**values)
    work()
    assert receiver.got == []


def test_only_wanted_events_and_languages_are_told(receiver, chief):
    webhook = make_webhook(receiver, events=["article.withdrawn"], languages=["fr"])
    english, french = published(chief), published(chief, language="fr")
    for article in (english, french):
        taking_away.take_away(article, "withdraw", chief, {article: "Wrong."})
    work()
    assert receiver.events == [("article.withdrawn", french.pk)]
    assert webhook.messages.count() == 1


def test_what_is_rolled_back_is_not_told(receiver, webhook, chief):
    with transaction.atomic():
        published(chief)
        transaction.set_rollback(True)
    work()
    assert receiver.got == []


def test_an_old_archive_is_not_told(receiver, webhook):
    make_article(publish_at=timezone.now() - timedelta(days=30))
    work()
    assert receiver.got == []


def test_nothing_of_a_message_is_text_of_an_article(receiver, webhook, chief):
    article = published(chief, headline="Marker one", summary="Marker two", body="<p>Marker three</p>")
    work()
    assert "Marker" not in json.dumps(receiver.bodies)
    assert receiver.bodies[0]["data"].keys() == {"id", "language", "reference", "state", "edition", "url", "api_url"}
    assert article.pk == receiver.bodies[0]["data"]["id"]
