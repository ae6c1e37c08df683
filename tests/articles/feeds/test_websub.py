"""The hub is told of the feeds in whose language something became public, changed or went, and again if it failed."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from articles.feeds import websub
from articles.models import BackgroundJob, Move, Revision
from newsroom.checks import hub_gets_addresses
from tests.cast import NOW, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub(settings):
    """What a hub was told; `status` is its answer."""

    class Hub(BaseHTTPRequestHandler):
        told, status = [], 204

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            Hub.told.append({name: values[0] for name, values in parse_qs(body).items()})
            self.send_response(Hub.status)
            self.end_headers()

        def log_message(self, *given):
            pass

    server = HTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/"
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    BackgroundJob.objects.note(websub.LAST_REPORT, succeeded_at=NOW() - timedelta(minutes=15))
    yield Hub
    server.shutdown()
    thread.join()
    server.server_close()


def languages_told(hub):
    websub.look()
    told = [one["hub.url"].split("/")[3] for one in hub.told]
    hub.told.clear()
    return sorted(set(told))


def test_publications_editions_and_withdrawals(hub, clock):
    article = make_article(language="fr", publish_at=NOW() - timedelta(minutes=1))
    later = make_article(language="es", publish_at=NOW() + timedelta(minutes=2))
    old = make_article(language="ar", publish_at=NOW() - timedelta(days=1))
    websub.look()
    feeds = [f"https://news.example.org/fr/news/feed.{kind}" for kind in ("atom", "rss", "json")]
    expected = [*feeds, "https://news.example.org/fr/corrections/feed.atom"]
    assert hub.told == [{"hub.mode": "publish", "hub.url": address} for address in expected]
    hub.told.clear()
    clock.shift(60)
    assert languages_told(hub) == []
    clock.shift(120)
    assert languages_told(hub) == [later.language]  # by the clock
    clock.shift(60)
    Revision.objects.create(article=old, content={}, edition=2)
    Revision.objects.create(article=article, content={})
    clock.shift(30)
    assert languages_told(hub) == ["ar"]
    clock.shift(60)
    Move.objects.create(article=article, name="withdraw", from_state="approved", to_state="withdrawn")
    Move.objects.create(article=later, name="submit", from_state="draft", to_state="in_review")
    assert languages_told(hub) == ["fr"]


def test_what_the_hub_does_not_take_is_told_again(hub, clock, caplog):
    make_article()
    hub.status = 503
    BackgroundJob.objects.note(websub.LAST_REPORT, succeeded_at=NOW() - timedelta(hours=2))
    assert languages_told(hub) == ["en"]
    hub.status = 204
    clock.shift(3600)
    assert languages_told(hub) == ["en"]
    assert languages_told(hub) == []
    assert "The hub did not take" in caplog.text


def test_a_hub_that_is_away_is_asked_once_in_a_look(hub, clock, caplog, settings):
    """For each feed it would be a warning, and with some faults ten seconds."""
    for language in ("en", "fr"):
        make_article(language=language)
    BackgroundJob.objects.note(websub.LAST_REPORT, succeeded_at=NOW() - timedelta(hours=2))
    there, settings.WEBSUB_HUB = settings.WEBSUB_HUB, "http://127.0.0.1:1/"
    assert languages_told(hub) == []
    assert [record.message.partition(":")[0] for record in caplog.records] == ["The hub does not answer"]
    settings.WEBSUB_HUB = there
    clock.shift(60)
    assert languages_told(hub) == ["en", "fr"]


def test_the_hub_is_told_once_by_all_processes_and_of_all_since_the_last_one(hub, clock):
    """The moment is stored: another process goes on where the last one has ended, hours later, too."""
    make_article(publish_at=NOW())
    clock.shift(5 * 3600)
    assert languages_told(hub) == ["en"]
    clock.shift(30)
    assert languages_told(hub) == []


def test_the_first_look_only_takes_note_of_now(hub, clock):
    BackgroundJob.objects.all().delete()
    make_article(publish_at=NOW() - timedelta(minutes=1))
    assert languages_told(hub) == []
    clock.shift(60)
    make_article(language="fr", publish_at=NOW())
    assert languages_told(hub) == ["fr"]


def test_what_is_committed_a_moment_after_a_look_is_told(hub, clock):
    article = make_article(publish_at=NOW() - timedelta(days=1))
    clock.shift(60)
    assert languages_told(hub) == []
    Move.objects.create(article=article, name="withdraw", from_state="approved", to_state="withdrawn")
    Move.objects.update(at=NOW() - timedelta(seconds=2))
    clock.shift(30)
    assert languages_told(hub) == ["en"]


def test_a_hub_needs_full_addresses(settings):
    settings.WEBSUB_HUB = "https://hub.example.org/"
    assert [fault.id for fault in hub_gets_addresses(None)] == ["newsroom.E006"]
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    assert hub_gets_addresses(None) == []
