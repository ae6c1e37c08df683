"""The upload form offers what the photographer wrote into the file, never over what was typed, and keeps the file."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.media.renditions import quick_name
from articles.media.storage import INCOMING
from articles.models import Image
from tests import files
from tests.articles.media.test_embedded import XMP
from tests.articles.media.test_quick_copies import noise
from tests.cast import make_copies, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADD = "/admin/articles/image/add/"
ALT, CAPTION = "translations-0-alt", "translations-0-caption"


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(client, content=None, name="sea.jpg", form=None, **changes):
    content = content or files.picture(90, 60, xmp=XMP)
    changes = {"translations-0-language": "en"} | changes
    return client.post(ADD, filled(form or client.get(ADD), file=SimpleUploadedFile(name, content), **changes))


def told(response):
    return " ".join(errors(response)["__all__"])


def test_empty_fields_are_filled_in_and_saved_when_the_editor_agrees(client, edna):
    offered = upload(client)
    assert "credit, copyright holder, terms of use and alternative text" in told(offered)
    assert not Image.objects.exists()
    html = offered.content.decode()
    assert "sea.jpg" in html
    assert "errornote" not in html
    assert "Choose the file again" not in html
    assert client.post(ADD, filled(offered)).status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.copyright) == ("محمد علي, Ada Ek / UNICEF", "© UNICEF")
    assert (image.terms, image.alt) == ("https://example.org/terms", "A child")


def test_what_the_editor_changes_or_empties_is_not_offered_again(client, edna):
    offered = upload(client)
    assert client.post(ADD, filled(offered, credit="Ada Ek", copyright="", **{ALT: "Sea"})).status_code == 302
    image = Image.objects.get()
    assert (image.credit, image.copyright, image.alt) == ("Ada Ek", "", "Sea")


def test_what_was_typed_stays(client, edna):
    offered = upload(client, credit="Typed", copyright="Typed", terms="Typed")
    assert "credit" not in told(offered)
    assert offered.context["adminform"].form["credit"].value() == "Typed"
    full = upload(client, credit="Typed", copyright="Typed", terms="Typed", **{ALT: "Typed", CAPTION: "Typed"})
    assert full.status_code == 302
    assert Image.objects.get().credit == "Typed"


def test_a_decorative_picture_gets_no_alternative_text(client, edna):
    assert "alternative text" not in told(upload(client, decorative="on"))


def test_a_file_without_texts_is_saved_at_once(client, edna):
    assert upload(client, files.picture(90, 60), credit="Ada Ek").status_code == 302


def test_a_form_with_an_error_keeps_the_file(client, edna):
    wrong = upload(client, files.picture(90, 60), credit="")
    assert "credit" in errors(wrong)
    assert client.post(ADD, filled(wrong, credit="Ada Ek")).status_code == 302
    assert Image.objects.get().credit == "Ada Ek"


def test_a_kept_file_is_deleted_after_the_save(client, edna):
    wrong = upload(client, files.picture(90, 60), credit="")
    assert len(default_storage.listdir(INCOMING)[1]) == 1
    assert client.post(ADD, filled(wrong, credit="Ada Ek")).status_code == 302
    assert default_storage.listdir(INCOMING)[1] == []


def test_another_file_may_be_chosen_instead(client, edna):
    wrong = upload(client, files.picture(90, 60), credit="")
    assert upload(client, files.picture(30, 20), form=wrong, credit="Ada Ek").status_code == 302
    assert Image.objects.get().width == 30


def test_a_kept_file_is_of_its_uploader_and_cannot_be_forged(client, edna):
    wrong = upload(client, files.picture(90, 60), credit="")
    for token in ("forged", wrong.context["kept_upload"] + "x"):
        assert "file" in errors(client.post(ADD, filled(wrong, credit="A", tampered={"kept_upload": token})))
    client.force_login(make_user("ella", "editor"))
    form = client.get(ADD)
    sent = filled(form, credit="A", tampered={"kept_upload": wrong.context["kept_upload"]})
    assert "file" in errors(client.post(ADD, sent))
    assert not Image.objects.exists()


def test_a_converted_picture_offers_its_texts_too(client, edna):
    assert "credit" in told(upload(client, files.picture(90, 60, kind="TIFF", tiffinfo={700: XMP}), "sea.tif"))


def test_a_large_picture_has_its_quick_copy_when_it_is_saved(client, edna):
    assert upload(client, noise(), "noise.jpg", credit="Ada Ek").status_code == 302
    image = Image.objects.get()
    assert default_storage.size(quick_name(image)) <= 400 * 1024
    page = client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()
    assert "made in the background" in page
    assert f'src="{image.file.url}"' not in page
    library = client.get("/admin/articles/image/").content.decode()
    assert "1 of 1 pictures waits" in library
    assert "copies due" in library
    make_copies(image)
    assert "320 · 640 · 960" in client.get(f"/admin/articles/image/{image.pk}/change/").content.decode()
    assert "copies due" not in client.get("/admin/articles/image/").content.decode()


def test_a_moved_focal_point_makes_the_copies_due(client, edna):
    upload(client, files.picture(90, 60), credit="Ada Ek")
    image = Image.objects.get()
    make_copies(image)
    at = f"/admin/articles/image/{image.pk}/change/"
    client.post(at, filled(client.get(at), **{ALT: "Sea"}))
    assert Image.objects.get().copies == "made"
    client.post(at, filled(client.get(at), focal_x="0.2"))
    assert Image.objects.get().copies == "due"
