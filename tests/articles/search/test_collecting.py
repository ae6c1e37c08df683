"""A search for several combinations of filters at once finds for each what it finds alone, and says if there is more."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from articles.models import Article
from articles.search import find as finding
from articles.search.find import find
from tests.cast import NOW, make_article, make_region, make_topic, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    """Articles of some years, several of one moment; gives a region and a topic."""
    draw, regions, topics = random.Random(7), [make_region(), make_region("africa", "Africa")], [make_topic()]
    for _ in range(40):
        make_article(
            headline=draw.choice(["needle", "needle", "thread"]),
            body=draw.choice(["<p>x</p>", "<p>needle</p>"]),
            kind=draw.choice(["news", "speech"]),
            publish_at=NOW() - timedelta(days=draw.choice([1, 40, 100, 400, 3000])),
            regions=draw.sample(regions, draw.randint(0, 2)),
            topics=draw.sample(topics, draw.randint(0, 1)),
        )
    return regions[0], topics[0]


def combinations(region, topic):
    live = Article.objects.live().in_language("en")
    year = (NOW() - timedelta(days=400)).year
    return [
        live.in_region(region).about(topic).of_kind("news").in_year(year),
        live.about(topic).of_kind("news").in_year(year),
        live.in_region(region).of_kind("news").in_year(year),
        live.in_region(region).about(topic).in_year(year),
        live.in_region(region).about(topic).of_kind("news"),
        live.in_region(region).about(topic),
        live,
    ]


@pytest.mark.parametrize("at_most", [1, 3, 8, 1000])
def test_each_combination_finds_its_newest(newsroom, at_most):
    several = combinations(*newsroom)
    found = find("needle", [articles.scope for articles in several], at_most=at_most)
    for articles, hits in zip(several, found, strict=True):
        every = articles.containing("needle").order_by("-listed_at", "-pk").values_list("pk", flat=True)
        assert list(hits.ids) == list(every[:at_most])
        assert hits.more == (len(every) > at_most)
        assert len(hits.facets) == len(hits.ids)
    assert len(found[-1].ids) == min(at_most, Article.objects.containing("needle").count())


def test_by_relevance_the_first_few_are_the_first_of_all(newsroom):
    everything = Article.objects.live().search("needle", "relevance").hits
    assert not everything.more
    for at_most in (1, 5, 9):
        some = Article.objects.live().search("needle", "relevance", at_most=at_most).hits
        assert some.ids == everything.ids[:at_most]
        assert some.more


def test_more_filters_are_not_more_queries(newsroom):
    several, numbers = [articles.scope for articles in combinations(*newsroom) if articles.scope.year is None], []
    for scopes in (several[:1], several):
        find("needle", scopes)  # asks when the newest article was published
        queries = []
        with connection.execute_wrapper(lambda execute, *rest, queries=queries: queries.append(1) or execute(*rest)):
            find("needle", scopes)
        numbers.append(len(queries))
    assert numbers == [2, 2]  # the newest months, then all that is left


def test_a_phrase_is_looked_for_in_so_many_articles_and_more_is_said_so(client, monkeypatch):
    monkeypatch.setattr(finding, "LOOKS", 2)
    make_article(headline="change", body="<p>climate change</p>", publish_at=NOW() - timedelta(days=900))
    assert search('"climate change"') == ["change"]
    for day in (1, 2):
        make_article(headline="will", body="<p>climate will change</p>", publish_at=NOW() - timedelta(days=day))
    assert search('"climate change"') == []
    assert Article.objects.live().search('"climate change"').hits.more
    page = client.get("/en/news/", {"q": '"climate change"'}).content.decode()
    assert "More than 0" not in page
    assert "0 items" in page
