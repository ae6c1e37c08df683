"""The archive by year and month: its numbers are those of the lists that it leads to."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from articles.facets import Criteria
from articles.listing import in_memory
from tests.cast import make_article, make_topic


def publish(year, month, day, **changes):
    make_article(publish_at=datetime(year, month, day, 12, tzinfo=UTC), published_on=date(year, month, day), **changes)


@pytest.fixture
def news(db):
    for day in (1, 15, 31):
        publish(2024, 1, day)
    publish(2024, 2, 29)
    publish(2022, 12, 31)
    publish(2022, 12, 31, language="fr")
    make_article(publish_at=datetime(2150, 1, 1, tzinfo=UTC))
    make_article(publish_at=datetime(2023, 1, 1, tzinfo=UTC), state="draft")


def test_every_month_leads_to_as_many_as_it_says(client, news):
    page = client.get("/en/news/archive/").content.decode()
    months = re.findall(
        r'<a href="([^"]+from=[^"]+)"><span class="month">(\w+)</span> <span class="number">(\d+)', page
    )
    assert [(name, number) for _url, name, number in months] == [("Jan", "3"), ("Feb", "1"), ("Dec", "1")]
    for url, _name, number in months:
        assert client.get(unescape(url)).context["count"] == int(number)
    assert re.findall(r'id="year-(\d+)"', page) == ["2024", "2022"]


def test_what_has_just_been_published_counts(news):
    in_memory.lists_in_memory().now()
    publish(2024, 2, 1)
    selection = in_memory.lists().select(Criteria("en"))
    assert selection.between([date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)]) == [3, 2]


def test_without_an_index_it_says_so(client, news, monkeypatch):
    monkeypatch.setattr(in_memory, "is_small", lambda: False)
    monkeypatch.setattr(in_memory.lists_in_memory(), "build", lambda: None)
    assert "being counted" in client.get("/en/news/archive/").content.decode()


def test_a_landing_page_has_the_years_of_its_own(client, news):
    topic = make_topic("floods", "Floods")
    publish(2021, 1, 1, topics=[topic])
    publish(2020, 1, 1, topics=[topic])
    publish(2020, 2, 1, topics=[topic])
    page = client.get("/en/topics/floods/").content.decode()
    assert re.findall(r'year=(\d+)"><span>\d+</span>\s*<svg[^>]*><rect width="([\d.]+)"', page) == [
        ("2021", "20.0"),
        ("2020", "40.0"),
    ]
