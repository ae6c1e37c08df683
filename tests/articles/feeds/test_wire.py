"""ninjs and NewsML-G2 of one live article: ids as in the feeds, the whole text, what it is about, whom to call."""

import json
from datetime import timedelta

import pytest
from lxml import etree

from articles.models import Revision, SlugHistory
from tests.articles.feeds.test_feeds import ids_of, picture
from tests.cast import NOW, make_article, make_contact, make_country, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
G2 = {"g": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
NAMES = ("ninjs.json", "newsml.xml")


@pytest.fixture
def story():
    contact = make_contact()
    contact.phones.create(display="+41 22 717 93 89")
    article = make_article(
        headline="Floods & storms", summary="What it is about.", body='<p>Text<br>with <a href="/en/offices/">a link</a>.</p>',
        reference="2026-00001", dateline_place="Geneva", dateline_country=make_country(), lead_image=picture(),
        regions=[make_region()], countries=[make_country()], topics=[make_topic()], contacts=[contact],
    )  # fmt: skip
    for number in (1, 2):
        Revision.objects.create(article=article, content={}, edition=number)
    return article


def ninjs(client, article):
    return json.loads(client.get(f"{article.get_absolute_url()}ninjs.json").content)


def newsml(client, article):
    return etree.fromstring(client.get(f"{article.get_absolute_url()}newsml.xml").content)


def test_ninjs(client, story):
    found = ninjs(client, story)
    assert found["standard"]["version"] == "3.1"
    assert (found["uri"], found["version"]) == ("tag:testserver,2026:en/2026-00001", "2")
    assert [found["uri"]] == ids_of(client, "atom")
    assert (found["pubStatus"], found["language"], found["located"]) == ("usable", "en", "Geneva, Switzerland")
    assert found["headlines"] == [{"role": "main", "contentType": "text/plain", "value": "Floods & storms"}]
    assert 'href="http://testserver/en/offices/"' in found["bodies"][0]["value"]
    assert [place["name"] for place in found["places"]] == ["Europe", "Switzerland"]
    assert found["subjects"] == [
        {"name": "Diaspora", "rel": "about", "uri": "http://testserver/en/topics/diaspora/", "literal": "diaspora"}
    ]
    assert [row["value"] for row in found["infoSources"][0]["contactInfo"]] == ["media@example.org", "+41227179389"]
    [image] = found["associations"]
    assert (image["by"], image["copyrightNotice"]) == ("A. Photographer", "A. Photographer · © Agency")
    assert image["renditions"][0]["sizeInBytes"] == 1234


def test_newsml(client, story):
    found = newsml(client, story)
    assert (found.get("guid"), found.get("version")) == ("tag:testserver,2026:en/2026-00001", "2")
    assert found.xpath("//g:headline/text()", namespaces=G2) == ["Floods & storms"]
    assert found.xpath("//g:located/g:name/text()", namespaces=G2) == ["Geneva, Switzerland"]
    assert found.xpath("//g:subject/g:name/text()", namespaces=G2) == ["Europe", "Switzerland", "Diaspora"]
    assert found.xpath("//h:body//h:p//h:a/@href", namespaces=G2) == ["http://testserver/en/offices/"]
    assert len(found.xpath("//h:body//h:br", namespaces=G2)) == 1


def test_arabic(client):
    article = make_article(language="ar", slug="خبر", headline="خبر", body="<p>نص</p>")
    found = newsml(client, article)
    assert (found.get("dir"), found.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("rtl", "ar")
    assert ninjs(client, article)["headlines"][0]["value"] == "خبر"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "draft"}, {"state": "in_review"}, {"state": "gone"}, {"publish_at": NOW() + timedelta(hours=1)},
        {"state": "withdrawn", "withdrawal_note": "Wrong."},
    ],
)  # fmt: skip
def test_only_of_live_articles(client, name, changes):
    article = make_article(**changes)
    assert client.get(f"{article.get_absolute_url()}{name}").status_code == (410 if article.state == "gone" else 404)
    assert name not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_an_earlier_address_leads_to_the_present_one(client, name):
    article, withdrawn = make_article(), make_article(state="withdrawn", withdrawal_note="Wrong.")
    SlugHistory.objects.create(article=article, language="en", slug="before")
    SlugHistory.objects.create(article=withdrawn, language="en", slug="wrong")
    response = client.get(f"/en/news/before/{name}")
    assert (response.status_code, response["Location"]) == (301, f"{article.get_absolute_url()}{name}")
    assert client.get(f"/en/news/wrong/{name}").status_code == 404


def test_the_page_names_them(client, story):
    page = client.get(story.get_absolute_url()).content.decode()
    for name in NAMES:
        assert f'href="{story.get_absolute_url()}{name}">' in page
