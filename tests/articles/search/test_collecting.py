"""A search for several combinations of filters at once finds for each what it finds alone, and says if there is more."""

import random
from datetime import timedelta

import pytest
from django.db import connection

from articles.facets import Criteria
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
    """Criteria of a page with all filters, and those without one or more of them."""
    year = str((NOW() - timedelta(days=400)).year)
    codes = {"region": region.code, "topic": topic.code, "kind": "news", "year": year}
    kept = [
        ("region", "topic", "kind", "year"),
        ("topic", "kind", "year"),
        ("region", "kind", "year"),
        ("region", "topic", "year"),
        ("region", "topic", "kind"),
        ("region", "topic"),
        (),
    ]
    return [Criteria("en", tuple((name, (codes[name],)) for name in names)) for names in kept]


@pytest.mark.parametrize("at_most", [1, 3, 8, 1000])
def test_each_combination_finds_its_newest(newsroom, at_most):
    several = combinations(*newsroom)
    found = find("needle", several, at_most=at_most)
    for criteria, hits in zip(several, found, strict=True):
        every = Article.objects.live().matching(criteria).containing("needle").newest_first()
        every = every.values_list("pk", flat=True)
        assert list(hits.ids) == list(every[:at_most])
        assert hits.more == (len(every) > at_most)
        assert len(hits.facets) == len(hits.ids)
    assert len(found[-1].ids) == min(at_most, Article.objects.containing("needle").count())


def test_by_relevance_the_first_few_are_the_first_of_all(newsroom):
    [everything] = find("needle", [Criteria("en")], "relevance")
    assert not everything.more
    for at_most in (1, 5, 9):
        [some] = find("needle", [Criteria("en")], "relevance", at_most)
        assert some.ids == everything.ids[:at_most]
        assert some.more


def test_more_filters_are_not_more_queries(newsroom):
    several, numbers = [one for one in combinations(*newsroom) if "year" not in dict(one.codes)], []
    for some in (several[:1], several):
        find("needle", some)  # asks when the newest article was published
        queries = []
        with connection.execute_wrapper(lambda execute, *rest, queries=queries: queries.append(1) or execute(*rest)):
            find("needle", some)
        numbers.append(len(queries))
    assert numbers == [2, 2]  # the newest months, then all that is left


def test_a_phrase_is_looked_for_in_so_many_articles_and_more_is_said_so(client, monkeypatch):
    monkeypatch.setattr(finding, "LOOKS", 2)
    make_article(headline="change", body="<p>climate change</p>", publish_at=NOW() - timedelta(days=900))
    assert search('"climate change"') == ["change"]
    for day in (1, 2):
        make_article(headline="will", body="<p>climate will change</p>", publish_at=NOW() - timedelta(days=day))
    assert search('"climate change"') == []
    assert find('"climate change"', [Criteria("en")])[0].more
    page = client.get("/en/news/", {"q": '"climate change"'}).content.decode()
    assert "More than 0" not in page
    assert "0 items" in page
