"""What `convert` writes is planned, stored, found unchanged a second time, and undone by the import that there is."""

import pytest

from articles.media.fetch import FetchError
from articles.models import Article, Image, ImportRun, Topic
from tests import files
from tests.articles.importing.fixture_records import counts, newsroom, run, write

from .exports import SITE, category, converted, item, picture

pytestmark = pytest.mark.django_db

PICTURE = f"{SITE}/wp-content/uploads/2020/sea.jpg"


@pytest.fixture
def former_site(monkeypatch):
    def fetch(address):
        if address != PICTURE:
            raise FetchError("the site answers 404")
        return files.picture(60, 40)

    monkeypatch.setattr("articles.management.commands.import_fixture.fetch", fetch)


def test_a_converted_site_is_imported_once_and_undone(tmp_path, former_site, client):
    run(write(tmp_path / "base.json", newsroom()))
    body = f'Text\n\n<img src="{PICTURE}"> <a href="{SITE}/2020/story-2/">two</a> [gallery ids="5"]'
    french = [("language", "fr", "fr"), ("post_translations", "pll", "pll")]
    items = [
        category("water", "Water"),
        category("sea", "Sea", "water"),
        picture(5, meta=[("_wp_attachment_image_alt", "The sea")], excerpt="Low water"),
        item(
            1,
            body,
            terms=[("category", "sea", "Sea"), ("post_translations", "pll", "pll")],
            meta=[("_thumbnail_id", 5)],
        ),
        item(2, "Gone: <img src='https://old.example/gone.jpg'>", status="private"),
        item(3, "Le texte", terms=french),
    ]
    source = converted(tmp_path, *items).output
    code, out, err = run(source, fetch_media=True)
    assert (code, err) == (0, "")
    assert counts(out, "articles.article") == {"create": 3}
    story = Article.objects.live().get(slug="story-1")
    image = Image.objects.get(source_url=PICTURE)
    assert (story.lead_image, story.gallery.get(), image.caption) == (image, image, "Low water")
    assert image.file.name in story.body
    assert Article.objects.get(slug="story-2").get_absolute_url() in story.body
    assert (story.created_by_name, Topic.objects.get(code="sea").parent.code) == ("Ada Ek", "water")
    assert Article.objects.get(slug="story-3").translation_of == story
    assert Article.objects.get(slug="story-2").state == "draft"
    assert client.get("/2020/story-1/").headers["location"].endswith(story.get_absolute_url())

    again = converted(tmp_path, *items).output
    code, out, _err = run(again, fetch_media=True)
    assert code == 0
    assert set(counts(out)) == {"unchanged"}
    assert run(undo=ImportRun.objects.latest("pk").pk)[0] == 0
    assert not Article.objects.filter(external_source="old.example").exists()


def test_an_article_that_was_renamed_in_the_old_system_stays_the_same(tmp_path):
    run(write(tmp_path / "base.json", newsroom()))
    run(converted(tmp_path, item(1)).output)
    code, out, _err = run(converted(tmp_path, item(1, post_name="renamed")).output)
    assert code == 0
    assert counts(out, "articles.article") == {"update": 1}
    assert Article.objects.get(external_id="1").slug == "renamed"
