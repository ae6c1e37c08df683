"""Readers see the terms of use of a picture or a recording in their language, where the library has them in it."""

import io
import json
import re
import zipfile

import pytest
from PIL import Image

from tests import files
from tests.cast import create_image, make_article
from tests.forms import filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TERMS, FRENCH = "Free with credit", "Libre avec mention du crédit"


@pytest.fixture
def image():
    alt = {"en": "A well", "fr": "Un puits", "es": "Un pozo"}
    image = create_image(files.picture(900, 600), "Ada Ek", alt=alt, terms=TERMS)
    image.translations.filter(language="fr").update(terms=FRENCH)
    return image


@pytest.fixture
def articles(image):
    """{language: an article with the picture as lead, in its gallery and in its text}"""
    body = f'<p>Text.</p><figure><img src="{image.get_absolute_url()}" alt="x"></figure>'
    return {
        code: make_article(language=code, slug="wells", lead_image=image, gallery=[image], body=body)
        for code in ("en", "fr", "es")
    }


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.mark.parametrize("place", ["article", "front", "picture", "ninjs", "newsml", "feed"])
def test_every_page_has_them_in_its_own_language_or_as_they_were_written(client, articles, image, place):
    def address(code):
        own = articles[code].get_absolute_url()
        return {
            "article": own,
            "front": f"/{code}/",
            "picture": f"/{code}/pictures/{image.sha256[:16]}/",
            "ninjs": f"{own}ninjs.json",
            "newsml": f"{own}newsml.xml",
            "feed": f"/{code}/news/feed.atom",
        }[place]

    french = shown(client, address("fr")).replace("\\u00e9", "é")
    assert FRENCH in french
    assert TERMS not in french
    for code in ("en", "es"):
        text = shown(client, address(code))
        assert TERMS in text
        assert "Libre avec" not in text


def test_search_engines_read_them_in_the_language_of_the_page(client, articles):
    page = shown(client, articles["fr"].get_absolute_url())
    data = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert FRENCH in [one.get("image", {}).get("usageInfo") for one in map(json.loads, data) if "image" in one]


def test_the_api_has_the_terms_and_their_translations(client, articles):
    picture = client.get("/api/v1/articles/?language=es").json()["results"][0]["lead_image"]
    assert (picture["terms"], picture["translated_terms"]) == (TERMS, {"fr": FRENCH})


def test_the_kit_and_the_file_have_all_languages(client, articles, image):
    response = client.get(f"{articles['en'].get_absolute_url()}kit.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as kit:
        captions = next(kit.read(name).decode() for name in kit.namelist() if name.endswith("captions.txt"))
    assert f"Terms of use: {TERMS}\n[fr] {FRENCH}" in captions
    response = client.get(f"/en/pictures/{image.sha256[:16]}/file.jpg")
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as picture:
        xmp = picture.info["xmp"].decode()
    assert f'<rdf:li xml:lang="x-default">{TERMS}</rdf:li><rdf:li xml:lang="fr">{FRENCH}</rdf:li>' in xmp


def test_an_editor_writes_them(client, edna, image):
    at = f"/admin/articles/image/{image.pk}/change/"
    page = client.get(at)
    rows = list(image.translations.order_by("language"))
    spanish = [row.language for row in rows].index("es")
    changed = filled(page, **{f"translations-{spanish}-terms": "Libre con crédito"})
    assert client.post(at, changed).status_code == 302
    assert image.translations.get(language="es").terms == "Libre con crédito"
    assert image.translations.get(language="fr").terms == FRENCH
