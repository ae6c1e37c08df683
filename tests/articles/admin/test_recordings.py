"""Video and audio in the admin: checked uploads, captions typed or from a file, chips in the form of an article."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.models import Article, Recording
from tests import files
from tests.cast import RECORDINGS, create_image, create_recording, make_article, make_office, make_user
from tests.forms import errors, filled

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADD = "/admin/articles/recording/add/"
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nThe river rises."


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def film(name="tiny.mp4", called="my film.mp4"):
    return SimpleUploadedFile(called, (RECORDINGS / name).read_bytes(), content_type="video/mp4")


def upload(client, file, **changes):
    words = {"credit": "O. Filmer", "translations-0-language": "en", "translations-0-title": "The river"} | changes
    return client.post(ADD, filled(client.get(ADD), file=file, **words))


def test_an_upload_is_checked_stored_and_described(client, edna):
    vtt = SimpleUploadedFile("en.vtt", b"\xef\xbb\xbf" + CAPTIONS.replace("\n", "\r\n").encode())
    words = {"tags": "Floods ; kenya,floods", "translations-0-captions_file": vtt}
    assert upload(client, film(), **words).status_code == 302
    recording = Recording.objects.get()
    assert (recording.kind, recording.duration, recording.tags) == ("video", 2, "floods, kenya")
    assert (recording.uploaded_by, recording.original_name) == (edna, "my film.mp4")
    assert recording.translations.get().captions == CAPTIONS


@pytest.mark.parametrize("content", [b"<!doctype html><script>alert(1)</script>", b"\0\0\0\x18ftypisom"])
def test_what_is_no_film_is_refused_beside_the_field(client, edna, content):
    assert errors(upload(client, SimpleUploadedFile("film.mp4", content)))["file"]
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("captions", "word"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>", "Line 4"),
        (CAPTIONS.encode("utf-16"), "UTF-8"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nSRT", "Line 1"),
    ],
)
def test_broken_captions_are_refused_and_nothing_is_stored(client, edna, captions, word):
    response = upload(client, film(), **{"translations-0-captions_file": SimpleUploadedFile("x.vtt", captions)})
    assert word in " ".join(errors(response)["translations"])
    assert not Recording.objects.exists()


def test_a_recording_without_captions_and_transcript_is_told(client, edna):
    response = upload(client, film())
    assert any("captions" in str(message) for message in get_messages(response.wsgi_request))


def test_a_form_saved_unchanged_changes_nothing(client, edna):
    poster = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})
    words = {"title": "The river", "captions": CAPTIONS, "transcript": "One.\n\nTwo."}
    recording = create_recording(poster=poster, texts={"en": words}, tags="a, b")
    at = f"/admin/articles/recording/{recording.pk}/change/"
    before = Recording.objects.values().get(), [*recording.translations.values()]
    response = client.post(at, filled(client.get(at)))
    assert "Nothing was changed" in " ".join(map(str, get_messages(response.wsgi_request)))
    assert (Recording.objects.values().get(), [*recording.translations.values()]) == before


def test_a_poster_of_another_office_s_draft_stays(client):
    poster = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})
    make_article(state="draft", office=make_office("lima", "Lima"), lead_image=poster)
    recording = create_recording(poster=poster)
    client.force_login(make_user("edna", "editor", office=make_office()))
    at = f"/admin/articles/recording/{recording.pk}/change/"
    assert client.post(at, filled(client.get(at), credit="A. Filmer")).status_code == 302
    recording.refresh_from_db()
    assert (recording.credit, recording.poster) == ("A. Filmer", poster)


def test_recordings_are_picked_in_the_form_of_an_article(client, edna):
    recording, article = create_recording(), make_article(state="draft")
    at = f"/admin/articles/article/{article.pk}/change/"
    page = client.get(at)
    assert "recording_rows-0-recording" in page.content.decode()
    ask = "/admin/autocomplete/?app_label=articles&model_name=articlerecording&field_name=recording&term=river"
    found = client.get(ask).json()["results"]
    assert [(one["id"], one["text"], one["note"]) for one in found] == [
        (str(recording.pk), "The river", "video · 0:02")
    ]
    assert client.post(at, filled(page, **{"recording_rows-0-recording": recording.pk})).status_code == 302
    assert [*Article.objects.get(pk=article.pk).recordings.all()] == [recording]
    content = article.revisions.first().content
    assert content["recordings"] == [recording.sha256]


def test_the_list_asks_the_same_for_ten_and_for_twenty(client, edna):
    poster = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})

    def more(numbers):
        words = {"credit": "O. Filmer", "kind": "video", "poster": poster, "tags": "a", "uploaded_by": edna}
        made = [Recording(**words, file=f"x{number}", sha256=f"{number:064}") for number in numbers]
        for recording in Recording.objects.bulk_create(made):
            recording.translations.create(language="en", title=recording.file.name)

    counted = []
    client.get("/admin/")  # the first request of a session notes it
    for numbers in (range(9), range(10, 20)):
        more(numbers)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/admin/articles/recording/").status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_title_and_no_picture_without_words_leads_from_the_list_to_the_form(client, edna):
    recording = create_recording(poster=create_image(files.picture(), "A. Lens"))
    page = html.fromstring(client.get("/admin/articles/recording/").content)
    links = page.xpath("//table[@id='result_list']/tbody//a")
    assert [(link.get("href"), link.text_content()) for link in links] == [
        (f"/admin/articles/recording/{recording.pk}/change/", "The river")
    ]
    assert page.xpath("//table[@id='result_list']/tbody//th")[0].text_content() == "The river"
