"""What `dumpdata` writes of a Wagtail site becomes a fixture, with the addresses of its pictures and documents."""

import json

import pytest

from .exports import convert

pytestmark = pytest.mark.one_database
SITE = "https://old.example"
BLOCKS = [
    {
        "type": "section",
        "value": {"heading": "Levels", "content": [{"type": "paragraph", "value": "<p>They rise.</p>"}]},
    },
    {"type": "image", "value": {"image": 7, "alt_text": "A gauge"}},
]


def row(model, pk, **fields):
    return {"model": model, "pk": pk, "fields": fields}


def page(number, path, content_type=("news", "newspage"), **fields):
    given = {"locale": 1, "live": True, "first_published_at": "2020-03-01T09:00:00Z", "content_type": content_type}
    return row(
        "wagtailcore.page", number, title=f"Story {number}", slug=f"story-{number}", url_path=path, **given | fields
    )


def dump(folder, *rows):
    site = row("wagtailcore.site", 1, hostname="old.example", port=443, root_page=2, is_default_site=True)
    more = [row("forms.formfield", 1, label="Name"), row("wagtailcore.locale", 1, language_code="fr"), site]
    more += [page(2, "/site/", ["site", "homepage"]), row("site.homepage", 2, body="Welcome")]
    path = folder / "dump.json"
    path.write_text(json.dumps([*more, *rows], indent=2))
    return path


def test_a_page_becomes_an_article(tmp_path):
    text = (
        '<p>See <a id="5" linktype="page">five</a>, <a id="3" linktype="document">the annex</a>.</p>'
        '<embed alt="Sea" embedtype="image" format="left" id="7"/>'
    )
    found = convert(
        tmp_path,
        dump(
            tmp_path,
            page(4, "/site/news/story-4/"),
            page(5, "/site/news/story-5/", live=False),
            row("news.newspage", 4, body=text, image=7, topic=1, author=1, introduction="In short."),
            row("news.newspage", 5, body=json.dumps(BLOCKS), hero_image="[]", author=None),
            row("news.newspagetag", 1, tag=8, content_object=4),
            row("taggit.tag", 8, name="Rivers"),
            row("utils.articletopic", 1, title="Floods"),
            row("utils.authorsnippet", 1, title="Ada Ek"),
            row("images.customimage", 7, title="The sea", file="original_images/sea.jpg", width=90, height=60),
            row("images.customrendition", 7, image=6, filter_spec="max-9x9", file="images/x.jpg", width=9, height=6),
            row("wagtailmedia.media", 7, title="A film", file="media/x.mp4", duration=9, width=None, height=None),
            row("wagtaildocs.document", 3, title="Annex", file="documents/annex.pdf"),
        ),
    )
    first, second = found.article("story-4"), found.article("story-5")
    assert first["body"].startswith(
        f'<p>See <a href="/fr/news/story-5/">five</a>, <a href="{SITE}/documents/3/annex.pdf">the annex</a>.</p>'
    )
    assert f'src="{SITE}/media/original_images/sea.jpg" alt="Sea"' in first["body"]
    assert (first["summary"], first["created_by_name"], first["language"]) == ("In short.", "Ada Ek", "fr")
    assert (first["state"], first["publish_at"], second["state"]) == ("approved", "2020-03-01T09:00:00Z", "draft")
    assert (first["topics"], first["lead_image"]) == (
        [["floods"], ["rivers"]],
        [f"{SITE}/media/original_images/sea.jpg"],
    )
    assert (first["external_source"], first["external_id"]) == ("old.example", "4")
    assert found.addresses()["/news/story-4"] == ("fr", "story-4")
    assert second["body"].startswith("<h2>Levels</h2><p>They rise.</p>")
    assert 'alt="A gauge"' in second["body"]


def test_content_types_may_be_numbers(tmp_path):
    kinds = {"model": "contenttypes.contenttype", "pk": 12, "fields": {"app_label": "news", "model": "newspage"}}
    found = convert(tmp_path, dump(tmp_path, kinds, page(4, "/site/a/", 12), row("news.newspage", 4, body="Text")))
    assert found.article("story-4")["body"] == "<p>Text</p>"


def test_odd_values_break_nothing(tmp_path):
    odd = [
        "x", {"model": 1, "fields": {}}, row("news.newspage", 4, body="[{not JSON", image={"a": [1]}, topic=[{"a": 1}, 9]),
        row("news.newspagetag", 1, tag=[1], content_object=4), row("a.b", 1, file=None), row("a.c", 1, file=None, width=1),
    ]  # fmt: skip
    found = convert(tmp_path, dump(tmp_path, *odd, page(4, "/site/a/"), page([5], 6, locale=[1])))
    assert found.article("story-4")["body"] == "<p>[{not JSON</p>"
