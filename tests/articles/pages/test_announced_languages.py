"""Lists announce to search engines (hreflang) only languages in which they have something to read."""

import re
from dataclasses import replace

import pytest

from articles.listing import filters
from tests.cast import make_article, make_country, make_region, make_topic

pytestmark = pytest.mark.django_db


def announced(client, address):
    page = client.get(address).content.decode()
    found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="http://testserver([^"]+)">', page)
    return {code: url.replace("&amp;", "&") for code, url in found if code != "x-default"}


@pytest.fixture(autouse=True)
def articles():
    europe, diaspora = make_region(), make_topic()
    for language in ("en", "fr", "ar"):
        make_article(language=language, regions=[europe], countries=[make_country()])
    make_article(topics=[diaspora])
    make_article(language="fr", topics=[diaspora], state="draft")


@pytest.mark.parametrize("path", ["", "news/", "news/?region=europe", "regions/europe/", "countries/che/"])
def test_only_languages_with_live_articles(client, path):
    assert announced(client, f"/en/{path}") == {code: f"/{code}/{path}" for code in ("en", "fr", "ar")}
    assert f'hreflang="x-default" href="http://testserver/en/{path}"' in client.get(f"/fr/{path}").content.decode()


@pytest.mark.parametrize("path", ["topics/diaspora/", "news/?topic=diaspora", "news/?year=1999", "news/?q=text"])
def test_a_list_of_one_language_an_empty_one_and_a_search_announce_none(client, path):
    assert announced(client, f"/en/{path}") == {}


def test_an_empty_list_is_no_version_of_full_ones(client):
    assert announced(client, "/es/news/") == announced(client, "/es/") == {}
    page = client.get("/es/news/").content.decode()
    assert '<a href="/en/news/" lang="en"' in page  # readers can change the language all the same


def test_a_further_page_announces_those_that_have_it(client, settings):
    settings.ARTICLES_PER_PAGE = 1
    make_article(language="ar", regions=[make_region()])
    make_article(regions=[make_region()])
    assert announced(client, "/en/news/?region=europe&page=2") == {
        code: f"/{code}/news/?region=europe&page=2" for code in ("en", "ar")
    }
    assert announced(client, "/en/news/?page=3") == {}


def test_pages_that_do_not_list_articles_announce_all(client):
    assert len(announced(client, "/en/offices/")) == 6


def test_while_there_is_no_index_nothing_is_announced(client, monkeypatch):
    lists = filters.in_memory.lists
    monkeypatch.setattr(filters.in_memory, "lists", lambda: replace(lists(), index=None))
    assert announced(client, "/en/news/") == {}
    assert client.get("/en/news/").status_code == 200
