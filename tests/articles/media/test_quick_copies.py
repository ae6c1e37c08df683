"""No page loads an original of more than 400 KB: until its copies are made, a quick copy is shown."""

import io
import os
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture

from articles.media import renditions, serving
from articles.models import Article, Image
from articles.pages.texts import pictures
from articles.personal_links import review_links
from articles.publishing import after_save, revisions
from newsroom.models import Page
from tests.cast import create_image, make_article, make_copies, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LIMIT = 400 * 1024


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def noise(width=1200, height=800, kind="JPEG", mode="RGB", **options):
    """A picture that cannot be compressed."""
    out = io.BytesIO()
    Picture.frombytes(mode, (width, height), os.urandom(width * height * len(mode))).save(out, kind, **options)
    return out.getvalue()


def make_large(**options):
    image = create_image(noise(**options), "R. Painter", alt={"en": "Noise"})
    assert image.size > LIMIT
    return image


def loaded(client, address):
    """The size in bytes of every picture that a page shows, by address."""
    html = client.get(address).content.decode()
    urls = {url.split()[0] for found in re.findall(r' (?:src|srcset)="([^"]+)"', html) for url in found.split(", ")}
    return {url: len(b"".join(client.get(url))) for url in urls if url.startswith("/media/")}


def test_every_page_with_a_large_picture_shows_quick_copies(client):
    image, in_text = make_large(), make_large()
    page = Page.objects.create(code="about")
    tag = f'<figure><img src="{in_text.get_absolute_url()}" alt=""></figure>'
    page.translations.create(language="en", title="About", body=tag)
    article = make_article(lead_image=image, gallery=[image], body=f"<p>Text.</p>{tag}", notes_to_editors=tag)
    after_save.sync(article)
    for address in (article.get_absolute_url(), "/en/", "/en/news/", "/en/about/", page.get_absolute_url()):
        sizes = loaded(client, address)
        assert all(0 < size <= LIMIT for size in sizes.values()), (address, sizes)
    assert len(loaded(client, article.get_absolute_url())) == 2


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"width": 500, "height": 8000},
        {"width": 9000, "height": 60, "kind": "PNG"},
        {"mode": "RGBA", "kind": "PNG"},
        {"mode": "CMYK"},
        {"kind": "WEBP", "lossless": True},
        {"width": 2000, "height": 500, "mode": "L", "kind": "PNG"},
    ],
)
def test_a_quick_copy_of_every_kind_is_small(options):
    image = make_large(**options)
    renditions.make_quick(image)
    name = renditions.quick_name(image)
    assert default_storage.size(name) <= LIMIT
    with default_storage.open(name) as file, Picture.open(file) as picture:
        assert picture.width <= 960
        assert abs(picture.width / picture.height - image.width / image.height) < 0.1 * image.width / image.height


def test_a_quick_copy_is_made_once_when_it_is_first_asked_for(client, monkeypatch):
    image = make_large()
    make_article(lead_image=image)
    url = f"/media/{renditions.quick_name(image)}"
    assert client.get(url).status_code == 200
    monkeypatch.setattr(renditions, "make_quick", lambda image: pytest.fail("made again"))
    assert client.get(url)["Content-Type"] == "image/webp"


def test_copies_that_are_being_made_leave_threads_for_readers(client):
    """A server has few threads: meanwhile readers see the original, for browsers do not ask again for a picture."""
    image = make_large()
    make_article(lead_image=image)
    url = f"/media/{renditions.quick_name(image)}"
    with serving._quick_copies, serving._quick_copies:
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, image.get_absolute_url())
        assert "no-store" in answer["Cache-Control"]
        assert "ETag" not in answer
        assert len(b"".join(client.get(answer["Location"]))) == image.size
        assert not default_storage.exists(renditions.quick_name(image))
    assert client.get(url).status_code == 200
    with serving._quick_copies, serving._quick_copies:
        assert client.get(url).status_code == 200  # it is made


def test_while_copies_are_being_made_a_page_that_is_older_shows_those_that_were_made(client):
    image = make_large()
    make_article(lead_image=image)
    make_copies(image)
    with serving._quick_copies, serving._quick_copies:
        answer = client.get(f"/media/{renditions.quick_name(image)}", follow=True)
        assert answer.status_code == 200
        assert answer.request["PATH_INFO"] == pictures.address(image)


def test_a_personal_link_leads_to_the_original_at_its_own_address(client):
    image = make_large()
    revision = revisions.record(make_article(lead_image=image, state="draft"))
    _link, token = review_links.make(revision, make_user("edna", "editor"), purpose="fact_check")
    with serving._quick_copies, serving._quick_copies:
        answer = client.get(f"/review/{token}/media/{renditions.quick_name(image)}", follow=True)
    assert answer.redirect_chain == [(f"/review/{token}/media/{image.file.name}", 302)]
    assert len(b"".join(answer)) == image.size


def test_two_requests_make_a_copy_once(client, monkeypatch):
    image = make_large()
    make_article(lead_image=image)
    name, make = renditions.quick_name(image), renditions.make_quick

    class MadeMeanwhile:
        def acquire(self, blocking):
            make(image)
            return True

        def release(self):
            pass

    monkeypatch.setattr(serving, "_quick_copies", MadeMeanwhile())
    monkeypatch.setattr(renditions, "make_quick", lambda image: pytest.fail("made again"))
    assert client.get(f"/media/{name}").status_code == 200


def test_a_draft_has_no_quick_copy_for_readers(client):
    image = make_large()
    make_article(lead_image=image, state="draft")
    assert client.get(f"/media/{renditions.quick_name(image)}").status_code == 404
    assert not default_storage.exists(renditions.quick_name(image))


def test_a_lost_original_is_not_found_and_no_error(client):
    image = make_large()
    make_article(lead_image=image)
    default_storage.delete(image.file.name)
    assert client.get(f"/media/{renditions.quick_name(image)}").status_code == 404


def test_when_the_copies_are_made_pages_show_them(client):
    image = make_large()
    article = make_article(lead_image=image)
    assert any("/quick.webp" in url for url in loaded(client, article.get_absolute_url()))
    make_copies(image)
    sizes = loaded(client, article.get_absolute_url())
    assert len(sizes) == 2 * len(image.renditions["webp"])
    assert Image.objects.get().copies == "made"


def test_a_picture_that_is_deleted_while_a_page_shows_it_leaves_no_quick_copy(client, monkeypatch):
    image, make = make_large(), renditions.make_quick
    make_article(lead_image=image)
    default_storage.delete(renditions.quick_name(image))

    def slow(row):
        make(row)
        Article.objects.update(lead_image=None)
        Image.objects.filter(pk=image.pk).delete()

    monkeypatch.setattr(renditions, "make_quick", slow)
    assert client.get(f"/media/{renditions.quick_name(image)}").status_code == 404
    assert not default_storage.exists(renditions.quick_name(image))
