"""The front page and the landing pages of regions, countries and topics."""

import re

import pytest

from articles.models import Image
from contacts.models import Region
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic

pytestmark = pytest.mark.django_db


def make_image(**changes):
    return Image.objects.create(
        **({"file": "images/x.jpg", "sha256": "0" * 64, "credit": "A. Lens", "width": 60, "height": 40} | changes)
    )


def test_the_newest_story_with_a_picture_leads(client):
    make_article(headline="Older, no picture")
    pictured = make_article(headline="Pictured", lead_image=make_image())
    make_article(headline="Newest, no picture")
    response = client.get("/en/")
    assert response.context["lead"] == [pictured.pk]
    cards, latest = response.context["cards"], response.context["latest"]
    assert [article.headline for article in cards if article.pk in latest] == [
        "Newest, no picture",
        "Older, no picture",
    ]
    page = response.content.decode()
    assert page.index("Pictured") < page.index("Newest, no picture") < page.index("Older, no picture")


def test_an_empty_newsroom_says_so(client):
    assert "There is no news in this language yet." in client.get("/en/").content.decode()


def test_the_front_page_searches_the_news(client):
    make_article(headline="Herons return")
    make_article(headline="Budget agreed")
    page = client.get("/en/").content.decode()
    form = page[page.index('role="search"') - 100 :].partition("</form>")[0]
    assert 'method="get" action="/en/news/"' in form
    assert '<label for="q">Search the news</label>' in form
    field = re.search(r'<input type="search" id="q" name="(\w+)"', form)
    found = client.get("/en/news/", {field[1]: "herons"}).content.decode()
    assert "Herons return" in found.replace("<mark>", "").replace("</mark>", "")
    assert "Budget agreed" not in found


def test_regions_and_topics_on_the_front_page_lead_somewhere(client):
    busy, _quiet = make_region("africa", "Africa"), make_region("europe")
    stories = [make_article(regions=[busy], topics=[make_topic()]) for _ in range(5)]
    make_article(regions=[busy], state="draft")
    make_topic("finance", "Finance")
    response = client.get("/en/")
    newest = [story.pk for story in stories[:1:-1]]
    assert [(region.url, ids) for region, ids in response.context["regions"]] == [(busy.get_absolute_url(), newest)]
    topics = [(topic.url, number) for topic, number in response.context["topics"]]
    assert topics == [("/en/topics/diaspora/", 5)]


def test_regions_below_the_global_one_are_on_the_front_page(client):
    world = make_region("global", "Global", kind="global")
    africa = make_region("africa", "Africa", parent=world)
    west = make_region("west-africa", "West Africa", kind="subregion", parent=africa)
    everywhere, story, western = (make_article(regions=[region]) for region in (world, africa, west))
    shown = {region.text: ids for region, ids in client.get("/en/").context["regions"]}
    assert shown == {"Global": [everywhere.pk], "Africa": [western.pk, story.pk]}


def test_the_front_page_costs_the_same_for_ten_and_for_twenty_articles(client, django_assert_num_queries):
    for count in (10, 20):
        for index in range(count):
            make_article(regions=[make_region(f"r{index}")], topics=[make_topic(f"t{index}")])
        client.get("/en/")  # the names and the changes since the last page are read once
        with django_assert_num_queries(5):
            client.get("/en/")


@pytest.mark.parametrize(
    ("path", "query"),
    [("regions/europe", "region=europe"), ("countries/che", "country=che"), ("topics/diaspora", "topic=diaspora")],
)
def test_a_landing_page_shows_its_news_and_leads_to_the_list(client, path, query):
    story = make_article(regions=[make_region()], countries=[make_country()], topics=[make_topic()])
    make_article(headline="Another")
    response = client.get(f"/en/{path}/")
    assert list(response.context["articles"]) == [story]
    assert f'href="/en/news/?{query}"' in response.content.decode()
    assert client.get(f"/ar/{path}/").status_code == 200


def test_unknown_places_and_topics_are_not_found(client):
    paths = ["/en/regions/atlantis/", "/en/countries/zzz/", "/en/topics/gossip/"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_retired_region_and_a_merged_topic_lead_to_what_replaced_them(client):
    europe = make_region()
    Region.objects.create(code="old-europe", is_active=False, successor=europe)
    make_topic("old-topic", merged_into=make_topic())
    assert client.get("/en/regions/old-europe/").url == "/en/regions/europe/"
    assert client.get("/en/topics/old-topic/").url == "/en/topics/diaspora/"


def test_a_country_has_one_address(client):
    make_country()
    response = client.get("/en/countries/CHE/")
    assert (response.status_code, response.url) == (301, "/en/countries/che/")


def test_a_landing_page_names_offices_and_desk_contacts(client):
    make_office()
    make_topic().contact_rows.create(contact=make_contact())
    assert "Geneva Office" in client.get("/en/regions/europe/").content.decode()
    assert "Geneva Office" in client.get("/en/countries/che/").content.decode()
    assert "Media Unit" in client.get("/en/topics/diaspora/").content.decode()


@pytest.mark.parametrize("path", ["regions/europe/", "topics/floods/", "countries/che/"])
def test_a_landing_page_opens_with_its_newest_story_that_has_a_picture(client, path):
    facets = {"regions": [make_region()], "topics": [make_topic("floods", "Floods")], "countries": [make_country()]}
    make_article(headline="With a picture", lead_image=make_image(), **facets)
    assert 'id="latest" class="results-count visually-hidden"' in client.get(f"/en/{path}").content.decode()
    make_article(headline="Without one", **facets)
    page = client.get(f"/en/{path}").content.decode()
    assert 'id="latest" class="results-count"' in page
    lead = page[page.index("lead-story") : page.index('id="latest"')]
    assert "With a picture" in lead
    assert "<img" in lead
    assert page.count("With a picture</a>") == page.count("Without one</a>") == 1
