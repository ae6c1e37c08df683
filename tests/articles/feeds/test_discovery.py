"""Pages with a list name its feeds, in the head and as links, with the list's filters."""

import re
from html import unescape

import pytest

from articles.models import Correction
from tests.cast import make_article, make_country, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HEAD = re.compile(
    r'<link rel="alternate" type="application/(?:atom|rss|feed)\+(?:xml|json)" title="([^"]*)" href="([^"]+)">'
)
LINK = re.compile(r'<a href="([^"]*feed\.[a-z]+[^"]*)"')


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("", ""), ("news/", ""), ("news/?region=europe&topic=diaspora", "?region=europe&topic=diaspora"),
        ("news/?q=text&sort=relevance", "?q=text"), ("news/?page=2", ""), ("regions/europe/", "?region=europe"),
        ("countries/che/", "?country=che"), ("topics/diaspora/", "?topic=diaspora"),
    ],
)  # fmt: skip
def test_lists_and_landing_pages(client, settings, path, query):
    settings.ARTICLES_PER_PAGE = 1
    for _ in range(2):
        make_article(regions=[make_region()], topics=[make_topic()], countries=[make_country()])
    page = client.get(f"/en/{path}").content.decode()
    expected = [f"/en/news/feed.{kind}{query}" for kind in ("atom", "rss", "json")]
    assert [unescape(address) for _title, address in HEAD.findall(page)] == expected
    if path:
        assert [unescape(address) for address in LINK.findall(page.partition("<footer")[0])] == expected
    for address in expected:
        assert client.get(address).status_code == 200


def test_corrections(client):
    Correction.objects.create(article=make_article(), edition=2, wrong="5", now="6")
    page = client.get("/en/corrections/").content.decode()
    assert [address for _title, address in HEAD.findall(page)] == ["/en/corrections/feed.atom"]


def test_other_pages_name_none(client):
    assert HEAD.findall(client.get(make_article().get_absolute_url()).content.decode()) == []
