"""Pictures for shared links: drawn once for a headline, stored, only of live articles, and none that fonts cannot write."""

import io
import re

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image, ImageFont

from articles.feeds import fonts, share_image
from articles.models import Article
from tests.articles.feeds.test_feeds import picture
from tests.articles.pages.test_json_ld import news
from tests.cast import make_article
from tests.newsroom.test_head import head

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
GENERIC = "http://testserver/static/newsroom/share.png"


@pytest.fixture(autouse=True)
def font(settings, tmp_path):
    """The one font of this machine: Pillow's own, which has Latin letters only."""
    settings.SHARE_FONTS = str(tmp_path / "fonts")
    (tmp_path / "fonts" / "deep").mkdir(parents=True)
    (tmp_path / "fonts" / "deep" / "NotoSans-Bold.ttf").write_bytes(ImageFont.load_default(10).path.getvalue())
    fonts._files.cache_clear()


def shared(client, article):
    with override(article.language):
        return head(client, article.get_absolute_url()).meta["og:image"][0]


def drawn(content):
    """The columns and rows in which something lighter than the ground is."""
    found = Image.open(io.BytesIO(content)).convert("L").point(lambda value: 255 if value > 120 else 0)
    return found.getbbox()


def test_an_article_without_a_picture_has_one_with_its_headline(client):
    article = make_article(headline="A bridge over the river")
    address = shared(client, article)
    assert re.fullmatch(rf"http://testserver/en/news/{article.slug}/share-[0-9a-f]{{24}}\.png", address)
    meta = head(client, article.get_absolute_url()).meta
    assert meta["og:image:alt"] == ["A bridge over the river"]
    assert (meta["og:image:width"], meta["og:image:height"]) == (["1200"], ["630"])
    assert news(client, article)["image"] == address
    response = client.get(address)
    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    left, top, right, bottom = drawn(response.content)
    assert (left, bottom) == (80, 551)
    assert top > 60
    assert right <= 1120


def test_it_is_drawn_once_and_again_for_another_headline(client, monkeypatch):
    article = make_article(headline="Before")
    first = shared(client, article)
    content = client.get(first).content
    with monkeypatch.context() as patch:
        patch.setattr(share_image, "draw", None)
        assert client.get(first).content == content
    Article.objects.filter(pk=article.pk).update(headline="After")
    second = shared(client, article)
    assert second != first
    response = client.get(first)
    assert (response.status_code, response["Location"]) == (302, second.removeprefix("http://testserver"))
    assert client.get(second).content != content
    assert len(default_storage.listdir(f"share/{article.pk}")[1]) == 1


def test_without_a_place_to_store_it_is_drawn_all_the_same(client, monkeypatch, caplog):
    def full(name, content):
        raise share_image.NotStored(OSError(28, "No space left on device"))

    monkeypatch.setattr(share_image, "put", full)
    assert client.get(shared(client, make_article())).status_code == 200
    assert "is not stored" in caplog.text


@pytest.mark.parametrize(
    "changes", [{"state": "withdrawn", "withdrawal_note": "Wrong."}, {"state": "gone"}, {"state": "draft"}]
)
def test_what_is_not_live_has_none(client, changes):
    article = make_article()
    address = shared(client, article)
    assert client.get(address).status_code == 200
    Article.objects.filter(pk=article.pk).update(**changes)
    assert client.get(address).status_code == 404
    if article := Article.objects.readable().first():
        assert shared(client, article) == GENERIC


def test_an_article_with_a_picture_has_no_other(client):
    article = make_article()
    address = shared(client, article)
    Article.objects.filter(pk=article.pk).update(lead_image=picture())
    assert "/media/" in shared(client, article)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("language", "headline"), [("ar", "خبر"), ("ru", "Новость"), ("zh", "新闻"), ("en", "A 新 B")])
def test_what_no_font_can_write_keeps_the_common_picture(client, language, headline):
    article = make_article(language=language, slug="story", headline=headline)
    with override(language):
        assert shared(client, article) == GENERIC
    assert client.get(f"/{language}/news/story/share-{'0' * 24}.png").status_code == 404


def test_right_to_left_it_begins_at_the_right():
    left_to_right = share_image.ShareTexts("One", "News", "Us", "en", "ltr")
    right_to_left = share_image.ShareTexts("One", "News", "Us", "ar", "rtl")
    assert drawn(share_image.draw(left_to_right))[0] == 80
    assert drawn(share_image.draw(right_to_left))[2] >= 1119
    assert drawn(share_image.draw(right_to_left))[0] > 600


def test_a_long_headline_stays_within_the_picture():
    text = "Extraordinarily comprehensive " * 40
    left, _top, right, bottom = drawn(share_image.draw(share_image.ShareTexts(text, text, text, "en", "ltr")))
    assert (left, bottom) == (80, 551)
    assert right <= 1120


def test_where_lines_may_end():
    assert share_image.pieces("One two") == ["One ", "two"]
    assert share_image.pieces("世卫WHO：好（一）二") == ["世", "卫", "WHO：", "好", "（一）", "二"]


def test_every_text_of_a_picture_is_part_of_its_address():
    shown = share_image.ShareTexts("Headline", "News", "Us", "en", "ltr")
    others = [
        share_image.ShareTexts(*values)
        for values in (("Other", "News", "Us", "en", "ltr"), ("Headline", "Speech", "Us", "en", "ltr"))
    ]
    assert len({one.digest for one in (shown, *others)}) == 3
