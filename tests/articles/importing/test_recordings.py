"""Video and audio in fixtures: checked as in the admin, stored in pieces, exported and imported without a loss."""

import shutil
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import Article, Recording
from tests import files
from tests.articles.importing.fixture_records import article, newsroom, record, run, translation, write
from tests.articles.importing.test_media import whole
from tests.articles.importing.test_round_trip import empty
from tests.cast import RECORDINGS, create_image, make_user

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nThe sea rises."


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "stored"


def records(**changes):
    words = {"title": "The sea", "captions": CAPTIONS, "transcript": "One.\n\nTwo.", "caption": "By noon."}
    return [
        record("articles.recording", file="sea.mp4", credit="O. Filmer", tags="Tide; sea"),
        record("articles.recordingtranslation", recording=["sea.mp4"], language="en", **(words | changes)),
        *newsroom(article(recordings=[["sea.mp4"]])),
    ]


def fixture(path, lines, content):
    write(path / "newsroom.jsonl", lines)
    (path / "sea.mp4").write_bytes(content)
    if path.suffix != ".zip":
        return path
    archive = path.with_name("packed.zip")
    with zipfile.ZipFile(archive, "w") as packed:
        for one in path.iterdir():
            packed.write(one, one.name)
    return archive


def content(name="tiny.mp4"):
    return (RECORDINGS / name).read_bytes()


@pytest.mark.parametrize("name", ["in", "in.zip"])
def test_a_recording_comes_with_its_texts_and_says_that_it_was_imported(tmp_path, name):
    path = fixture(tmp_path / name, records(), content())
    code, _out, err = run(path)
    assert code == 0, err
    recording = Recording.objects.get()
    assert (recording.kind, recording.duration, recording.tags) == ("video", 2, "sea, tide")
    assert (recording.original_name, recording.uploaded_by_name) == ("sea.mp4", "import")
    assert recording.translations.get().captions == CAPTIONS
    assert [*Article.objects.get().recordings.all()] == [recording]
    assert b"SECRET" not in (Path(settings.MEDIA_ROOT) / recording.file.name).read_bytes()
    before = Recording.objects.values().get()
    assert run(path)[0] == 0
    assert Recording.objects.values().get() == before


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_recordings_travel_with_an_export(tmp_path, name):
    assert run(fixture(tmp_path / "in", records(), content()))[0] == 0
    walt = make_user("walt")
    poster = create_image(files.picture(), credit="R. Painter")
    Recording.objects.update(uploaded_by=walt, uploaded_by_name="", poster=poster)
    first = whole(tmp_path / name)
    empty()
    shutil.rmtree(settings.MEDIA_ROOT)
    assert run(tmp_path / name)[0] == 0
    assert whole(tmp_path / f"again-{name}") == first
    recording = Recording.objects.get()
    assert (recording.uploaded_by, recording.original_name) == (walt, "sea.mp4")
    assert (Path(settings.MEDIA_ROOT) / recording.file.name).stat().st_size == recording.size


@pytest.mark.parametrize(
    ("changes", "file", "told"),
    [
        ({}, b"<!doctype html><script>alert(1)</script>", "no video or audio"),
        ({}, content("hevc.mp4"), "hvc1"),
        ({"captions": "WEBVTT\n\n00:01.000 --> 00:02.000\n<script>x</script>"}, content(), "Line 4"),
        ({"captions": "no captions"}, content(), "Line 1"),
    ],
)
def test_what_the_admin_refuses_is_refused(tmp_path, changes, file, told):
    code, out, err = run(fixture(tmp_path / "in", records(**changes), file))
    assert code != 0
    assert told in out + err
    assert not Recording.objects.exists()


def test_a_translation_takes_the_recordings_of_its_source(tmp_path):
    assert run(fixture(tmp_path / "in", [*records(), translation()], content()))[0] == 0
    assert [*Article.objects.get(language="fr").recordings.all()] == [Recording.objects.get()]
