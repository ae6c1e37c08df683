"""Feeds: the same articles and ids in three formats, complete texts, every filter of the lists, nothing that is not live."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from articles.feeds.entries import with_full_addresses
from articles.html import without_controls
from articles.listing.in_memory import Snapshot
from articles.listing.selection import DatabaseSelection
from articles.models import Article, Correction, Image, Revision
from tests.cast import NOW, make_article, make_country, make_office, make_region, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
KINDS = ("rss", "atom", "json")


def ask(client, kind="atom", query="", language="en", **headers):
    response = client.get(f"/{language}/news/feed.{kind}{query}", headers=headers)
    assert response.status_code == 200
    return response


def atom(client, query="", language="en"):
    return etree.fromstring(ask(client, "atom", query, language).content)


def ids_of(client, kind, query="", language="en"):
    content = ask(client, kind, query, language).content
    if kind == "json":
        return [item["id"] for item in json.loads(content)["items"]]
    path = "//item/guid/text()" if kind == "rss" else "//a:entry/a:id/text()"
    return etree.fromstring(content).xpath(path, namespaces=None if kind == "rss" else ATOM)


def headlines(client, query="", language="en"):
    return atom(client, query, language).xpath("//a:entry/a:title/text()", namespaces=ATOM)


def picture(**fields):
    image = Image.objects.create(
        **{"file": "images/aa/" + "a" * 64 + ".jpg", "sha256": "a" * 64, "size": 1234, "width": 300, "height": 200}
        | {"credit": "A. Photographer", "copyright": "Agency"} | fields
    )  # fmt: skip
    image.translations.create(language="en", alt="A river", caption="The river & its banks")
    return image


def test_all_formats_have_the_same_permanent_ids(client, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    older = make_article(reference="2026-00001", publish_at=NOW() - timedelta(days=2))
    make_article(reference="2026-00002")
    make_article(reference="2026-00001", language="fr", translation_of=older)
    expected = [f"tag:news.example.org,2026:en/2026-0000{number}" for number in (2, 1)]
    for kind in KINDS:
        assert ids_of(client, kind) == expected
        assert ids_of(client, kind, language="fr") == ["tag:news.example.org,2026:fr/2026-00001"]


def test_neither_ids_nor_addresses_depend_on_the_host_header(client, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    settings.ALLOWED_HOSTS = ["*"]
    make_article(reference="2026-00001", lead_image=picture())
    for kind in KINDS:
        content = client.get(f"/en/news/feed.{kind}", headers={"host": "evil.example"}).content
        assert b"evil" not in content
        assert content == ask(client, kind).content


def test_an_id_stays_when_the_address_changes(client):
    article = make_article(reference="2026-00001", slug="first")
    before = ids_of(client, "atom")
    Article.objects.filter(pk=article.pk).update(slug="second", headline="Another")
    assert ids_of(client, "atom") == before


@pytest.mark.parametrize(
    "query",
    [
        "?region=europe", "?country=CHE", "?topic=diaspora", "?office=geneva", "?kind=statement", "?year=2021",
        "?from=2021-03-01&to=2021-03-31", "?q=flooding", "?region=europe&q=flooding",
    ],
)  # fmt: skip
def test_every_filter_of_the_lists(client, query):
    from datetime import UTC, datetime

    make_article(headline="Other", publish_at=datetime(2020, 3, 4, 12, tzinfo=UTC))
    make_article(
        headline="The flood", kind="statement", publish_at=datetime(2021, 3, 4, 12, tzinfo=UTC), office=make_office(),
        regions=[make_region()], countries=[make_country()], topics=[make_topic()],
    )  # fmt: skip
    for kind in KINDS:
        assert len(ids_of(client, kind)) == 2
        assert len(ids_of(client, kind, query)) == 1
    assert headlines(client, query) == ["The flood"]
    own = atom(client, query).xpath("/a:feed/a:link[@rel='self']/@href", namespaces=ATOM)[0]
    assert own.endswith(f"/en/news/feed.atom{query.replace('CHE', 'che')}")


@pytest.mark.parametrize(
    ("query", "status"), [("?region=nowhere", 404), ("?kind=x", 404), ("?year=x", 400), ("?from=1", 400)]
)
def test_unknown_codes_and_malformed_values_answer_as_the_list(client, query, status):
    assert client.get(f"/en/news/{query}").status_code == status
    for kind in KINDS:
        assert client.get(f"/en/news/feed.{kind}{query}").status_code == status


def test_only_live_articles_in_the_language(client):
    make_article(headline="Live")
    make_article(headline="Draft", state="draft")
    make_article(headline="Scheduled", publish_at=NOW() + timedelta(hours=1), press_from=NOW() - timedelta(hours=1))
    make_article(headline="Withdrawn", state="withdrawn", withdrawal_note="Wrong.")
    make_article(headline="Gone", state="gone")
    make_article(headline="Copy", revises=make_article(headline="Its row"), state="draft")
    make_article(headline="Ailleurs", language="fr")
    assert headlines(client) == ["Its row", "Live"]


def test_the_whole_text_with_full_addresses(client, settings):
    settings.NEWSROOM_BASE_URL = "https://news.example.org"
    make_article(
        body='<p>One <a href="/en/offices/?a=1&amp;b=2">two</a> href="/no" <a href="mailto:a@b.org">m</a></p>',
        notes_to_editors="<p>For editors.</p>",
        boilerplate_title="About us",
        boilerplate="<p>Who we are.</p>",
        dateline_place="Geneva",
        lead_image=picture(),
    )
    content = json.loads(ask(client, "json").content)["items"][0]["content_html"]
    assert '<b class="dateline">Geneva</b> – One <a href="https://news.example.org/en/offices/?a=1&amp;b=2">' in content
    assert ' href="/no"' in content  # text, and no attribute
    assert 'href="mailto:a@b.org"' in content
    assert "<h2>Notes to editors</h2><p>For editors.</p><h2>About us</h2><p>Who we are.</p>" in content
    assert 'src="https://news.example.org/media/images/aa/' in content
    assert "The river &amp; its banks" in content
    assert "A. Photographer" in content
    assert "srcset" not in content
    for kind, path in (("rss", "//*[local-name()='encoded']/text()"), ("atom", "//*[local-name()='content']/text()")):
        assert etree.fromstring(ask(client, kind).content).xpath(path) == [content]


def test_addresses_in_every_form_become_full_ones():
    base = "https://news.example.org/en/news/x/"
    given = '<a href="#n"><a href="?a=1&amp;b=2"><a href="tel:+41"><img src="//cdn.example/x"><a href="http://[">'
    assert with_full_addresses(given, base) == (
        f'<a href="{base}#n"><a href="{base}?a=1&amp;b=2"><a href="tel:+41">'
        '<img src="https://cdn.example/x"><a href="http://[">'
    )


def test_pictures_within_the_text_have_full_addresses(client):
    image = picture(renditions={"webp": [320, 640], "avif": [320, 640]}, copies="made")
    make_article(body=f'<p>Text</p><figure><img src="/media/{image.file.name}" alt="x"></figure>')
    make_article(body="<p>Another.</p>")
    contents = [item["content_html"] for item in json.loads(ask(client, "json").content)["items"]]
    assert "<p>Another.</p>" in contents[0]
    assert f'src="http://testserver/media/renditions/{image.sha256}/640.webp"' in contents[1]
    assert "<source" not in contents[1]


def test_the_picture_is_enclosed_with_length_and_type(client):
    image = picture()
    make_article(lead_image=image)
    address = f"http://testserver/media/{image.file.name}"
    rss = etree.fromstring(ask(client, "rss").content).find(".//enclosure")
    assert dict(rss.attrib) == {"url": address, "length": "1234", "type": "image/jpeg"}
    link = atom(client).find(".//{*}entry/{*}link[@rel='enclosure']")
    assert (link.get("href"), link.get("length"), link.get("type")) == (address, "1234", "image/jpeg")
    item = json.loads(ask(client, "json").content)["items"][0]
    assert item["attachments"] == [{"url": address, "mime_type": "image/jpeg", "size_in_bytes": 1234}]
    assert item["image"] == address


def test_updated_is_when_the_last_edition_was_published(client):
    article = make_article(publish_at=NOW() - timedelta(days=3))
    other = make_article(publish_at=NOW() - timedelta(days=9))
    for number in (1, 2):
        Revision.objects.create(article=article, content={}, edition=number)
    Revision.objects.create(article=other, content={})  # a draft that was saved
    entries = atom(client).findall("{*}entry")
    dates = [(entry.findtext("{*}published"), entry.findtext("{*}updated")) for entry in entries]
    assert dates[0][0] < dates[0][1] == max(date for pair in dates for date in pair)
    assert dates[1][0] == dates[1][1]


def test_language_direction_and_rights(client, settings):
    settings.NEWSROOM_RIGHTS = "Free for the press."
    settings.NEWSROOM_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    make_article(language="ar", headline="عنوان", body="<p>الهاتف +41 22 123 45 67</p>")
    feed = atom(client, language="ar")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert feed.findtext("{*}rights") == "Free for the press."
    assert feed.find("{*}link[@rel='license']").get("href") == settings.NEWSROOM_LICENCE
    data = json.loads(ask(client, "json", language="ar").content)
    assert data["language"] == "ar"
    assert data["items"][0]["content_html"].startswith('<div lang="ar" dir="rtl"><p>الهاتف <bdi dir="ltr">+41')
    assert data["_rights"] == {"text": "Free for the press.", "licence": settings.NEWSROOM_LICENCE}
    rss = etree.fromstring(ask(client, "rss", language="ar").content)
    assert (rss.findtext(".//language"), rss.findtext(".//copyright")) == ("ar", "Free for the press.")


def test_the_hub_is_named_by_whole_feeds_only(client, settings):
    make_region()
    assert b'"hub"' not in ask(client).content
    settings.WEBSUB_HUB = "https://hub.example.org/"
    response = ask(client)
    assert b'rel="hub"' in response.content
    assert (
        response["Link"] == '<https://hub.example.org/>; rel="hub", <http://testserver/en/news/feed.atom>; rel="self"'
    )
    assert json.loads(ask(client, "json").content)["hubs"] == [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
    filtered = ask(client, query="?region=europe")
    assert b'rel="hub"' not in filtered.content
    assert "Link" not in filtered.headers


def test_an_empty_feed_is_the_same_at_every_look(client):
    for kind in KINDS:
        assert ask(client, kind).content == ask(client, kind).content


def test_characters_that_no_xml_may_hold_are_left_out():
    assert without_controls("A\x0b\ud800B\x1eC\ufffeD\tE\nF\U0001f600") == "ABCD\tE\nF\U0001f600"


def test_a_feed_costs_the_same_for_ten_and_for_twenty_articles(client):
    costs = []
    for _ in range(2):
        for number in range(10):
            image = picture(sha256=f"{Image.objects.count():064}", file=f"images/00/{Image.objects.count():064}.jpg")
            make_article(
                lead_image=image, topics=[make_topic(f"t{number}")], regions=[make_region()], office=make_office(),
                dateline_country=make_country(), countries=[make_country()],
                body=f'<p><a href="/en/news/x{number}/">x</a><img src="/media/{image.file.name}" alt=""></p>',
            )  # fmt: skip
        ask(client)
        with CaptureQueriesContext(connection) as queries:
            ask(client)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_corrections(client):
    article = make_article(reference="2026-00001", headline="A story")
    withdrawn = make_article(state="withdrawn", withdrawal_note="Wrong.")
    for row in (article, withdrawn, make_article(language="fr")):
        Correction.objects.create(article=row, edition=2, wrong="<5", now="6\n7")
    response = client.get("/en/corrections/feed.atom")
    feed = etree.fromstring(response.content)
    [entry] = feed.findall("{*}entry")
    assert entry.findtext("{*}id") == "tag:testserver,2026:en/2026-00001/editions/2"
    assert entry.findtext("{*}title") == "A story"
    assert "<p>&lt;5</p>" in entry.findtext("{*}content")
    assert entry.find("{*}link").get("href") == f"http://testserver{article.get_absolute_url()}"


def test_the_page_cache_keeps_feeds_and_answers_conditional_requests(cached, clock):
    make_article()
    first = cached.get("/en/news/feed.atom")
    assert cached.get("/en/news/feed.atom?unknown=1").content == first.content
    assert cached.renders == 1
    assert cached.get("/en/news/feed.atom", If_None_Match=first["ETag"]).status_code == 304
    assert cached.get("/en/news/feed.atom", If_Modified_Since=first["Last-Modified"]).status_code == 304
    clock.shift(70)
    assert cached.get("/en/news/feed.atom", If_Modified_Since=first["Last-Modified"]).status_code == 304
    assert cached.renders == 2
    older = make_article(publish_at=NOW() - timedelta(days=100))  # not the newest, and yet a change
    cached.publish()
    second = cached.get("/en/news/feed.atom", If_Modified_Since=first["Last-Modified"])
    assert second.status_code == 200
    assert older.headline in second.content.decode()


def test_two_texts_of_one_second_have_not_the_same_date(cached, clock):
    make_article()
    first = cached.get("/en/news/feed.atom")
    make_article()
    cached.publish()
    second = cached.get("/en/news/feed.atom", If_Modified_Since=first["Last-Modified"])
    assert second.status_code == 200
    assert "Last-Modified" not in second.headers
    clock.shift(70)
    assert "Last-Modified" in cached.get("/en/news/feed.atom").headers


def test_while_there_is_no_index_feeds_ask_the_database(client, monkeypatch):
    article = make_article(regions=[make_region()])
    monkeypatch.setattr(Snapshot, "select", lambda snapshot, criteria: DatabaseSelection(criteria))
    assert headlines(client, "?region=europe") == [article.headline]
