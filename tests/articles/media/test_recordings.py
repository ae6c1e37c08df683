"""Video and audio: known by their content, stored in pieces without what says where they were recorded, served in parts."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.media import cleanup, storage
from articles.media.recordings import checking
from articles.media.serving import captions_name
from articles.media.usage import is_used, unused, used_in
from articles.models import Image, Recording
from tests import files
from tests.cast import RECORDINGS, create_image, create_recording, make_article, make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CAPTIONS = "WEBVTT\n\nNOTE ask Walt\n\n00:00:01.000 --> 00:00:02.000\nThe river rises."


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def content(name):
    return (RECORDINGS / name).read_bytes()


def nested(depth):
    """Boxes within boxes."""
    return b"".join((8 * (depth - n)).to_bytes(4, "big") + b"moov" for n in range(depth))


def refused(data, name="film.mp4"):
    with pytest.raises(ValidationError) as error:
        checking.check(SimpleUploadedFile(name, data))
    return " ".join(error.value.messages)


@pytest.mark.parametrize(
    ("name", "kind", "content_type", "duration"),
    [
        ("tiny.mp4", "video", "video/mp4", 2), ("tiny.webm", "video", "video/webm", 2), ("tiny.m4a", "audio", "audio/mp4", 2),
        ("tiny.weba", "audio", "audio/webm", 1), ("tiny.ogg", "audio", "audio/ogg", 2), ("tiny.mp3", "audio", "audio/mpeg", None),
    ],
)  # fmt: skip
def test_the_content_says_what_it_is(name, kind, content_type, duration):
    checked = checking.check(SimpleUploadedFile("whatever.html", content(name), content_type="text/html"))
    assert (checked.kind, checked.content_type, checked.duration) == (kind, content_type, duration)
    assert checked.name.endswith("." + name.partition(".")[2])


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"<!doctype html><script>alert(1)</script>", "no video"),
        (b"ID3\x04\0\0\0\0\0\0<script>alert(1)</script>", "damaged"),
        (b"\xff\xfb\x90\x00<script>alert(1)</script>", "damaged"),
        (b"\0\0\0\x18ftypisom<script>alert(1)</script>", "damaged"),
        (b"\0\0\0\x10ftypisom\0\0\0\0" + nested(5000), "damaged"),
        (b"OggS" + b"\0" * 60, "Ogg"),
        (b"RIFF\0\0\0\0WAVEfmt ", "WAV"),
        (b"\x1aE\xdf\xa3" + b"\xff" * 40, "damaged"),
        (files.picture(), "no video"),
        (files.PDF, "no video"),
    ],
)
def test_what_is_no_recording_is_refused(data, word):
    assert word in refused(data)


@pytest.mark.parametrize(
    ("name", "word"), [("hevc.mp4", "hvc1"), ("other.mkv", "Matroska"), ("other.mov", "QuickTime")]
)
def test_what_not_all_browsers_play_is_refused_by_its_encoding(name, word):
    told = refused(content(name))
    assert word in told
    assert "MP4" in told


@pytest.mark.parametrize("name", ["tiny.mp4", "tiny.m4a"])
def test_a_file_that_was_cut_off_is_refused(name):
    assert refused(content(name)[:-200])


@pytest.mark.parametrize("name", ["tiny.mp4", "tiny.webm", "tiny.ogg", "tiny.mp3"])
def test_damaged_bytes_never_fail_otherwise(name):
    whole = content(name)
    for at in range(0, min(len(whole), 600), 3):
        data = bytearray(whole)
        data[at] ^= 0xFF
        try:
            checking.check(io.BytesIO(bytes(data)))
        except ValidationError:
            continue


def test_a_file_beyond_the_limit_is_refused(settings):
    settings.RECORDING_MAX_BYTES = 1000
    assert "larger" in refused(content("tiny.mp4"))


def test_nothing_is_kept_of_where_it_was_recorded(monkeypatch):
    monkeypatch.setattr(checking, "PIECE", 100)  # boxes reach over the edges of pieces
    assert b"SECRET-PLACE" in content("tiny.mp4")
    recording = create_recording("tiny.mp4")
    with default_storage.open(recording.file.name) as file:
        stored = file.read()
    assert b"SECRET" not in stored
    assert b"46.2044" not in stored
    assert len(stored) == len(content("tiny.mp4")) == recording.size
    again = checking.check(io.BytesIO(stored))
    assert (again.sha256, again.duration) == (recording.sha256, 2)


def test_a_full_disk_leaves_neither_file_nor_row(monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(storage.NotStored):
        create_recording()
    assert not Recording.objects.exists()


def test_recording_captions_and_poster_are_public_with_their_article(client):
    poster = create_image(files.picture(), credit="R. Painter", alt={"en": "Two fields"})
    recording = create_recording(poster=poster, texts={"en": {"title": "The river", "captions": CAPTIONS}})
    captions = "/media/" + captions_name(recording, recording.translations.get())
    addresses = [recording.get_absolute_url(), poster.get_absolute_url(), captions]
    assert {client.get(address).status_code for address in addresses} == {404}
    article = make_article(state="draft")
    article.recordings.set([recording])
    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.get(addresses[0], headers={"range": "bytes=0-9"}).status_code == 404
    type(article).objects.filter(pk=article.pk).update(state="approved")
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert answers[0]["Content-Type"] == "video/mp4"
    assert answers[0]["X-Content-Type-Options"] == "nosniff"
    assert answers[2]["Content-Type"] == "text/vtt; charset=utf-8"
    assert "The river rises." in answers[2].content.decode()
    assert "Walt" not in answers[2].content.decode()
    assert client.get(captions[:-6] + "00.vtt").status_code == 404
    assert client.get(f"/media/captions/{recording.sha256}/fr-{'0' * 12}.vtt").status_code == 404


def test_players_get_parts(client):
    recording = create_recording()
    article = make_article()
    article.recordings.set([recording])
    answer = client.get(recording.get_absolute_url(), headers={"range": "bytes=4-7"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"ftyp")
    assert answer["Content-Range"] == f"bytes 4-7/{recording.size}"


def test_members_see_the_recording_of_a_draft_that_they_may_see(client):
    article = make_article(state="draft", office=make_office("lima", "Lima"))
    recording = create_recording()
    article.recordings.set([recording])
    client.force_login(make_user("edna", "editor"))
    assert client.get(recording.get_absolute_url()).status_code == 200
    client.force_login(make_user("walt", "writer", make_office("geneva", "Geneva")))
    assert client.get(recording.get_absolute_url()).status_code == 404


def test_use_counts_posters():
    poster = create_image(files.picture(), credit="R. Painter")
    recording = create_recording(poster=poster)
    assert is_used(poster)
    assert not unused(Image.objects.all()).exists()
    assert not is_used(recording)
    article = make_article()
    article.recordings.set([recording])
    assert [*used_in(poster)] == [*used_in(recording)] == [article]


def test_the_file_goes_with_its_last_row():
    recording = create_recording()
    cleanup.delete_files([recording.file.name])
    assert default_storage.exists(recording.file.name)
    recording.delete()
    cleanup.delete_files([recording.file.name])
    assert not default_storage.exists(recording.file.name)
