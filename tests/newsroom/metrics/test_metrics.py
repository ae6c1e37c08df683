"""/metrics: what Prometheus reads, for who has the token."""

import os
from datetime import timedelta
from pathlib import Path

import promql_parser
import pytest
import yaml
from django.db import OperationalError, connections
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles import jobs
from articles.models import BackgroundJob, ImportRun, Notice, Recipient, Webhook, WebhookMessage
from newsroom.doctor import database
from newsroom.metrics import counters
from newsroom.metrics.kinds import KINDS, kind_of
from tests.cast import make_article, make_user

TOKEN = "a-token-of-more-than-sixteen"
ALARMS = Path(__file__).parents[3] / "deploy" / "prometheus-alarms.yml"


@pytest.fixture(autouse=True)
def _token(settings):
    settings.METRICS_TOKEN = TOKEN
    yield
    counters.start(False)


def ask(client, token=TOKEN):
    return client.get("/metrics", headers={"authorization": f"Bearer {token}", "host": "10.1.2.3:8000"})


def read(client):
    """{name: {values of its labels: number}}, as Prometheus understands it."""
    response = ask(client)
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    found = {}
    for family in text_string_to_metric_families(response.content.decode()):
        assert family.documentation
        found.setdefault(family.name, {})
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


@pytest.mark.django_db
def test_only_who_has_the_token_may_read(client, settings):
    assert ask(client, "a-token-of-somebody-else").status_code == 401
    assert client.get("/metrics").status_code == 401
    assert ask(client).status_code == 200
    assert client.post("/metrics").status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_what_waits_and_what_is_late(client, django_assert_max_num_queries):
    now = timezone.now()
    for number in range(3):
        article = make_article(state="in_review", publish_at=now - timedelta(hours=1))
        article.moves.create(name="submit", from_state="draft", to_state="in_review")
        article.moves.update(at=now - timedelta(hours=2))
        recipient = Recipient.objects.create(user=make_user(f"user-{number}"))
        Notice.objects.create(recipient=recipient, article=article, kind="assigned")
    webhook = Webhook.objects.create(name="CMS", address="https://cms.example.org/", secret="s")
    WebhookMessage.objects.create(webhook=webhook, event="article.published", at=now, next_at=now - timedelta(hours=3))
    ImportRun.objects.create(
        finished_at=now, counts={"articles.article": {"create": 2}, "articles.topic": {"create": 1}}
    )
    BackgroundJob.objects.note(jobs.NOTING, succeeded_at=now - timedelta(days=1))
    with django_assert_max_num_queries(16):
        found = read(client)
    assert found["newsroom_overdue"] == {("edition",): 0, ("review",): 3, ("embargo",): 0}
    waiting, oldest = found["newsroom_waiting"], found["newsroom_waiting_oldest_seconds"]
    assert (waiting["review",], waiting["mails",], waiting["webhooks",], waiting["pictures",]) == (3, 3, 1, 0)
    assert oldest["review",] == pytest.approx(7200, abs=60)
    assert oldest["webhooks",] == pytest.approx(10800, abs=60)
    assert found["newsroom_last_import_records"] == {("create",): 3}
    assert found["newsroom_last_import_timestamp_seconds"] == {(): pytest.approx(now.timestamp(), abs=1)}
    assert found["newsroom_job_late"][jobs.NOTING,] == 1
    assert found["newsroom_database_up"] == {(): 1}
    assert found["newsroom_disk_free_bytes"]["media files",] > 0
    assert ("0.1.0", connections["default"].vendor) in found["newsroom_build_info"]


@pytest.mark.django_db
def test_only_jobs_that_run_are_named(client):
    for name in (jobs.NOTING, "a job that was taken away"):
        BackgroundJob.objects.note(name, succeeded_at=timezone.now())
    found = read(client)
    for metric in ("newsroom_job_last_success_timestamp_seconds", "newsroom_job_fails"):
        assert list(found[metric]) == [(jobs.NOTING,)]


@pytest.mark.django_db
def test_without_a_database_it_says_so(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "cursor", refuse)
        found = read(client)
    assert found["newsroom_database_up"] == {(): 0}
    assert "newsroom_waiting" not in found


@pytest.mark.django_db
def test_requests_are_counted_by_kind_cache_and_status(client):
    client.get("/en/news/not-there/")
    client.get("/en/news/not-there/")
    client.get("/admin/login/")
    found = read(client)
    assert found["newsroom_requests_total"] == {("article", "none", "4xx"): 2, ("admin", "none", "2xx"): 1}
    assert found["newsroom_render_seconds_count"] == {("article",): 2, ("admin",): 1}
    assert found["newsroom_render_seconds_bucket"]["article", "+Inf"] == 2


def test_workers_share_their_numbers_and_those_that_ended_count_on(tmp_path):
    first, second = counters.Counters(tmp_path), counters.Counters(tmp_path)
    place = first.place("/en/", "hit")
    for worker, number in ((first, 3), (second, 4)):
        for _request in range(number):
            worker.add(place, "200 OK")
    second.add(place, "304 Not Modified")
    second.add_rendered("/en/", "miss", 200, 0.02)
    second.add_rendered("/en/", "hit", 200, 9)  # not rendered
    (tmp_path / "being-made").write_bytes(b"")
    del second
    requests, times = first.read()
    assert requests == [
        ("front", "hit", "2xx", 8),
        ("front", "hit", "3xx", 1),
        ("front", "miss", "2xx", 1),
    ]
    assert times == {"front": ([0, 0, 1, *[0] * 8], 0.02)}
    assert len(os.listdir(tmp_path)) == 3


def test_every_kind_of_page_has_its_name():
    paths = {
        "front": "/en/ /ar/",
        "list": "/en/news/ /fr/regions/europe/ /en/countries/FRA/ /zh/topics/floods/ /en/news/archive/",
        "article": "/en/news/a-story/ /en/news/a-story/editions/ /en/news/a-story/editions/2/changes/",
        "page": "/en/about/us/ /en/offices/ /en/alerts/ /en/contact/ /en/media-contacts/",
        "feed": "/en/news/feed.rss /en/news/a-story/ninjs.json /en/corrections/feed.atom",
        "file": "/media/a.jpg /en/news/a-story/kit.zip /en/news/a-story/share-ab12.png /en/pictures/ab/file.jpg",
        "api": "/api/v1/articles/",
        "static": "/static/a.css",
        "admin": "/admin/ /admin/articles/article/1/change/",
        "private": "/review/abc/ /press/abc/en/ /en/alerts/manage/abc/",
        "other": "/ /robots.txt /wp-login.php /r/2026-00001/",
    }
    assert {path: kind_of(path) for many in paths.values() for path in many.split()} == {
        path: kind for kind, many in paths.items() for path in many.split()
    }
    assert set(paths) == set(KINDS)


@pytest.mark.django_db
def test_the_example_alarms_ask_for_what_there_is(client, monkeypatch):
    monkeypatch.setattr(database, "replica_lag", lambda: 1.5)
    client.get("/en/news/not-there/")
    known = {*read(client), "up"}
    rules = [rule for group in yaml.safe_load(ALARMS.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
    assert len(rules) > 5
    for rule in rules:
        promql_parser.parse(rule["expr"])  # raises ValueError
        assert set(names(rule["expr"])) <= known
        assert rule["annotations"]["summary"]


def names(expression):
    """The metrics that an expression asks for."""
    words = "".join(one if one.isalnum() or one == "_" else " " for one in expression).split()
    return [word for word in words if word.startswith("newsroom_")]
