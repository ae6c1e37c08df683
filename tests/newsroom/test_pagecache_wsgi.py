"""A page that was given twice is given again before Django makes a request of it, and only that."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections

from newsroom.pagecache.wsgi import MOST_REMEMBERED, PageCacheApplication
from tests.cast import make_article

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _one_connection():
    """The test's own, as the test client keeps it: it holds the test's transaction."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture
def site(cached):
    """The site behind the page cache, which counts how often Django was asked."""
    django = WSGIHandler()

    def counted(environ, start_response):
        counted.asked += 1
        return django(environ, start_response)

    counted.asked = 0
    site = PageCacheApplication(counted)
    site.django = counted
    return site


def ask(site, path="/en/", query="", method="GET", **environ):
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
    } | environ
    told = []
    answer = site(environ, lambda status, lines: told.append((status, dict(lines))))
    return *told[0], b"".join(answer)


def test_the_third_answer_needs_no_django_and_is_the_same(site):
    first, second, third = ask(site), ask(site), ask(site)
    assert first == second == third
    assert first[0] == "200 OK"
    assert site.django.asked == 2


def test_encodings_and_304_are_given_too(site):
    ask(site)
    tag = ask(site)[1]["ETag"]
    status, lines, body = ask(site, HTTP_IF_NONE_MATCH=tag)
    assert (status, lines["ETag"], body) == ("304 Not Modified", tag, b"")
    assert ask(site, HTTP_ACCEPT_ENCODING="br")[1]["Content-Encoding"] == "br"
    assert site.django.asked == 2


@pytest.mark.parametrize(
    "other",
    [
        {"method": "POST"},
        {"path": "/fr/"},
        {"query": "utm_source=mail"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"wsgi.url_scheme": "https"},
        {"SCRIPT_NAME": "/press"},
    ],
    ids=str,
)
def test_whatever_is_different_is_left_to_django(site, other):
    for _ in range(3):
        ask(site)
    asked = site.django.asked
    ask(site, **other)
    assert site.django.asked == asked + 1


def test_a_proxy_that_is_trusted_is_looked_at(cached, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    site = PageCacheApplication(WSGIHandler())
    plain = [ask(site)[0] for _ in range(3)]
    secure = [ask(site, HTTP_X_FORWARDED_PROTO="https")[0] for _ in range(3)]
    assert (set(plain), set(secure)) == ({"301 Moved Permanently"}, {"200 OK"})


def test_a_publication_is_seen_at_once(site, cached):
    for _ in range(3):
        ask(site)
    make_article(headline="Out now")
    cached.publish()
    assert b"Out now" in ask(site)[2]


def test_other_spellings_of_a_question_leave_no_pages(site):
    for number in range(5):
        for _ in range(2):
            ask(site, "/en/news/", f"x={number}")
    assert site._pages == {}


def test_pages_are_bounded(site):
    for number in range(MOST_REMEMBERED + 10):
        site._remember((number,), None, None)
    assert len(site._pages) <= MOST_REMEMBERED
