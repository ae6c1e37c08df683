"""What is for one reader is never given to another."""

import pytest
from django.http import FileResponse, HttpResponse, HttpResponsePermanentRedirect
from django.test import RequestFactory

from newsroom.pagecache import keys, stored_page
from tests.cast import make_article, make_user

pytestmark = pytest.mark.one_database


def may_be_stored(response, path="/en/", query=""):
    return stored_page.may_be_stored(
        response, keys.page_request(RequestFactory().get(path, QUERY_STRING=query), ("/admin/",))
    )


def with_cookie():
    response = HttpResponse("x")
    response.set_cookie("sessionid", "secret")
    return response


@pytest.mark.parametrize(
    "response",
    [
        with_cookie(),
        HttpResponse("x", headers={"Cache-Control": "private, max-age=60"}),
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers={"Cache-Control": "no-cache"}),
        HttpResponse("x", headers={"Vary": "Accept-Encoding, Cookie"}),
        HttpResponse("x", headers={"Vary": "Accept-Language"}),
        HttpResponse("x", headers={"Vary": "*"}),
        HttpResponse("x", headers={"Content-Security-Policy": "script-src 'nonce-abc'"}),
        HttpResponse("x", headers={"Content-Security-Policy-Report-Only": "script-src 'nonce-abc'"}),
        HttpResponse("x", headers={"Content-Encoding": "gzip"}),
        HttpResponse(b"x" * (stored_page.LARGEST + 1)),
        FileResponse(iter([b"x"])),
        *(HttpResponse("x", status=status) for status in (201, 302, 400, 403, 405, 500, 503)),
    ],
    ids=lambda response: f"{response.status_code} {sorted(response.headers)}",
)
def test_such_an_answer_is_not_stored(response):
    assert not may_be_stored(response)


@pytest.mark.parametrize("status", [200, 404, 410])
def test_a_plain_answer_is_stored(status):
    assert may_be_stored(HttpResponse("x", status=status, headers={"Cache-Control": "public, max-age=300"}))


def test_a_redirect_with_a_host_is_stored_for_that_host_only(settings):
    absolute = HttpResponsePermanentRedirect("https://news.example.org/en/")
    assert may_be_stored(absolute)
    settings.NEWSROOM_BASE_URL = "https://news.example.org"  # hosts share their pages
    assert not may_be_stored(absolute)
    assert may_be_stored(HttpResponsePermanentRedirect("/en/news/"))


def test_the_language_of_the_browser_may_vary_an_address_that_says_none():
    response = HttpResponse("x", headers={"Vary": "Accept-Language"})
    assert may_be_stored(response, "/robots.txt")


def test_the_admin_is_never_kept(cached):
    cached.client.force_login(make_user(is_staff=True, is_superuser=True))
    page = cached.get("/admin/")
    assert page.status_code == 200
    cached.client.logout()
    assert cached.get("/admin/").status_code == 302
    assert "public" not in page.headers.get("Cache-Control", "")


def test_a_signed_in_editor_reads_the_same_page_as_everybody(cached):
    cached.client.force_login(make_user(is_staff=True))
    own = cached.get("/en/")
    cached.client.logout()
    assert cached.get("/en/").content == own.content
    assert not own.cookies
    assert cached.renders == 1


def test_an_unpublished_story_cannot_be_told_from_none(cached):
    make_article(slug="secret", state="draft")
    draft, nothing = (cached.get(f"/en/news/{slug}/") for slug in ("secret", "nosuch"))
    assert draft.status_code == nothing.status_code == 404
    assert dict(draft.headers) == dict(nothing.headers)


def test_an_answer_for_one_is_rendered_for_each_and_holds_nobody_up(cached):
    for language in ("fr", "ar", "fr"):
        assert cached.get("/", accept_language=language).url == f"/{language}/"
    assert cached.renders == 3


def test_what_has_no_key_is_kept_by_nobody_in_front_either(cached, settings):
    """Caches keep an answer that says nothing of itself, Varnish for two minutes."""
    make_article(slug="a")
    for path in ("/media/images/x.jpg", "/nope/?x=1", "/static/nope.css", f"/en/{'x' * 2000}/"):
        response = cached.get(path)
        assert (response.status_code, response["Cache-Control"]) == (404, "no-store"), path
    assert cached.client.post("/en/")["Cache-Control"] == "no-store"
    settings.ALLOWED_HOSTS = [".example.org"]  # a pattern: its hosts have no end
    for path, status in {"/en/": 200, "/en/news/a/": 200, "/en/news/a": 301, "/api/v1/articles/": 200}.items():
        response = cached.get(path, host="news.example.org")
        assert (response.status_code, response["Cache-Control"]) == (status, "no-cache"), path
    assert cached.get("/en/news/nope/", host="news.example.org")["Cache-Control"] == "no-store"


def test_an_error_is_kept_by_nobody(cached, monkeypatch):
    cached.client.raise_request_exception = False
    monkeypatch.setattr("articles.pages.front_pages.home", lambda language: 1 / 0)
    for _ in range(2):
        response = cached.get("/en/")
        assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
    monkeypatch.undo()
    assert cached.get("/en/").status_code == 200
