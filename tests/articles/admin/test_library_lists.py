"""Finding files in the library: by tag, uploader, name and use; what drafts hide stays hidden, in tags and uses, too."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Attachment, Image, Recording
from tests import files
from tests.cast import (
    RECORDINGS,
    create_attachment,
    create_image,
    create_recording,
    make_article,
    make_office,
    make_user,
)
from tests.forms import errors, filled, read

pytestmark = pytest.mark.django_db
MANY = "/admin/articles/{}/add-many/"


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(width, **fields):
    return create_image(files.picture(width, 40), credit="R. Painter", alt={"en": f"Picture {width}"}, **fields)


def found(client, query):
    page = client.get(f"/admin/articles/image/?{query}")
    assert page.status_code == 200
    return {image.width for image in page.context["cl"].result_list}


def test_pictures_are_found_by_tag_uploader_name_and_use(client, edna):
    walt = make_user("walt", "writer")
    picture(50, tags="flood, kenya", uploaded_by=walt, original_name="DSC_0042.jpg")
    picture(60, tags="flood", uploaded_by_name="import")
    used = picture(70, tags="flooding", uploaded_by=edna)
    make_article(lead_image=used)
    assert found(client, "tag=flood") == {50, 60}
    assert found(client, f"by={walt.pk}") == {50}
    assert found(client, "by=import") == {60}
    assert found(client, "by=999999") == set()
    assert found(client, "q=dsc_0042") == {50}
    assert found(client, "q=kenya+flood") == {50}
    assert found(client, "use=yes") == {70}
    assert found(client, "tag=flood&use=no&q=painter") == {50, 60}


def test_a_limited_or_foreign_draft_tells_no_tag_and_no_title(client):
    lima, geneva = make_office("lima", "Lima"), make_office("geneva", "Geneva")
    shared = picture(50, tags="open")
    make_article(lead_image=picture(60, tags="secret-coup"), state="draft", office=lima)
    make_article(lead_image=shared, state="draft", office=lima, headline="The minister resigns")
    make_article(lead_image=shared, headline="Public story", office=geneva)
    client.force_login(make_user("walt", "editor", geneva))
    page = client.get("/admin/articles/image/").content.decode()
    assert "open" in page
    assert "secret-coup" not in page
    assert found(client, "tag=secret-coup") == set()
    form = client.get(f"/admin/articles/image/{shared.pk}/change/").content.decode()
    assert "Public story" in form
    assert "minister" not in form
    assert "1 article that you may not see" in form


def files_of(*names):
    return [SimpleUploadedFile(name, content) for name, content in names]


def many(client, kind, sent, **words):
    page = read(client.get(MANY.format(kind)))
    for name, value in words.items():
        page.change(name, value)
    return client.post(MANY.format(kind), page.sent() | {"files": sent})


def test_many_pictures_get_the_same_credit_and_each_its_report(client, edna):
    known = picture(90)
    sent = files_of(
        ("a.jpg", files.picture(50, 40)), ("b.png", files.picture(60, 40, kind="PNG")), ("c.jpg", b"<script>"),
        ("again.jpg", files.picture(90, 40)), ("d.svg", b"<svg onload='x()'/>"),
    )  # fmt: skip
    response = many(client, "image", sent, credit="A. Otieno", copyright="SWO", tags="Rain, kenya", language="en")
    results = response.context["results"]
    assert [bool(one.errors) for one in results] == [False, False, True, True, True]
    assert known.name in results[3].errors[0]
    added = Image.objects.exclude(pk=known.pk)
    assert {(image.credit, image.copyright, image.tags, image.uploaded_by) for image in added} == {
        ("A. Otieno", "SWO", "kenya, rain", edna)
    }
    assert {image.original_name for image in added} == {"a.jpg", "b.png"}
    page = response.content.decode()
    assert "2 files were added" in page
    assert "3 were refused" in page


def test_without_a_credit_only_pictures_that_have_one_are_taken(client, edna):
    response = many(client, "image", files_of(("a.jpg", files.picture(50, 40))), language="en")
    assert "credit" in response.context["results"][0].errors[0].lower()
    assert not Image.objects.exists()


def test_many_files_and_recordings_take_their_titles_from_their_names(client, edna):
    sent = files_of(("river_levels-2026.csv", b"a,b\n1,2\n"), ("x.exe", b"MZ"))
    many(client, "attachment", sent, language="fr", tags="levels")
    attachment = Attachment.objects.get()
    assert (attachment.title, attachment.language, attachment.tags) == ("river levels 2026", "fr", "levels")
    sent = files_of(*((name, (RECORDINGS / name).read_bytes()) for name in ("tiny.mp4", "tiny.ogg", "other.mkv")))
    response = many(client, "recording", sent, credit="O. Filmer", language="en")
    assert [bool(one.errors) for one in response.context["results"]] == [False, False, True]
    assert {one.name for one in Recording.objects.with_translations()} == {"tiny"}


def test_the_script_gets_its_report_as_data(client, edna):
    sent = {"files": files_of(("a.jpg", files.picture(50, 40))), "credit": "A. Otieno", "language": "en"}
    answer = client.post(MANY.format("image"), sent, headers={"accept": "application/json"}).json()
    assert answer["files"][0]["address"] == f"/admin/articles/image/{Image.objects.get().pk}/change/"
    answer = client.post(MANY.format("image"), {"language": "en"}, headers={"accept": "application/json"}).json()
    assert answer["files"] == []
    assert answer["errors"]


def test_pictures_of_writers_are_to_be_cleared_however_many(client):
    client.force_login(make_user("walt", "writer"))
    many(client, "image", files_of(("a.jpg", files.picture(50, 40))), credit="A. Otieno", language="en")
    assert Image.objects.get().to_be_cleared
    assert client.get(MANY.format("recording")).status_code == 403


def test_a_full_disk_is_told_for_the_file(client, edna, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("articles.media.storage._write", full)
    sent = files_of(("a.jpg", files.picture(50, 40)))
    response = many(client, "image", sent, credit="A. Otieno", language="en")
    assert "No space left" in response.context["results"][0].errors[0]
    assert not Image.objects.exists()


def test_an_upload_by_form_records_who_and_which_name(client, edna):
    add = "/admin/articles/attachment/add/"
    sent = filled(client.get(add), file=SimpleUploadedFile("levels.csv", b"a,b\n1,2\n"), title="Levels", language="en")
    response = client.post(add, sent)
    assert response.status_code == 302, errors(response)
    attachment = Attachment.objects.get()
    assert (attachment.uploaded_by, attachment.original_name) == (get_user_model().objects.get(), "levels.csv")


def test_an_imported_file_says_so():
    file = create_attachment(b"a,b\n1,2\n", title="Levels", language="en", name="a.csv")
    file.uploaded_by_name = "import"
    assert str(file.uploader) == "import"
    assert create_recording().uploader == ""
