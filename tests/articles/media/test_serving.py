"""A file is public while a readable article uses it; otherwise it is as if it were not there."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from articles.html import body_image_keys
from articles.media.usage import unused, used_in, with_is_public
from articles.models import Image
from articles.publishing import after_save
from newsroom.models import Page
from tests import files
from tests.cast import NOW, create_attachment, create_image, make_article, make_copies, make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def image():
    return create_image(files.picture(400, 300), credit="R. Painter", alt={"en": "Two fields"})


@pytest.fixture
def attachment():
    return create_attachment(files.PDF, title="Rapport: l’été / 2026", language="fr", name="x.pdf")


def in_body(image):
    return f'<figure><img src="{image.get_absolute_url()}" alt="x"></figure>'


USES = {
    "lead": lambda image, **changes: make_article(lead_image=image, **changes),
    "gallery": lambda image, **changes: make_article(gallery=[image], **changes),
    "body": lambda image, **changes: make_article(body=in_body(image), **changes),
    "notes": lambda image, **changes: make_article(notes_to_editors=in_body(image), **changes),
}


@pytest.mark.parametrize("use", USES)
def test_picture_of_a_draft_is_private_until_publication(client, image, use):
    make_copies(image)
    urls = [image.get_absolute_url(), *rendition_urls(image)]
    article = USES[use](image, state="draft")
    after_save.sync(article)
    assert {client.get(url).status_code for url in urls} == {404}
    article.state = "approved"
    article.save(update_fields=["state"])
    after_save.sync(article)
    assert {client.get(url).status_code for url in urls} == {200}


def rendition_urls(image):
    folder = f"renditions/{image.sha256}"
    return [reverse("media", args=[f"{folder}/{name}"]) for name in default_storage.listdir(folder)[1]]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"publish_at": NOW() + timedelta(hours=1)}, 404),
        ({"state": "in_review"}, 404),
        ({"state": "withdrawn", "withdrawal_note": "Wrong."}, 200),
        ({"state": "gone"}, 404),
        ({}, 200),
    ],
)
def test_every_state(client, image, changes, status):
    make_article(lead_image=image, **changes)
    assert client.get(image.get_absolute_url()).status_code == status


def test_working_copy_does_not_publish_its_pictures(client, image):
    live = make_article()
    make_article(revises=live, lead_image=image)
    assert client.get(image.get_absolute_url()).status_code == 404


def test_public_file_is_cacheable_for_ever_and_knows_no_session(client, image):
    make_article(lead_image=image)
    client.force_login(make_user())
    response = client.get(image.get_absolute_url())
    with default_storage.open(image.file.name) as file:
        assert b"".join(response.streaming_content) == file.read()
    assert response["Content-Type"] == "image/jpeg"
    assert "immutable" in response["Cache-Control"]
    assert "public" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Content-Disposition"] == "inline"
    assert "Cookie" not in response.get("Vary", "")
    again = client.get(image.get_absolute_url(), headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "immutable" in again["Cache-Control"]


def test_staff_see_private_files_and_nobody_keeps_them(client, image):
    client.force_login(make_user("edna", "editor"))
    response = client.get(image.get_absolute_url())
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("changes", [{}, {"is_staff": True, "is_active": False}])
def test_others_with_an_account_do_not(client, image, changes):
    client.force_login(make_user(**changes))
    assert client.get(image.get_absolute_url()).status_code == 404


def test_private_and_unknown_files_answer_alike(client, image):
    unknown = reverse("media", args=[f"images/00/{'0' * 64}.jpg"])
    private, missing = client.get(image.get_absolute_url()), client.get(unknown)
    assert private.status_code == missing.status_code == 404
    assert dict(private.headers) == dict(missing.headers)


@pytest.mark.parametrize(
    "name",
    [
        "../manage.py",
        "%2e%2e/manage.py",
        "images/../../manage.py",
        "/etc/passwd",
        "images/ab/..%2f..%2fdb.sqlite3",
        "images",
        "images/",
        "",
        ".",
        "attachments/00/",
        "renditions/" + "0" * 64 + "/../x.webp",
        "images/ab/x\x00.jpg",
    ],
)
def test_no_name_leads_out_of_the_library(client, name):
    client.force_login(make_user("edna", "editor"))
    assert client.get(f"/media/{name}").status_code == 404


def test_name_must_be_the_files_own(client, image):
    make_article(lead_image=image)
    assert client.get(image.get_absolute_url().replace(".jpg", ".png")).status_code == 404
    default_storage.delete(image.file.name)
    assert client.get(image.get_absolute_url()).status_code == 404
    assert client.post(image.get_absolute_url()).status_code == 405


def test_attachment_is_downloaded_never_opened_in_the_site(client, attachment):
    assert client.get(attachment.get_absolute_url()).status_code == 404
    make_article(attachments=[attachment])
    response = client.get(attachment.get_absolute_url())
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "rapport-l%C3%A9t%C3%A9-2026.pdf" in response["Content-Disposition"]


def test_where_used(image, attachment):
    other = create_image(files.picture(50, 50), credit="R. Painter")
    articles = [use(image) for use in USES.values()]
    for article in articles:
        after_save.sync(article)
    make_article(lead_image=other)
    assert set(used_in(image)) == set(articles)
    assert not used_in(attachment)
    spare = create_image(files.picture(40, 40), credit="R. Painter")
    assert list(unused(Image.objects.all())) == [spare]


def test_leaving_the_text_takes_the_picture_back(client, image):
    article = make_article(body=in_body(image))
    after_save.sync(article)
    assert body_image_keys(article.body, article.body) == [image.sha256]
    article.body = "<p>None.</p>"
    article.save()
    after_save.sync(article)
    assert client.get(image.get_absolute_url()).status_code == 404


def test_asking_costs_one_query_however_many_articles(image, django_assert_num_queries):
    for _number in range(5):
        make_article(gallery=[image], lead_image=image, state="draft")
    with django_assert_num_queries(1):
        assert not with_is_public(Image.objects.filter(pk=image.pk)).get().is_public


def reader_in(office, client):
    client.force_login(make_user("lima", "editor", office=office))


@pytest.mark.parametrize("use", USES)
def test_a_picture_of_another_offices_draft_is_private_to_that_office(client, image, use):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    reader_in(lima, client)
    assert client.get(image.get_absolute_url()).status_code == 200  # of no article yet: it is in everybody's library
    article = USES[use](image, state="draft", office=geneva)
    after_save.sync(article)
    assert client.get(image.get_absolute_url()).status_code == 404
    make_article(state="draft", office=lima, lead_image=image)
    assert client.get(image.get_absolute_url()).status_code == 200


def test_so_is_a_file_and_the_library_says_the_same(client, attachment):
    geneva, lima = make_office(), make_office("lima", "Lima Office")
    make_article(state="draft", office=geneva, attachments=[attachment])
    reader_in(lima, client)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    assert list(client.get("/admin/articles/attachment/").context["cl"].result_list) == []
    make_article(attachments=[attachment])
    assert list(client.get("/admin/articles/attachment/").context["cl"].result_list) == [attachment]


def test_staff_without_a_membership_see_no_private_file(client, image):
    client.force_login(make_user("gus", is_staff=True))
    assert client.get(image.get_absolute_url()).status_code == 404


def test_an_address_with_another_folder_or_type_is_no_files_own(client, image):
    """The key alone finds the row: the rest of the name must be what is stored."""
    make_article(lead_image=image)
    other = image.get_absolute_url().replace(".jpg", ".webp")
    with default_storage.open(image.file.name) as file:
        default_storage.save(other.removeprefix("/media/"), file)
    assert client.get(other).status_code == 404


@pytest.mark.parametrize("published", [True, False])
def test_a_picture_in_the_text_of_a_page_is_as_public_as_the_page(client, image, published):
    page = Page.objects.create(code="who-we-are", is_published=published)
    assert client.get(image.get_absolute_url()).status_code == 404
    page.translations.create(language="en", title="Who we are", body=in_body(image))
    assert client.get(image.get_absolute_url()).status_code == (200 if published else 404)
    assert not unused(Image.objects.all()).exists()
    client.force_login(make_user("edna", "editor"))
    form = client.get(f"/admin/articles/image/{image.pk}/change/")
    assert "Who we are" in form.content.decode()
    assert client.post(f"/admin/articles/image/{image.pk}/delete/", {"post": "yes"}).status_code == 403
