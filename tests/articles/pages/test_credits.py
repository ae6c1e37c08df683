"""Credit, copyright holder and terms are shown wherever a picture is, as the library has them now."""

import io
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image as Picture

from articles.media.formats import embedded
from articles.pages.texts.pictures import credits_html, with_pictures
from articles.publishing import after_save
from newsroom.models import Page
from tests import files
from tests.cast import create_image, make_article, make_copies
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_image(number=0, exif=None, **fields):
    fields = {"copyright": "Shared Waters", "terms": "Free with credit"} | fields
    return create_image(
        files.picture(60 + number, 40, exif=exif or b""), fields.pop("credit", "A. <Otieno>"), alt={"en": "A"}, **fields
    )


def tag(image):
    return f'<img src="{image.get_absolute_url()}" alt="x">'


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_the_article_shows_them_with_lead_gallery_and_text(client):
    lead, gallery, text, note = (make_image(n, credit=f"Credit {n}", terms=f"Terms {n}") for n in range(4))
    article = make_article(
        lead_image=lead, gallery=[gallery], body=f"<figure>{tag(text)}</figure>", notes_to_editors=f"<p>{tag(note)}</p>"
    )
    html = client.get(article.get_absolute_url()).content.decode()
    for number in range(4):
        assert f"Credit {number}" in html
        assert f"Terms {number}" in html
    assert html.count("© Shared Waters</bdi>") == 4


def test_the_front_page_shows_them_with_its_lead_and_lists_as_title(client):
    make_article(lead_image=make_image())
    assert "Photo: <bdi>A. &lt;Otieno&gt;</bdi>" in client.get("/en/").content.decode()
    assert 'title="A. &lt;Otieno&gt; · © Shared Waters"' in client.get("/en/news/").content.decode()


def test_pages_of_the_site_show_them(client):
    page = Page.objects.create(code="about")
    page.translations.create(language="en", title="About", body=f"<figure>{tag(make_image())}</figure>")
    assert "A. &lt;Otieno&gt;" in client.get(page.get_absolute_url()).content.decode()


def test_a_changed_credit_is_seen_everywhere(client, edna):
    image = make_image()
    article = make_article(lead_image=image, body=f"<figure>{tag(image)}</figure>")
    after_save.sync(article)
    addresses = [article.get_absolute_url(), "/en/", "/en/news/"]
    for address in addresses:
        assert "A. &lt;Otieno&gt;" in client.get(address).content.decode()
    at = f"/admin/articles/image/{image.pk}/change/"
    assert client.post(at, filled(client.get(at), credit="B. Maathe")).status_code == 302
    for address in addresses:
        html = client.get(address).content.decode()
        assert "B. Maathe" in html
        assert "Otieno" not in html


def test_a_caption_keeps_its_words_and_gets_the_credit():
    html = with_pictures(f"<figure>{tag(make_image())}<figcaption>The <em>sea</em></figcaption></figure>")
    assert text_of(html) == "The sea Photo: A. &lt;Otieno&gt; © Shared Waters Free with credit"
    assert html.count("<figcaption>") == 1


def test_a_caption_that_names_the_credit_does_not_repeat_it():
    image = make_image(credit="Ada Ek / SWO")
    html = with_pictures(f"<figure>{tag(image)}<figcaption>The sea. Photo: Ada Ek / SWO</figcaption></figure>")
    assert text_of(html) == "The sea. Photo: Ada Ek / SWO © Shared Waters Free with credit"


def test_two_pictures_in_a_figure_by_one_photographer_are_credited_once():
    first, second, third = make_image(1), make_image(2), make_image(3, credit="Ada Ek")
    html = with_pictures(f"<figure>{tag(first)}{tag(second)}{tag(third)}</figure>")
    assert html.count("Otieno") == 1
    assert html.count("Ada Ek") == 1
    assert html.endswith("</small></figcaption></figure>")


def test_pictures_outside_figures_are_credited_beside_them():
    html = with_pictures(f"<p>a {tag(make_image())} b</p><p>c</p>")
    assert re.search(r'</picture> <small class="credits">.*Otieno.*</small> b</p><p>c</p>', html)


def test_a_picture_that_the_library_does_not_have_stays_as_it_is():
    html = f'<figure><img src="/media/images/aa/{"a" * 64}.jpg" alt=""></figure>'
    assert with_pictures(html) == html


def test_the_label_is_in_the_language_of_the_page():
    with override("fr"):
        assert "Photo" in credits_html(make_image())
    with override("ar"):
        assert "Photo:" not in credits_html(make_image(1))
    with override("zh"):
        assert "：<bdi>" in credits_html(make_image(2))


@pytest.mark.parametrize(
    ("holder", "notice"),
    [
        ("", ""),
        ("SWO", "© SWO"),
        ("© SWO", "© SWO"),
        ("(c) 2026 SWO", "(c) 2026 SWO"),
        ("Copyright SWO", "Copyright SWO"),
    ],
)
def test_the_sign_is_not_repeated(holder, notice):
    assert make_image(copyright=holder).copyright_notice == notice


def test_an_address_in_the_terms_is_a_link_and_the_rest_is_text():
    html = credits_html(make_image(terms="See https://example.org/terms?a=1&b=2. <script>x</script>"))
    assert '<a href="https://example.org/terms?a=1&amp;b=2" rel="license">' in html
    assert "<script>" not in html


def test_search_engines_are_told(client):
    image = make_image(terms="CC BY: https://creativecommons.org/licenses/by/4.0/")
    html = client.get(make_article(lead_image=image).get_absolute_url()).content.decode()
    data = json.loads(re.search(r"<script[^>]*ld\+json[^>]*>(.*?)</script>", html, re.DOTALL)[1])["image"]
    assert data["@type"] == "ImageObject"
    assert data["creditText"] == "A. <Otieno>"
    assert data["copyrightNotice"] == "© Shared Waters"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["url"].startswith("http")


def test_every_picture_costs_no_query_of_its_own(client, django_assert_num_queries):
    images = [make_image(number) for number in range(4)]
    with django_assert_num_queries(2):
        with_pictures("".join(f"<figure>{tag(image)}</figure>" for image in images[:2]))
    with django_assert_num_queries(2):
        with_pictures("".join(f"<figure>{tag(image)}</figure>" for image in images))


def test_the_copies_carry_the_credit_and_nothing_else():
    image = make_image(terms="See https://example.org/terms", exif=files.exif())
    make_copies(image)
    for name in ("60.webp", "60.avif"):
        with default_storage.open(f"renditions/{image.sha256}/{name}") as file:
            content = file.read()
        assert b"SECRET" not in content
        with Picture.open(io.BytesIO(content)) as picture:
            found = embedded.read(picture)
        assert (found.credit, found.copyright) == ("A. <Otieno>", "© Shared Waters")
        assert found.terms == "See https://example.org/terms"


def test_a_changed_credit_comes_into_the_copies(client, edna):
    image = make_image(credit="Ada Ek")
    make_copies(image)
    at = f"/admin/articles/image/{image.pk}/change/"
    client.post(at, filled(client.get(at), credit="Ben Ek"))
    assert make_copies(image)[0] == 1
    with default_storage.open(f"renditions/{image.sha256}/60.webp") as file:
        assert b"Ben Ek" in file.read()
