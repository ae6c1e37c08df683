"""Every picture of a live article can be downloaded in full size, with its rights in the file; no other can."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from articles.media.formats import embedded, rights
from articles.models import Article
from tests import files
from tests.cast import NOW, create_image, make_article

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture
def image():
    image = create_image(files.picture(900, 600), "Ada Ek", alt={"en": "A well", "fr": "Un puits"}, terms="News only")
    image.translations.filter(language="en").update(caption="A well of the north.")
    return image


def addresses(image, language="en"):
    page = f"/{language}/pictures/{image.sha256[:16]}/"
    return page, f"{page}file.jpg"


def test_the_page_has_all_that_belongs_to_it(client, image):
    make_article(slug="wells", headline="Wells", lead_image=image)
    page, file = addresses(image)
    text = client.get(page).content.decode()
    for part in (
        "A well of the north.",
        "Ada Ek",
        "News only",
        "900 × 600",
        f'href="{file}"',
        'href="/en/news/wells/"',
    ):
        assert part in text
    assert "Un puits" in client.get(addresses(image, "fr")[0]).content.decode()
    # In Arabic a number that follows Latin letters would leave its unit behind, if it were not isolated from them.
    assert re.search(
        r'<bdi dir="ltr">JPG</bdi> · <bdi>[\d.]+\s', client.get(addresses(image, "ar")[0]).content.decode()
    )
    assert f'href="{page}"' in client.get("/en/news/wells/").content.decode()


def test_the_file_carries_the_rights_and_the_same_picture(client, image):
    make_article(lead_image=image)
    response = client.get(addresses(image)[1])
    data = b"".join(response.streaming_content)
    assert response["Content-Disposition"] == f'attachment; filename="a-well-of-the-north-{image.sha256[:8]}.jpg"'
    with Image.open(io.BytesIO(data)) as picture:
        texts = embedded.read(picture)
    assert (texts.credit, texts.terms, texts.caption) == ("Ada Ek", "News only", "A well of the north.")
    with image.file.open() as file:
        assert file.read() in rights.possible_originals("jpeg", data)
    for known in (response["ETag"], f'"other", W/{response["ETag"]}', "*"):
        assert client.get(addresses(image)[1], headers={"If-None-Match": known}).status_code == 304
    type(image).objects.update(credit="Ben")
    assert client.get(addresses(image)[1], headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_programs_without_a_language_show_the_caption_of_the_default_language(client, image):
    make_article(lead_image=image)
    image.translations.create(language="ar", alt="بئر", caption="بئر في الشمال")
    data = b"".join(client.get(addresses(image)[1]).streaming_content).decode(errors="replace")
    assert '<rdf:li xml:lang="x-default">A well of the north.</rdf:li>' in data
    assert '<rdf:li xml:lang="ar">بئر في الشمال</rdf:li>' in data


def test_terms_of_any_length_fit_into_the_file(client, image):
    make_article(gallery=[image])
    type(image).objects.update(terms="ل" * 30_000)
    data = b"".join(client.get(addresses(image)[1]).streaming_content)
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert embedded.read(picture).credit == "Ada Ek"


@pytest.mark.parametrize("use", ["lead_image", "gallery", "body"])
def test_only_pictures_of_live_articles(client, image, use):
    page, file = addresses(image)
    assert client.get(page).status_code == client.get(file).status_code == 404
    body = f'<p>x</p><figure><img src="/media/{image.file.name}" alt="x"></figure>' if use == "body" else "<p>x</p>"
    article = make_article(body=body, **({} if use == "body" else {use: [image] if use == "gallery" else image}))
    if use == "body":
        from articles.publishing import after_save

        after_save.sync(article)
    assert client.get(page).status_code == client.get(file).status_code == 200
    for changes in (
        {"state": "draft"}, {"state": "withdrawn", "withdrawal_note": "Wrong."}, {"state": "gone"},
        {"state": "approved", "publish_at": NOW() + timedelta(hours=1)},
    ):  # fmt: skip
        Article.objects.update(**changes)
        assert client.get(page).status_code == client.get(file).status_code == 404


def test_other_addresses_lead_nowhere(client, image):
    make_article(lead_image=image)
    page, file = addresses(image)
    assert client.get(file.replace(".jpg", ".png")).status_code == 404
    for key in (image.sha256, image.sha256[:15], image.sha256[:16].upper(), "0" * 16, "g" * 16):
        assert client.get(f"/en/pictures/{key}/").status_code == (200 if key == image.sha256[:16] else 404)
    image.file.storage.delete(image.file.name)
    assert client.get(file).status_code == 404
    assert "file.jpg" not in client.get(page).content.decode()
