"""Among the random moves of `test_workflow_machine`: feeds, sitemaps and records show what is live and nothing else."""

import json

from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import rule
from lxml import etree

from articles.feeds.feeds import ITEMS
from articles.listing.in_memory import lists
from articles.models import Article, Correction, list_changes

which = st.integers(min_value=0, max_value=5)
LANGUAGES = ("en", "fr", "es")
FEEDS = {
    "rss": "//item/link/text()",
    "atom": "//*[local-name()='entry']/*[local-name()='link'][@rel='alternate']/@href",
}
LOCATION = "//*[local-name()='loc']/text()"


def links(path, xpath):
    """The addresses in an answer that is XML; none if there is no such page."""
    response = Client().get(path)
    assert response.status_code in (200, 404)
    found = etree.fromstring(response.content).xpath(xpath) if response.status_code == 200 else []
    return {str(address).removeprefix("http://testserver") for address in found}


def live(language=None):
    rows = Article.objects.live()
    return {row.get_absolute_url() for row in (rows.in_language(language) if language else rows)}


class ReadByPrograms:
    """Mixed into the state machine, which has `pick`."""

    @rule(language=st.sampled_from(LANGUAGES))
    def a_program_reads_the_lists(self, language):
        list_changes.note(Article.objects.values_list("pk", flat=True))  # hours come in this test without a save
        lists()  # merges the editions that are due, so that nothing changes meanwhile
        expected = live(language)
        assert len(expected) <= ITEMS
        for kind, xpath in FEEDS.items():
            assert links(f"/{language}/news/feed.{kind}", xpath) == expected
        items = json.loads(Client().get(f"/{language}/news/feed.json").content)["items"]
        assert {item["url"].removeprefix("http://testserver") for item in items} == expected
        assert len({item["id"] for item in items}) == len(items)
        assert links(f"/sitemap-articles-{language}-1.xml", LOCATION) == expected
        assert links("/news-sitemap.xml", LOCATION) == live()  # all of this test is of today
        versions = links(f"/sitemap-articles-{language}-1.xml", "//*[local-name()='link']/@href")
        assert versions <= live()

    @rule(language=st.sampled_from(LANGUAGES))
    def a_program_reads_the_corrections(self, language):
        live = Article.objects.live().in_language(language).order_by()
        told = Correction.objects.filter(article__in=live.values("pk"))
        found = Client().get(f"/{language}/corrections/feed.atom").content
        assert len(etree.fromstring(found).findall("{*}entry")) == told.count() <= ITEMS

    @rule(language=st.sampled_from(LANGUAGES))
    def a_reader_counts_the_archive(self, language):
        lists()
        years = Client().get(f"/{language}/news/archive/").context["years"]
        assert sum(year.number for year in years) == len(live(language))
        assert all(sum(month.number for month in year.months) == year.number for year in years)

    @rule(number=which)
    def a_program_reads_one_article(self, number):
        article = self.pick(number)
        lists()
        shown = Article.objects.live().at_address(article.language, article.slug).first()
        address = f"/{article.language}/news/{article.slug}/"
        for name in ("ninjs.json", "newsml.xml"):
            response = Client().get(address + name)
            assert (response.status_code == 200) == (shown is not None)
            assert shown is not None or article.headline not in response.content.decode()
        if shown is not None:
            assert json.loads(Client().get(f"{address}ninjs.json").content)["headlines"][0]["value"] == shown.headline
        else:
            assert Client().get(f"{address}share-{'0' * 24}.png").status_code == 404
