"""Readers get a picture in a size and format that fits, never enlarged, with its size and its words."""

import io
from html.parser import HTMLParser

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.template import Context, Template
from django.utils.translation import override
from PIL import Image as Picture

from articles.html import clean
from articles.media.renditions import is_complete
from articles.models import Image
from tests import files
from tests.cast import create_image, make_article, make_copies

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_image(width=1000, height=500, **options):
    fields = {name: options.pop(name) for name in ("focal_x", "focal_y", "decorative") if name in options}
    words = {"en": 'Two "fields" & 1 < 2', "ar": "حقلان"}
    return create_image(files.picture(width, height, **options), credit="R. Painter", alt=words, **fields)


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.sources, self.images = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in {"source", "img"}:
            (self.sources if tag == "source" else self.images).append(dict(attributes))


def rendered(template, **context):
    return Template("{% load article_tags %}" + template).render(Context(context))


def shown(template, **context):
    tags = Tags(rendered(template, **context))
    return tags.images[0], tags.sources


def opened(url):
    with default_storage.open(url.removeprefix("/media/")) as file:
        return Picture.open(io.BytesIO(file.read()))


def test_every_width_is_made_and_none_enlarged():
    image = make_image(1000, 500)
    make_copies(image)
    image.refresh_from_db()
    assert image.renditions["avif"] == image.renditions["webp"] == [320, 640, 960, 1000]
    for kind in ("avif", "webp"):
        for width in (320, 640, 960, 1000):
            with opened(f"/media/renditions/{image.sha256}/{width}.{kind}") as picture:
                assert (picture.format, picture.size) == (kind.upper(), (width, width // 2))


def test_page_offers_avif_then_webp_with_size_and_words():
    image = make_image()
    make_copies(image)
    img, sources = shown("{% picture image sizes='50vw' %}", image=image)
    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[0]["srcset"].startswith(f"/media/renditions/{image.sha256}/320.avif 320w, ")
    assert sources[0]["sizes"] == "50vw"
    assert (img["width"], img["height"]) == ("1000", "500")
    assert (img["alt"], img["loading"]) == ('Two "fields" & 1 < 2', "lazy")
    assert "style" not in img


def test_first_picture_of_a_page_does_not_wait():
    img, _sources = shown("{% picture image eager=True %}", image=make_image())
    assert img["fetchpriority"] == "high"
    assert "loading" not in img


def test_words_are_in_the_language_of_the_page_or_as_told():
    image = make_image()
    with override("ar"):
        assert shown("{% picture image %}", image=image)[0]["alt"] == "حقلان"
    assert shown("{% picture image language='ar' %}", image=image)[0]["alt"] == "حقلان"


def test_decorative_picture_has_an_empty_alternative():
    assert shown("{% picture image %}", image=make_image(decorative=True))[0]["alt"] == ""


def test_small_original_is_shown_until_the_copies_are_made():
    image = make_image()
    img, sources = shown("{% picture image crop='thumb' %}", image=image)
    assert not sources
    assert img["src"] == image.get_absolute_url()
    assert (img["width"], img["height"]) == ("1000", "500")


def test_no_picture_is_nothing():
    assert rendered("{% picture image %}", image=None) == ""


def test_thumb_keeps_the_focal_point_and_moves_with_it():
    image = make_image(1200, 300, focal_x=0.0)
    make_copies(image)
    img, sources = shown("{% picture image crop='thumb' %}", image=image)
    assert (img["width"], img["height"]) == ("450", "300")
    assert len(sources[0]["srcset"].split(",")) == 2
    before = img["src"]
    with opened(before) as picture:
        assert picture.getpixel((440, 150))[2] > 90, "the left, dark half"
    image.focal_x = 1.0
    image.save()
    assert not is_complete(image)
    assert make_copies()[0] == 1
    image.refresh_from_db()
    after = shown("{% picture image crop='thumb' %}", image=image)[0]["src"]
    assert after != before
    with opened(after) as picture:
        assert picture.getpixel((10, 150))[0] > 200, "the right, light half"


@pytest.mark.parametrize(
    "options",
    [
        {"mode": "L"},
        {"mode": "I;16", "kind": "PNG"},
        {"mode": "P", "kind": "PNG"},
        {"mode": "RGBA", "kind": "PNG"},
        {"mode": "CMYK"},
        {"icc_profile": files.srgb()},
        {"width": 1, "height": 1},
        {"width": 300, "height": 1000},
        {"width": 3000, "height": 3},
    ],
)
def test_every_kind_of_picture_has_copies(options):
    image = make_image(**options)
    make_copies(image)
    _img, sources = shown("{% picture image crop='thumb' %}", image=image)
    assert len(sources) == 2
    url = shown("{% picture image %}", image=image)[0]["src"]
    with opened(url) as picture:
        left, right = (picture.convert("L").getpixel((x, 0)) for x in (0, picture.width - 1))
        assert image.width == 1 or (left < 100 and (right > 180 or options.get("mode") == "RGBA"))


def test_command_makes_only_what_is_missing(capsys):
    make_copies(make_image())
    make_image(400, 300)
    call_command("renditions")
    assert "1 pictures made, 0 failed" in capsys.readouterr().out
    call_command("renditions")
    assert "0 pictures made" in capsys.readouterr().out
    call_command("renditions", "--all")
    assert "2 pictures made" in capsys.readouterr().out


def test_many_are_made_on_all_cores_and_one_lost_file_stops_none():
    lost, *_others = [make_image(200 + number, 100) for number in range(4)]
    default_storage.delete(lost.file.name)
    made, failed = make_copies()
    assert (made, [image for image, _error in failed]) == (3, [lost])
    assert all(is_complete(image) for image in Image.objects.exclude(pk=lost.pk))


def test_pictures_in_the_text_get_all_this_too(django_assert_num_queries):
    image = make_image()
    make_copies()
    other = make_image(500, 400)
    body = clean(
        f'<p>a</p><figure><img src="{image.get_absolute_url()}" alt="Own &quot;words&quot;"></figure>'
        f'<img src="{other.get_absolute_url()}">'
    )
    with django_assert_num_queries(2):
        html = rendered("{{ body|with_pictures:'ltr' }}", body=body)
    tags = Tags(html)
    assert [img["alt"] for img in tags.images] == ['Own "words"', 'Two "fields" & 1 < 2']
    assert len(tags.sources) == 2
    assert html.startswith("<p>a</p><figure><picture>")
    assert rendered("{{ body|with_pictures:'ltr' }}", body="<p>a</p>") == "<p>a</p>"


def test_signs_within_an_alternative_text_end_no_tag():
    """As older cleaners have stored them."""
    image = make_image()
    body = f'<p><img src="{image.get_absolute_url()}" alt="a><iframe src=//x>b"></p>'
    assert ' alt="a><iframe src=//x>b" width' in rendered("{{ body|with_pictures:'ltr' }}", body=body)


def test_phones_load_small_copies_for_lists(client):
    image = make_image(2000, 1400)
    make_copies(image)
    for number in range(3):
        make_article(slug=f"story-{number}", lead_image=image)
    for address in ("/en/", "/en/news/"):
        html = client.get(address).content.decode()
        thumbs = [one for one in Tags(html).sources if "thumb-360" in one["srcset"]]
        assert thumbs
        assert all(one["sizes"].endswith(" 6.5rem") for one in thumbs), address
