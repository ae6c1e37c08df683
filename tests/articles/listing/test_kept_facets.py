"""The filters beside a list are rendered once, and anew when anything that they show has changed."""

import re

import pytest

from articles.listing.facet_counts import FacetMenu
from articles.models import Article, list_changes
from contacts.templatetags.kept_html import kept_html
from tests.cast import make_article, make_country, make_region, make_topic

pytestmark = pytest.mark.django_db

LIST = "/en/news/"


@pytest.fixture
def built(monkeypatch):
    """The names of the facets whose choices were put together."""
    kept_html.clear()
    made, choices = [], FacetMenu.choices.func
    monkeypatch.setattr(FacetMenu, "choices", property(lambda facet: made.append(facet.name) or choices(facet)))
    return made


@pytest.fixture(autouse=True)
def stories(db):
    """One of each kind in each of two regions."""
    regions = [make_region("africa", "Africa"), make_region("europe", "Europe")]
    countries = [make_country("KEN", "Kenya", regions[0]), make_country("CHE", "Switzerland", regions[1])]
    kinds = {"news": make_topic("trade", "Trade"), "speech": make_topic("ports", "Ports")}
    return [
        make_article(regions=[region], countries=[country], topics=[topic], kind=kind)
        for region, country in zip(regions, countries, strict=True)
        for kind, topic in kinds.items()
    ]


def page(client, address=LIST):
    return client.get(address).content.decode()


def numbers(shown):
    return sum(map(int, re.findall(r'class="number">([0-9]+)<', shown)))


def test_they_are_drawn_once(client, built):
    first = page(client)
    assert sorted(built) == ["country", "kind", "region", "topic"]
    assert page(client) == first
    assert len(built) == 4


@pytest.mark.parametrize("address", ["/en/", "/en/regions/africa/", "/en/topics/trade/", LIST, f"{LIST}?kind=news"])
def test_another_number_is_shown_at_once(client, stories, address):
    before = numbers(page(client, address))
    make_article(regions=stories[0].regions.all(), topics=stories[0].topics.all(), kind="news")  # no new names
    assert numbers(page(client, address)) > before


def test_another_name_is_shown_at_once(client, built):
    assert "Africa</span>" in page(client)
    make_region("africa").translations.update(name="The continent")
    list_changes.note_names()
    shown = page(client)
    assert "The continent</span>" in shown
    assert "Africa</span>" not in shown
    assert len(built) == 8


def test_what_is_chosen_is_marked_and_can_be_taken_back(client, built):
    assert 'aria-current="true"><span>Speech' not in page(client)
    for chosen in ("Speech", "News"):
        code = chosen.lower()
        shown = page(client, f"{LIST}?kind={code}")
        assert f'<a href="{LIST}" aria-current="true"><span>{chosen}</span>' in shown
        assert shown.count('aria-current="true"><span>') == 1
    assert "selected" not in page(client)
    assert '<option value="ken" selected>Kenya (2)</option>' in page(client, f"{LIST}?country=ken")


def test_each_keeps_the_other_filters_in_its_links(client, built):
    assert f'href="{LIST}?kind=news"' in page(client)
    for region in ("africa", "europe"):
        shown = page(client, f"{LIST}?region={region}")
        assert f'href="{LIST}?region={region}&amp;kind=news"' in shown


def test_words_that_were_sought_stay_in_the_links(client):
    for words in ("story", "text"):
        assert f'href="{LIST}?q={words}&amp;region=africa"' in page(client, f"{LIST}?q={words}")


def test_each_language_has_its_own(client, built):
    for kind in ("news", "speech"):
        make_article(kind=kind, language="fr")
    english, french = page(client), page(client, "/fr/news/")
    assert ">Speech</span>" in english
    assert ">Discours</span>" in french
    assert 'href="/fr/news/?kind=speech"' in french


def test_a_page_that_changed_back_shows_what_it_showed(client, stories):
    first = page(client)
    for kind in ("statement", "news"):
        Article.objects.filter(pk=stories[0].pk).update(kind=kind)
        list_changes.note([stories[0].pk])
        assert (page(client) == first) is (kind == "news")
