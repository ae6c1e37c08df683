"""HTML pages become a fixture: title, date, main text, pictures and files beside them, languages."""

import zipfile

import pytest

from tests import files

from .exports import convert

pytestmark = pytest.mark.one_database

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="{charset}"><title>Old site | {title}</title>
<link rel="canonical" href="https://old.example/{language}/{slug}.html">{head}</head><body><header><h1>Old site</h1></header>
<nav><p>Home About Contact and other long words that are no text</p></nav>
<article><h1>{title}</h1><time datetime="2020-03-01T09:00:00Z">1 March</time>{body}<footer>Share</footer></article></body></html>"""


def page(folder, path="a.html", charset="utf-8", language="en", title="Harbour", head="", body="<p>Text.</p>"):
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    slug = target.name.removesuffix(".html")
    text = PAGE.format(charset=charset, language=language, title=title, head=head, body=body, slug=slug)
    target.write_bytes(text.encode(charset))
    return target


def test_a_page_becomes_an_article(tmp_path):
    head = """<meta property="og:title" content="Harbour opens"><meta name="description" content="In short.">
    <meta name="author" content="Ada Ek"><meta property="article:tag" content="Ports">"""
    found = convert(tmp_path, page(tmp_path, head=head))
    (article,) = found.of("article")
    assert (article["headline"], article["summary"], article["slug"]) == ("Harbour opens", "In short.", "harbour-opens")
    assert (article["created_by_name"], article["topics"]) == ("Ada Ek", [["ports"]])
    assert (article["publish_at"], article["state"]) == ("2020-03-01T09:00:00Z", "approved")
    assert article["external_id"] == "https://old.example/en/a.html"
    assert "Text." in article["body"]
    assert not any(word in article["body"] for word in ("Share", "About", "<h1>"))
    assert found.lost() == []


def test_json_ld_is_the_surest_source(tmp_path):
    data = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
    "headline": "From the data", "datePublished": "2019-05-01T10:00:00+02:00", "author": {"name": "Bo Li"}}]}</script>"""
    (article,) = convert(tmp_path, page(tmp_path, head=data)).of("article")
    assert (article["headline"], article["created_by_name"]) == ("From the data", "Bo Li")
    assert article["publish_at"] == "2019-05-01T08:00:00Z"


@pytest.mark.parametrize("charset", ["windows-1251", "utf-16", "utf-8"])
def test_encodings(tmp_path, charset):
    source = page(tmp_path, charset=charset, language="ru", title="Наводнение")
    assert convert(tmp_path, source).of("article")[0]["headline"] == "Наводнение"


def test_an_encoding_that_no_page_names_is_told(tmp_path):
    source = tmp_path / "a.html"
    source.write_bytes("<html lang=en><title>Café</title><main><p>Text</p></main>".encode("latin-1"))
    found = convert(tmp_path, source)
    assert found.of("article")[0]["headline"] == "Café"
    assert found.lost()[0][1].startswith("page names no encoding and is not in UTF-8")
    assert convert(tmp_path, source, encoding="koi8-r").of("article")[0]["headline"] == "CafИ"


def test_pictures_and_files_beside_the_page_come_along(tmp_path):
    folder = tmp_path / "old"
    body = '<p>Text <img src="../img/sea.jpg" alt="The sea"> <a href="/files/r.csv">levels</a> <img src="../../out.jpg"></p>'
    page(folder, "en/a.html", body=body)
    (folder / "img").mkdir()
    (folder / "files").mkdir()
    (folder / "img" / "sea.jpg").write_bytes(files.picture(60, 40))
    (folder / "files" / "r.csv").write_text("port,level\nSuva,1\n")
    (tmp_path / "out.jpg").write_bytes(files.picture(60, 40))
    found = convert(tmp_path, folder, output="out")
    (article,) = found.of("article")
    assert 'src="img/sea.jpg"' in article["body"]
    assert article["attachments"] == [["files/r.csv"]]
    assert found.of("image") == [{"file": "img/sea.jpg", "credit": "old.example"}]
    copied = sorted(path.relative_to(found.output).as_posix() for path in found.output.rglob("*.*"))
    assert copied == ["files/r.csv", "img/sea.jpg", "newsroom.jsonl"]
    told = convert(tmp_path, folder).lost()
    assert ("body", "file beside the source left out: -o with a folder or a .zip takes it along", "img/sea.jpg") in told


def test_a_zip_holds_the_same_as_a_folder(tmp_path):
    folder = tmp_path / "old"
    page(folder, body='<p>Text <img src="sea.jpg"></p>')
    (folder / "sea.jpg").write_bytes(files.picture(60, 40))
    found = convert(tmp_path, folder, output="all.zip")
    with zipfile.ZipFile(found.output) as archive:
        assert sorted(archive.namelist()) == ["newsroom.jsonl", "sea.jpg"]
        assert b'src=\\"sea.jpg\\"' in archive.read("newsroom.jsonl")


def test_pages_that_name_no_address_get_that_of_the_site(tmp_path):
    folder = tmp_path / "old"
    for name, link in (("a", "b.html"), ("b", "../x.html")):
        (folder / "en").mkdir(parents=True, exist_ok=True)
        text = f"<html lang=en><title>{name}</title><main><a href={link}>x</a></main></html>"
        (folder / "en" / f"{name}.html").write_text(text)
    found = convert(tmp_path, folder, site="https://old.example")
    assert 'href="/en/news/b/"' in found.article("a")["body"]
    assert found.addresses() == {"/en/a.html": ("en", "a"), "/en/b.html": ("en", "b")}
    assert ("body", "link still leads to the former site", "https://old.example/x.html") in found.lost()


def test_pages_that_name_each_other_are_translations(tmp_path):
    links = "".join(
        f'<link rel="alternate" hreflang="{code}" href="https://old.example/{code}/a.html">' for code in ("en", "fr")
    )
    folder = tmp_path / "old"
    page(folder, "en/a.html", head=links)
    page(folder, "fr/a.html", head=links, language="fr", title="Le port")
    translated = next(one for one in convert(tmp_path, folder).of("article") if one["language"] == "fr")
    assert translated["translation_of"] == ["en", "harbour"]


def test_a_page_without_a_text_is_listed(tmp_path):
    page(tmp_path / "old", "a.html")
    (tmp_path / "old" / "b.html").write_text("<html lang=en><title>Empty</title></html>")
    found = convert(tmp_path, tmp_path / "old")
    assert len(found.of("article")) == 1
    assert found.lost() == [("", "page left out: it has no main text", "")]
