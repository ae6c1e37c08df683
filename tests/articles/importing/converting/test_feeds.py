"""Feeds become a fixture: RSS, RDF, Atom and JSON Feed, in any encoding, one file or the pages of an archive."""

import json

import pytest

from .exports import convert

pytestmark = pytest.mark.one_database

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Old</title><link>https://old.example/</link>
<language>{language}</language>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><link>https://old.example/{id}</link><guid>{id}</guid>
<pubDate>Sun, 01 Mar 2020 09:00:00 +0100</pubDate>{more}</item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Old</title><link href="https://old.example/"/>
<entry><title type="html">L&amp;eacute;a &amp;amp; moi</title><id>tag:1</id><link href="https://old.example/1"/>
<updated>2020-03-02T09:00:00Z</updated>{}<author><name>Ada Ek</name></author><category term="eau" label="Eau"/>
<content type="html">&lt;p&gt;Texte &lt;a href="/2"&gt;deux&lt;/a&gt;&lt;/p&gt;</content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://old.example/"><link>https://old.example/</link></channel>
<item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link>
<dc:date>2020-03-01T09:00:00Z</dc:date><description>Text</description></item></rdf:RDF>"""


def rss(folder, *items, name="feed.xml", encoding="utf-8", language="en"):
    path = folder / name
    path.write_bytes(RSS.format(encoding=encoding, language=language, items="".join(items)).encode(encoding))
    return path


def entry(number=1, more="<description>Text</description>", title="One"):
    return ITEM.format(id=number, more=more, title=title)


def test_an_entry_of_rss_becomes_an_article(tmp_path):
    more = """<description>In short.</description><category>Floods</category><author>Ada Ek</author>
    <content:encoded><![CDATA[<p>Text <img src="/a.jpg" alt="The sea"></p>]]></content:encoded>
    <enclosure url="https://old.example/b.jpg" type="image/jpeg"/><media:credit>Bo Li</media:credit>
    <enclosure url="https://old.example/r.pdf" type="application/pdf"/>
    <enclosure url="https://old.example/s.mp3" type="audio/mpeg"/>"""
    found = convert(tmp_path, rss(tmp_path, entry(more=more)))
    article = found.article("one")
    assert article["body"] == '<p>Text <img src="https://old.example/a.jpg" alt="The sea"></p>'
    assert (article["summary"], article["created_by_name"]) == ("In short.", "Ada Ek")
    assert (article["publish_at"], article["state"]) == ("2020-03-01T08:00:00Z", "approved")
    assert (article["external_source"], article["external_id"]) == ("old.example", "1")
    assert (article["topics"], article["lead_image"]) == ([["floods"]], ["https://old.example/b.jpg"])
    assert article["attachments"] == [["https://old.example/r.pdf"]]
    assert found.of("image") == [{"file": "https://old.example/b.jpg", "credit": "Bo Li"}]
    assert found.lost() == [("recordings", "video or sound left out", "https://old.example/s.mp3")]
    assert found.addresses() == {"/1": ("en", "one")}


def test_the_link_of_an_entry_to_another_site_is_no_old_address(tmp_path):
    found = convert(tmp_path, rss(tmp_path, entry().replace("<link>https://old.", "<link>https://other.")))
    assert found.addresses() == {}
    assert found.lost() == [("", "link of the entry to another site left out", "https://other.example/1")]


@pytest.mark.parametrize(
    ("link", "slug"),
    [
        ("2020/flood-in-suva/", "flood-in-suva"),
        ("news.aspx?id=3", "one"),
        ("sea.php", "sea"),
        ("sea/index.html", "one"),
        ("node/17", "one"),
        ("a.b.html", "one"),
    ],
)
def test_the_slug_is_that_of_the_old_address_if_it_has_words(tmp_path, link, slug):
    source = rss(tmp_path, entry().replace("old.example/1<", f"old.example/{link}<"))
    assert convert(tmp_path, source).of("article")[0]["slug"] == slug


def test_atom_in_its_language_and_without_a_date_of_publication(tmp_path):
    source = tmp_path / "feed.atom"
    source.write_text(ATOM.format(""))
    found = convert(tmp_path, source)
    (article,) = found.of("article")
    assert (article["headline"], article["language"], article["topics"]) == ("Léa & moi", "fr", [["eau"]])
    assert article["publish_at"] == "2020-03-02T09:00:00Z"
    assert [kind for _field, kind, _what in found.lost()] == [
        "date of the last change stands for that of publication, which the feed does not give",
        "link still leads to the former site",
    ]


def test_rdf_needs_a_language(tmp_path):
    source = tmp_path / "feed.rdf"
    source.write_text(RDF)
    assert "says nowhere in which language it is; --language says it" in convert(tmp_path, source).err
    assert convert(tmp_path, source, language="es").article("one")["publish_at"] == "2020-03-01T09:00:00Z"


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_encodings_that_the_feed_names(tmp_path, encoding):
    found = convert(tmp_path, rss(tmp_path, entry(title="Наводнение"), encoding=encoding, language="ru"))
    assert found.of("article")[0]["headline"] == "Наводнение"
    assert found.lost() == []


def test_an_encoding_that_the_feed_does_not_name(tmp_path):
    path = tmp_path / "feed.xml"
    feed = RSS.format(encoding="", language="ru", items=entry(title="Наводнение")).replace(' encoding=""', "")
    path.write_bytes(feed.encode("koi8-r"))
    assert convert(tmp_path, path, encoding="koi8-r").of("article")[0]["headline"] == "Наводнение"


def test_the_pages_of_an_archive_are_read_together_and_each_entry_once(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    rss(folder, entry(1), entry(2, title="Two"), name="page-1.xml")
    rss(folder, entry(2, title="Two"), entry(3, title="Three"), name="page-2.xml")
    found = convert(tmp_path, folder)
    assert [fields["slug"] for fields in found.of("article")] == ["one", "two", "three"]
    assert found.lost() == [
        ("", "article left out: the source has it twice, and the later version comes along", ""),
    ]


def test_dates_are_never_invented(tmp_path):
    items = [entry(1).replace("<pubDate>Sun, 01 Mar 2020 09:00:00 +0100</pubDate>", "")]
    items += [entry(2, title="Two").replace(" +0100", "")]
    items += [entry(3).replace("Sun, 01 Mar 2020 09:00:00 +0100", "2020-03-01T09:00:00")]
    found = convert(tmp_path, rss(tmp_path, *items))
    assert "publish_at" not in found.article("one")
    assert found.article("one")["state"] == "draft"
    assert [(field, kind[:27]) for field, kind, _what in found.lost()] == [
        ("publish_at", "article without a date and "),
        ("publish_at", "date that cannot be read left out"[:27]),
        ("publish_at", "article without a date and "),
        ("publish_at", "date without a time zone: t"),
    ]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("Thu, 14 May 2020 09:00:00 CEST", "2020-05-14T07:00:00Z"),
        ("Thu, 14 May 2020 09:00:00 +0200 CEST", "2020-05-14T07:00:00Z"),
        ("2020-05-14 09:00:00 CEST", "2020-05-14T07:00:00Z"),
        ("Thu, 14 May 2020 09:00:00 MSK", "2020-05-14T06:00:00Z"),
        ("Thu, 14 May 2020 09:00:00 EST", "2020-05-14T14:00:00Z"),
        ("2020-05-14T09:00:00+02:00", "2020-05-14T07:00:00Z"),
        ("20200514T090000Z", "2020-05-14T09:00:00Z"),
        ("2020-05-14 09:00:00 +0200", "2020-05-14T07:00:00Z"),
        ("2020-05-14 09:00 UTC", "2020-05-14T09:00:00Z"),
        ("2020年5月14日 09:00", None),  # feedparser reads the year, and adds the month and day of today
        ("2020", None),
        ("2020-05", None),
        ("Thu, 14 May 2020 09:00:00 +2400", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_a_date_is_read_as_it_was_meant_or_not_at_all(tmp_path, told, moment):
    found = convert(tmp_path, rss(tmp_path, entry(1).replace("Sun, 01 Mar 2020 09:00:00 +0100", told)))
    assert found.article("one").get("publish_at") == moment
    assert found.article("one")["state"] == ("approved" if moment else "draft")


def test_what_is_dated_in_the_future_comes_as_a_draft(tmp_path):
    found = convert(tmp_path, rss(tmp_path, entry(1).replace("01 Mar 2020", "01 Mar 2190")))
    assert (found.article("one")["state"], found.article("one")["publish_at"][:4]) == ("draft", "2190")
    assert ("state", "scheduled article comes as a draft", "") in found.lost()


def test_a_feed_that_is_no_correct_xml_is_read_and_told(tmp_path):
    found = convert(tmp_path, rss(tmp_path, entry(title="Salt & pepper")))
    assert found.of("article")[0]["headline"] == "Salt & pepper"
    assert [kind for _field, kind, _what in found.lost()] == ["feed is no correct XML: read as far as possible"]


def test_what_the_fixture_has_no_place_for_is_listed(tmp_path):
    found = convert(
        tmp_path, rss(tmp_path, entry(more="<description>Text</description><media:rating>adult</media:rating>"))
    )
    assert [(kind, what[:12]) for _field, kind, what in found.lost()] == [
        ("element of the feed left out", "media_rating")
    ]


def test_json_feed(tmp_path):
    item = {
        "id": 7,
        "url": "https://old.example/7",
        "title": "Seven",
        "content_text": "One\n\ntwo <3",
        "date_published": "2020-03-01T09:00:00+01:00",
        "authors": [{"name": "Ada Ek"}],
        "tags": ["Floods"],
        "image": "https://old.example/a.jpg",
        "attachments": [{"url": "https://old.example/s.mp3", "mime_type": "audio/mpeg"}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "language": "en-GB", "items": [item, "x"]}
    source = tmp_path / "feed.json"
    source.write_text(json.dumps(feed))
    found = convert(tmp_path, source)
    article = found.article("seven")
    assert article["body"] == "<p>One</p>\n<p>two &lt;3</p>"
    assert (article["language"], article["publish_at"]) == ("en", "2020-03-01T08:00:00Z")
    assert (article["topics"], article["lead_image"]) == ([["floods"]], ["https://old.example/a.jpg"])
    assert [kind for _field, kind, _what in found.lost()] == [
        "video or sound left out",
        "entry left out: it is no JSON object",
    ]
