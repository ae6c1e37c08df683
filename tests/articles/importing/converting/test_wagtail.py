"""Answers of Wagtail's API v2 become a fixture: texts, streams of blocks, pictures, links between pages."""

import json

import pytest

from .exports import convert

pytestmark = pytest.mark.one_database
SITE = "https://old.example"


def page(number, **fields):
    meta = {
        "type": "news.NewsPage",
        "detail_url": f"{SITE}/api/v2/pages/{number}/",
        "html_url": f"{SITE}/news/story-{number}/",
        "slug": f"story-{number}",
        "first_published_at": "2020-03-01T09:00:00+01:00",
        "locale": "en",
    }
    return {"id": number, "meta": meta, "title": f"Story {number}", **fields}


def answer(folder, *pages):
    path = folder / "pages.json"
    path.write_text(json.dumps({"meta": {"total_count": len(pages)}, "items": pages}))
    return path


def picture(name):
    return {"id": 7, "meta": {"type": "wagtailimages.Image", "download_url": f"{SITE}/{name}"}, "title": "The sea"}


def test_a_page_becomes_an_article(tmp_path):
    body = '<p>See <a id="2" linktype="page">two</a>.</p><embed alt="Sea" embedtype="image" id="7"/>'
    fields = {"body": body, "introduction": "<p>In short.</p>", "tags": ["Floods"], "feed_image": picture("a.jpg")}
    found = convert(tmp_path, answer(tmp_path, page(1, **fields, owner_note="Ask Bo"), page(2, body="Text")))
    article = found.article("story-1")
    assert article["body"] == '<p>See <a href="/en/news/story-2/">two</a>.</p>'
    assert (article["summary"], article["topics"]) == ("In short.", [["floods"]])
    assert (article["publish_at"], article["lead_image"]) == ("2020-03-01T08:00:00Z", [f"{SITE}/a.jpg"])
    assert (article["external_source"], article["external_id"]) == ("old.example", "1")
    assert found.addresses()["/news/story-1"] == ("en", "story-1")
    assert sorted(kind for _field, kind, _what in found.lost()) == [
        "field of the page left out",
        "picture within the text left out: the API gives its number only",
    ]


def test_a_second_summary_or_picture_and_a_date_that_is_none_are_told(tmp_path):
    given = {"body": "Text", "intro": "Short", "subtitle": "Shorter", "image": 7, "date": "soon"}
    found = convert(tmp_path, answer(tmp_path, page(1, **given)))
    assert sorted(what for _field, _kind, what in found.lost()) == ["date: soon", "image: 7", "subtitle: Shorter"]
    assert found.article("story-1")["publish_at"] == "2020-03-01T08:00:00Z"


def test_a_stream_of_blocks_becomes_html_and_what_has_no_text_is_told(tmp_path):
    blocks = [
        {"type": "heading", "value": "A & B", "id": "x"},
        {"type": "paragraph", "value": "<p>Text</p>", "id": "y"},
        {"type": "section", "value": {"heading": "C", "items": [{"type": "text", "value": "Words"}]}},
        {"type": "image", "value": 7},
        {"type": "picture", "value": picture("b.jpg")},
    ]
    found = convert(tmp_path, answer(tmp_path, page(1, body=blocks), page(3, title="Index")))
    body = found.article("story-1")["body"]
    assert body.startswith("<h2>A &amp; B</h2><p>Text</p><h2>C</h2><p>Words</p>")
    assert f'src="{SITE}/b.jpg"' in body
    assert [kind for _field, kind, _what in found.lost()] == [
        "block left out: the API gives its number only", "page left out: it has no text",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['{"items": [{"meta": 3, %s}]}', '{"items": {%s}}', '{"items": [{%s]'])
def test_what_is_no_answer_is_refused_with_its_name(tmp_path, text):
    (tmp_path / "pages.json").write_text(text % f'"detail_url": "{SITE}/api/v2/pages/3/"')
    found = convert(tmp_path, tmp_path / "pages.json")
    assert found.code != 0
    assert "pages.json:1" in found.err
