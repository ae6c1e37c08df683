"""A page is asked for by host, path, language and the parameters that it reads; nothing else makes another entry."""

from urllib.parse import urlencode

import pytest
from django.test import RequestFactory
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pagecache.keys import page_request
from tests.cast import make_article, make_region

pytestmark = pytest.mark.one_database

KNOWN = ("region", "country", "topic", "office", "kind", "year", "q", "page", "missing")
SKIPPED = ("/admin/",)
words = st.text(st.characters(codec="utf-8"), max_size=12)


def key(path, query="", **meta):
    found = page_request(RequestFactory().get(path, QUERY_STRING=query, **meta), SKIPPED)
    return found and found.key


def quoted(pairs):
    return urlencode(list(pairs))


@given(
    chosen=st.dictionaries(st.sampled_from(KNOWN), words.filter(bool)),
    noise=st.lists(st.tuples(words.filter(lambda name: name not in KNOWN), words), max_size=5),
    data=st.data(),
)
def test_order_repetition_and_unknown_parameters_make_no_other_key(chosen, noise, data):
    plain = key("/en/news/", quoted(sorted(chosen.items())))
    overruled = [(name, "other") for name in data.draw(st.lists(st.sampled_from(sorted(chosen))))] if chosen else []
    empty = [(name, "") for name in KNOWN if name not in chosen]
    mixed = data.draw(st.permutations([*chosen.items(), *noise, *empty]))
    assert key("/en/news/", quoted([*overruled, *mixed])) == plain
    assert plain == ("http", "testserver", "/en/news/", "", quoted(sorted(chosen.items())))


@given(first=st.dictionaries(st.sampled_from(KNOWN), words), second=st.dictionaries(st.sampled_from(KNOWN), words))
def test_different_questions_have_different_keys(first, second):
    def said(pairs):
        return {name: value for name, value in pairs.items() if value}

    same = key("/en/news/", quoted(first.items())) == key("/en/news/", quoted(second.items()))
    assert same == (said(first) == said(second))


def test_a_page_without_parameters_is_the_same_with_any():
    assert key("/en/offices/", "utm_source=mail&region=europe") == key("/en/offices/")


def test_scheme_host_and_the_language_of_an_address_without_one_are_in_the_key():
    plain = key("/en/")
    assert key("/en/", **{"wsgi.url_scheme": "https"}) != plain
    assert key("/en/", HTTP_X_FORWARDED_PROTO="https") == plain  # no proxy is trusted unless the settings do
    assert key("/en/", HTTP_HOST="testserver:8001") != plain
    assert key("/en/", HTTP_ACCEPT_LANGUAGE="fr") == plain
    assert key("/robots.txt", HTTP_ACCEPT_LANGUAGE="fr") != key("/robots.txt", HTTP_ACCEPT_LANGUAGE="ru")


def test_where_the_settings_name_the_site_its_host_makes_no_difference(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    settings.ALLOWED_HOSTS = ["news.example.org", ".press.example.org"]
    assert key("/en/", HTTP_HOST="news.example.org") == key("/en/", HTTP_HOST="a.press.example.org:99")


def test_a_host_that_only_a_pattern_allows_fills_no_memory(settings):
    settings.ALLOWED_HOSTS = ["news.example.org", ".press.example.org"]
    assert key("/en/", HTTP_HOST="news.example.org")
    assert key("/en/", HTTP_HOST="a1.press.example.org") is None


@pytest.mark.parametrize(
    ("path", "query", "meta"),
    [
        ("/admin/", "", {}),
        ("/en/", "", {"HTTP_AUTHORIZATION": "Basic eA=="}),
        ("/en/", "", {"REQUEST_METHOD": "POST"}),
        ("/en/" + "x" * 2000, "", {}),
        ("/en/news/", "q=" + "x" * 2000, {}),
        ("/en/news", "region=europe", {}),  # sent on to the address with a slash, query and all
    ],
)
def test_what_is_nobody_elses_has_no_key(path, query, meta):
    assert key(path, query, **meta) is None


def test_a_foreign_host_is_refused_and_not_kept(cached, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert cached.client.get("/en/", headers={"host": "evil.example"}).status_code == 400
    assert cached.get("/en/").status_code == 200


def test_unknown_parameters_are_answered_from_the_same_copy_and_never_reach_it(cached):
    make_article(regions=[make_region()])
    first = cached.get("/en/news/?utm_source=mail&region=europe&x=%3Cscript%3Ealert")
    renders = cached.renders
    for query in ("region=europe", "region=europe&a=1", "b=2&region=europe&region=europe"):
        assert cached.get(f"/en/news/?{query}").content == first.content
    assert cached.renders == renders
    assert b"utm_source" not in first.content
    assert b"script>alert" not in first.content


def test_a_wrong_parameter_is_not_kept(cached):
    for _ in range(2):
        response = cached.get("/en/news/?region=nope")
        assert (response.status_code, response["Cache-Control"]) == (404, "no-store")
    assert cached.renders == 2


def test_every_public_view_says_which_parameters_it_reads():
    def views(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                if getattr(pattern, "app_name", None) != "admin":
                    yield from views(pattern.url_patterns)
            else:
                yield pattern.callback

    # Media are served by name, set_language answers to POST, and no cache keeps what a personal link opens, whether of
    # reviews, of the press or of alerts.
    silent = {
        view.__name__
        for view in views(get_resolver().url_patterns)
        if not hasattr(getattr(view, "view_class", view), "parameters")
    }
    assert silent <= {"media", "set_language", "review", "review_media", "press", "press_media"} | {
        "confirm",
        "manage",
        "change",
        "end",
    }
