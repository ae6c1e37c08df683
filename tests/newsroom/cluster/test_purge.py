"""Caches in front of the site are told of each change, after the commit, in the background, until they have taken it."""

import http.server
import threading
import time

import pytest
from django.db import transaction

from newsroom import env
from newsroom.cluster import purge
from newsroom.pagecache import siteversion
from tests.cast import make_article, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]


class Cache(http.server.BaseHTTPRequestHandler):
    got, refusals = [], []

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.got.append((self.command, self.path, dict(self.headers), body))
        self.send_response(self.refusals.pop() if self.refusals else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_PURGE = do_POST = answer

    def log_message(self, *args):
        pass


@pytest.fixture
def cache(settings, monkeypatch):
    """(the requests that a cache has got, the statuses with which it refuses the next ones); on all addresses."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    address = f"127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("PURGE_URL", f"varnish://{address}")
    monkeypatch.setattr(purge, "MOMENTS", (0.0, 0.3))
    monkeypatch.setattr(purge, "RETRY_AFTER", 0.01)
    for name in ("FASTLY", "CLOUDFLARE"):
        monkeypatch.setattr(purge, name, f"http://{address}")
    settings.PURGE = env.caches_in_front("PURGE_URL")
    Cache.got.clear()
    Cache.refusals.clear()
    yield Cache.got, Cache.refusals
    finish()
    server.shutdown()
    server.server_close()
    thread.join()


def finish():
    """Wait for all that is due."""
    for purger in purge._purgers.values():
        purger.finish()


def test_it_is_told_after_the_commit_and_once_more(cache):
    got, _refusals = cache
    with transaction.atomic():
        siteversion.bump()
        time.sleep(0.02)
        assert got == []
    finish()
    assert [(method, headers["Surrogate-Key"]) for method, _path, headers, _body in got] == [("PURGE", "newsroom")] * 2


def test_what_is_rolled_back_is_not_told(cache):
    with transaction.atomic():
        siteversion.bump()
        transaction.set_rollback(True)
    finish()
    assert cache[0] == []


def test_a_refusal_is_followed_by_another_attempt(cache, caplog):
    got, refusals = cache
    refusals += [503, 503]
    siteversion.bump()
    finish()
    assert (len(got) >= 3, refusals) == (True, [])
    assert "could not be told of a change, again soon: it answers 503" in caplog.text


def test_after_a_minute_it_is_given_up(cache, caplog, monkeypatch):
    monkeypatch.setattr(purge, "GIVE_UP", 0.0)
    cache[1].extend([503, 503])
    siteversion.bump()
    finish()
    assert (len(cache[0]), "was not told of a change" in caplog.text) == (2, True)


@pytest.mark.parametrize(
    ("address", "path", "header", "body"),
    [
        ("fastly://t%40ken@SU1Z0isx", "/service/SU1Z0isx/purge/newsroom", ("Fastly-Key", "t@ken"), ""),
        (
            "cloudflare://token@zone",
            "/client/v4/zones/zone/purge_cache",
            ("Authorization", "Bearer token"),
            '{"tags": ["newsroom"]}',
        ),
    ],
)
def test_the_request_of_each_service(cache, settings, monkeypatch, address, path, header, body):
    monkeypatch.setenv("PURGE_URL", address)
    settings.PURGE = env.caches_in_front("PURGE_URL")
    siteversion.bump()
    finish()
    name, value = header
    assert {(method, at, headers[name], sent) for method, at, headers, sent in cache[0]} == {
        ("POST", path, value, body)
    }


def test_public_answers_have_the_key_and_the_desk_has_not(cached, settings):
    settings.PURGE = [("varnish", "", "cache:80"), ("cloudflare", "token", "zone")]
    article = make_article()
    for _time in range(2):  # rendered, and from the page cache
        answer = cached.get(article.get_absolute_url())
        assert (answer["Surrogate-Key"], answer["Cache-Tag"]) == ("newsroom", "newsroom")
    assert cached.get("/en/nothing/")["Surrogate-Key"] == "newsroom"
    cached.client.force_login(make_user("edna", "editor"))
    assert "Surrogate-Key" not in cached.client.get("/admin/")
    settings.PURGE = []
    assert "Surrogate-Key" not in cached.get("/ar/")
