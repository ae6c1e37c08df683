"""Sitemaps, robots.txt and security.txt: what is live and no more, each version's others, full addresses."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from articles.feeds import sitemaps
from articles.listing.in_memory import Snapshot
from articles.listing.selection import DatabaseSelection
from articles.models import Correction
from newsroom.models import Page
from tests.articles.feeds.test_feeds import picture
from tests.cast import NOW, make_article, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(response.content)


def locations(client, path):
    return read(client, path).xpath("//s:loc/text()", namespaces=SPACES)


def alternates(client, path):
    """{address: {hreflang: address}}"""
    return {
        url.findtext("s:loc", namespaces=SPACES): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SPACES)
        }
        for url in read(client, path)
    }


def full(article):
    return f"http://testserver{article.get_absolute_url()}"


def test_the_index_names_the_sections_of_each_language(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "SECTION", 2)
    english = [make_article(publish_at=NOW() - timedelta(days=number)) for number in range(5)]
    make_article(language="fr")
    found = [address.removeprefix("http://testserver/sitemap-") for address in locations(client, "/sitemap.xml")]
    assert found[:6] == [f"pages-{code}.xml" for code in ("en", "fr", "es", "ar", "ru", "zh")]
    assert found[6:] == ["articles-en-1.xml", "articles-en-2.xml", "articles-en-3.xml", "articles-fr-1.xml"]
    listed = [locations(client, f"/sitemap-articles-en-{number}.xml") for number in (1, 2, 3)]
    oldest_first = [full(article) for article in reversed(english)]
    assert [set(part) for part in listed] == [set(oldest_first[:2]), set(oldest_first[2:4]), set(oldest_first[4:])]
    for path in (
        "articles-en-4",
        "articles-es-1",
        "articles-en-0",
        "articles-xx-1",
        "pages-xx",
        f"articles-en-{10**30}",
    ):
        assert client.get(f"/sitemap-{path}.xml").status_code == 404


def test_only_live_articles_and_their_live_versions(client):
    source = make_article(slug="one")
    french = make_article(slug="une", language="fr", translation_of=source)
    make_article(slug="uno", language="es", translation_of=source, state="draft")
    arabic = make_article(slug="واحد", language="ar", translation_of=source)
    hidden = make_article(state="withdrawn", withdrawal_note="Wrong.")
    russian = make_article(language="ru", translation_of=hidden)
    make_article(state="gone")
    make_article(publish_at=NOW() + timedelta(hours=1))
    make_article(revises=source, state="draft")
    versions = {"en": full(source), "fr": full(french), "ar": full(arabic), "x-default": full(source)}
    for code, article in (("en", source), ("fr", french), ("ar", arabic)):
        assert alternates(client, f"/sitemap-articles-{code}-1.xml") == {full(article): versions}
    assert alternates(client, "/sitemap-articles-ru-1.xml") == {full(russian): {}}


def test_the_alternates_are_those_of_the_pages(client):
    source = make_article(language="es", state="withdrawn", withdrawal_note="Wrong.")
    articles = [make_article(language=code, translation_of=source) for code in ("fr", "ar")]
    for article in articles:
        page = etree.HTML(client.get(article.get_absolute_url()).content)
        own = {link.get("hreflang"): link.get("href") for link in page.xpath("//link[@hreflang]")}
        assert own == alternates(client, f"/sitemap-articles-{article.language}-1.xml")[full(article)] != {}


def test_addresses_are_those_of_the_pages(client):
    request = client.get("/en/").wsgi_request
    for language, slug in (("en", "a-b_c"), ("ar", "خبر-عاجل"), ("zh", "新闻")):
        article = make_article(language=language, slug=slug)
        assert sitemaps.Addresses(request).of(language, slug) == full(article)


def test_pictures_and_dates(client):
    image = picture(renditions={"webp": [320, 640], "avif": [320, 640]}, copies="made")
    article = make_article(lead_image=image)
    found = read(client, "/sitemap-articles-en-1.xml")
    assert found.xpath("//i:loc/text()", namespaces=SPACES) == [
        f"http://testserver/media/renditions/{image.sha256}/640.webp"
    ]
    assert found.xpath("//s:lastmod/text()", namespaces=SPACES)[0].startswith(f"{article.updated_at:%Y-%m-%dT%H:%M}")


def test_pages_of_a_language(client):
    office = make_office()
    make_office("old", "Old", closed="2020-01-01")
    make_topic("empty", "Empty")
    for language in ("en", "fr"):
        make_article(language=language, regions=[make_region()], countries=[make_country()])
    article = make_article(topics=[make_topic()])
    Correction.objects.create(article=article, edition=2, wrong="5", now="6")
    Page.objects.create(code="us").translations.create(language="en", title="Us", body="<p>We.</p>")
    Page.objects.create(code="hidden", is_published=False)
    found = alternates(client, "/sitemap-pages-en.xml")
    paths = [address.removeprefix("http://testserver/en/") for address in found]
    assert set(paths) == {
        *("", "news/", "corrections/", "regions/europe/", "countries/che/", "topics/diaspora/"),
        *("offices/", "media-contacts/", f"offices/{office.code}/", "about/us/", "news/archive/", "privacy/"),
        *("alerts/", "contact/", "verify/"),
    }
    assert set(found["http://testserver/en/regions/europe/"]) == {"en", "fr", "x-default"}
    assert found["http://testserver/en/topics/diaspora/"] == {}
    assert len(found["http://testserver/en/offices/"]) == 7
    assert not [path for path in locations(client, "/sitemap-pages-es.xml") if "/regions/" in path]
    for address in found:
        page = client.get(address.removeprefix("http://testserver"))
        assert page.status_code == 200
        assert f'<link rel="canonical" href="{address}">' in page.content.decode()
        assert "noindex" not in page.content.decode()


def test_a_section_costs_the_same_for_ten_and_for_twenty_articles(client):
    costs, numbers = [], count()
    for _ in range(2):
        for number in range(10):
            name = f"{next(numbers):064}"
            article = make_article(lead_image=picture(sha256=name, file=f"images/00/{name}.jpg"))
            make_article(language="fr", translation_of=article, topics=[make_topic(f"t{number}")])
        for path in ("/sitemap.xml", "/sitemap-pages-en.xml", "/sitemap-articles-en-1.xml", "/news-sitemap.xml"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            costs.append(len(queries))
    assert costs[:4] == costs[4:]
    assert max(costs) <= 6


def test_while_the_lists_are_read_search_engines_come_back(client, monkeypatch):
    make_article()
    monkeypatch.setattr(Snapshot, "select", lambda snapshot, criteria: DatabaseSelection(criteria))
    for path in ("/sitemap.xml", "/sitemap-pages-en.xml", "/sitemap-articles-en-1.xml"):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_the_news_of_two_days(client):
    fresh = make_article(headline="A & B", language="zh")
    make_article(publish_at=NOW() - timedelta(days=2, minutes=1))
    make_article(publish_at=NOW() + timedelta(minutes=1))
    make_article(state="withdrawn", withdrawal_note="Wrong.")
    news = read(client, "/news-sitemap.xml")
    assert news.xpath("//s:loc/text()", namespaces=SPACES) == [full(fresh)]
    assert news.xpath("//n:title/text()", namespaces=SPACES) == ["A & B"]
    assert news.xpath("//n:language/text()", namespaces=SPACES) == ["zh-cn"]
    assert news.xpath("//n:name/text()", namespaces=SPACES) == ["Newsroom"]


def test_the_news_are_no_more_than_the_limit(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "NEWS_ITEMS", 3)
    articles = [make_article(publish_at=NOW() - timedelta(minutes=number)) for number in range(1, 6)]
    assert locations(client, "/news-sitemap.xml") == [full(article) for article in articles[:3]]


def test_sitemaps_change_at_once_with_a_publication(cached, clock):
    make_article()
    later = make_article(slug="later", publish_at=NOW() + timedelta(minutes=5))
    paths = ("/sitemap-articles-en-1.xml", "/news-sitemap.xml", "/en/news/feed.rss")
    for path in paths:
        assert b"/later/" not in cached.get(path).content
    clock.shift(301)
    for path in paths:
        assert b"/later/" in cached.get(path).content
    type(later).objects.filter(pk=later.pk).update(state="withdrawn", withdrawal_note="Wrong.")
    cached.publish()
    for path in paths:
        assert b"/later/" not in cached.get(path).content


def test_no_address_depends_on_the_host_header(client, settings):
    settings.NEWSROOM_BASE_URL, settings.ALLOWED_HOSTS = "https://news.example.org", ["*"]
    make_article()
    for path in (
        "/sitemap.xml",
        "/sitemap-pages-en.xml",
        "/sitemap-articles-en-1.xml",
        "/news-sitemap.xml",
        "/robots.txt",
    ):
        content = client.get(path, headers={"host": "evil.example"}).content
        assert b"https://news.example.org/" in content
        assert b"evil" not in content


def test_the_language_of_the_reader_changes_nothing(client, settings):
    make_article()
    for path in ("/sitemap.xml", "/sitemap-pages-en.xml", "/sitemap-articles-en-1.xml", "/news-sitemap.xml"):
        response = client.get(path, headers={"accept-language": "fr"})
        assert response.content == client.get(path).content
        assert "Accept-Language" not in response.get("Vary", "")


def test_robots_are_told_of_the_sitemaps(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[-2:] == ["Sitemap: http://testserver/sitemap.xml", "Sitemap: http://testserver/news-sitemap.xml"]


def test_whom_to_tell_of_a_weakness(client, settings, clock):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/report"]
    settings.SECURITY_POLICY = "https://example.org/policy"
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    response = client.get("/.well-known/security.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["Contact: mailto:security@example.org", "Contact: https://example.org/report"]
    assert lines[2] == f"Expires: {NOW() + timedelta(days=180):%Y-%m-%dT00:00:00Z}"
    assert lines[3:] == [
        "Canonical: https://news.example.org/.well-known/security.txt",
        "Policy: https://example.org/policy",
    ]
