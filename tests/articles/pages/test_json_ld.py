"""JSON-LD: the article with dates, place, picture, contacts, corrections and versions; the way to it; the organisation."""

import json
import re
from datetime import timedelta

import pytest

from articles.models import Correction, Revision
from articles.pages.json_ld import short
from tests.articles.feeds.test_feeds import picture
from tests.cast import NOW, make_article, make_contact, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(client, path):
    """{type: data}"""
    found = [json.loads(text) for text in SCRIPT.findall(client.get(path).content.decode())]
    assert all(one.pop("@context") == "https://schema.org" for one in found)
    return {one["@type"]: one for one in found}


def news(client, article):
    return data(client, article.get_absolute_url())["NewsArticle"]


def test_an_article(client, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    settings.NEWSROOM_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    contact = make_contact(languages=["en", "fr"])
    contact.phones.create(display="+41 22 717 93 89")
    article = make_article(
        headline="A story", summary="What it is about.", dateline_place="Geneva", dateline_country=make_country(),
        lead_image=picture(), topics=[make_topic()], contacts=[contact], reference="2026-00001", office=make_office(),
    )  # fmt: skip
    found = news(client, article)
    url = f"https://news.example.org{article.get_absolute_url()}"
    assert found["headline"] == "A story"
    assert found["url"] == found["mainEntityOfPage"] == url
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", found["datePublished"])
    assert found["dateModified"].endswith("+00:00")
    assert found["contentLocation"] == {
        "@type": "Place",
        "name": "Geneva, Switzerland",
        "address": {"@type": "PostalAddress", "addressLocality": "Geneva", "addressCountry": "CH"},
    }
    assert found["author"]["name"] == "Newsroom"
    assert found["author"]["logo"]["url"].startswith("https://news.example.org/static/")
    assert found["publisher"]["contactPoint"] == [{
        "@type": "ContactPoint", "contactType": "media relations", "name": "Media Unit",
        "email": "media@example.org", "telephone": "+41227179389", "availableLanguage": ["en", "fr"],
    }]  # fmt: skip
    assert found["image"]["url"].startswith("https://news.example.org/media/")
    assert found["keywords"] == ["Diaspora"]
    assert found["license"] == settings.NEWSROOM_LICENCE
    assert "correction" not in found


def test_countries_in_their_order_the_primary_one_first(client):
    article = make_article(countries=[make_country("UGA", "Uganda"), make_country("KEN", "Kenya")])
    assert [one["name"] for one in news(client, article)["spatialCoverage"]] == ["Uganda", "Kenya"]
    page = client.get(article.get_absolute_url()).content.decode()
    assert re.search(
        r'>Uganda</a> <span class="muted">\(main country\)</span></li><li><a href="[^"]*">Kenya</a></li>', page
    )
    alone = make_article(slug="alone", countries=[make_country("GHA", "Ghana")])
    assert "main country" not in client.get(alone.get_absolute_url()).content.decode()


def test_contacts_that_ended_and_the_same_twice(client):
    after = make_contact("after", "After")
    before = make_contact("before", "Before", valid_until=NOW().date() - timedelta(days=1), replaced_by=after)
    gone = make_contact("gone", "Gone", is_public=False)
    found = news(client, make_article(contacts=[before, after, gone]))
    assert [point["name"] for point in found["publisher"]["contactPoint"]] == ["After"]


def test_versions(client):
    source = make_article(slug="one")
    french = make_article(slug="une", language="fr", translation_of=source)
    make_article(slug="uno", language="es", translation_of=source, state="draft")
    assert news(client, source)["workTranslation"] == [
        {"@type": "NewsArticle", "url": "http://testserver/fr/news/une/", "inLanguage": "fr"}
    ]
    found = news(client, french)
    assert found["translationOfWork"]["url"] == found["isBasedOn"] == "http://testserver/en/news/one/"
    type(source).objects.filter(pk=source.pk).update(state="withdrawn", withdrawal_note="Wrong.")
    assert not {"translationOfWork", "isBasedOn", "workTranslation"} & news(client, french).keys()


def test_corrections(client):
    article = make_article()
    Revision.objects.create(article=article, content={}, edition=2, change_kind="correction")
    Correction.objects.create(article=article, edition=2, wrong="It said 5.", now="It says 6.")
    [comment] = news(client, article)["correction"]
    assert (comment["@type"], comment["text"]) == ("CorrectionComment", "It said 5. It says 6.")


def test_headlines_are_short():
    assert short("a" * 110) == "a" * 110
    assert short("word " * 40) == f"{'word ' * 20}word…"
    assert len(short("长" * 200)) == 110


def test_the_way_to_an_article_and_to_a_region(client):
    article = make_article(headline="A < B")
    steps = data(client, article.get_absolute_url())["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Newsroom", "http://testserver/en/"),
        (2, "News", "http://testserver/en/news/"),
        (3, "A < B", f"http://testserver{article.get_absolute_url()}"),
    ]
    africa = make_region("africa", "Africa")
    make_region("west-africa", "West Africa", parent=africa)
    make_country("GHA", "Ghana", region=africa)
    for path, names in (
        ("regions/west-africa", ["Africa", "West Africa"]),
        ("countries/gha", ["Africa", "Ghana"]),
    ):
        steps = data(client, f"/en/{path}/")["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == ["Newsroom", *names]


def test_the_organisation_on_the_front_page(client, settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_NAMES = "Rivers", {"fr": "Fleuves"}
    found = data(client, "/fr/")["Organization"]
    assert (found["name"], found["alternateName"]) == ("Fleuves", ["Rivers"])
    assert found["url"] == "http://testserver/fr/"


def test_nothing_of_what_was_withdrawn(client):
    article = make_article(state="withdrawn", withdrawal_note="Wrong.")
    assert data(client, article.get_absolute_url()) == {}
