"""Archives and folders as macOS and Windows make them: their own files are left out, names are found in any spelling."""

import json
import unicodedata
import zipfile
from pathlib import PurePosixPath

import pytest

from articles.importing.read.files import Archive, Folder, comparable, entries, is_system_file
from articles.models import Article, Image
from tests.articles.importing.fixture_records import article, newsroom, record, run, write
from tests.articles.importing.test_media import picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NFC = "media/réunion d'été.jpg"
NFD = unicodedata.normalize("NFD", NFC)
JUNK = ["._news.jsonl", ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX/._news.jsonl", "__MACOSX/media/._a.jpg"]


def records(name=NFC):
    return [
        record("articles.image", file=name, credit="Ada Ek", decorative=True),
        *newsroom(article(lead_image=[unicodedata.normalize("NFC", name)], body=f'<p>x</p><figure><img src="{name}" alt="x"></figure>')),
    ]  # fmt: skip


def archive(path, stored, name=NFC, junk=()):
    lines = "".join(json.dumps(one) + "\n" for one in records(name))
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("news.jsonl", lines)
        target.writestr(stored, picture())
        for one in junk:
            target.writestr(one, b"\0\5\26\7 Mac OS X")
    return path


def folder(path, stored, name=NFC, junk=()):
    write(path / "news.jsonl", records(name))
    for one, content in [(stored, picture()), *((one, b"\0\5\26\7 Mac OS X") for one in junk)]:
        (path / one).parent.mkdir(parents=True, exist_ok=True)
        (path / one).write_bytes(content)
    return path


def assert_imported(path):
    code, out, err = run(path)
    assert (err, code) == ("", 0)
    assert "picture in a text was left out" not in out
    assert Article.objects.get().lead_image == Image.objects.get()
    assert f'src="/media/{Image.objects.get().file.name}"' in Article.objects.get().body
    return out


@pytest.mark.parametrize("make", [archive, folder])
@pytest.mark.parametrize(("stored", "name"), [(NFD, NFC), (NFC, NFD), ("media/Port.JPG", "media/port.jpg"), ("Media/port.jpg", "media\\port.jpg")])  # fmt: skip
def test_a_file_is_found_under_another_spelling(tmp_path, make, stored, name):
    assert_imported(make(tmp_path / "a.zip", stored, name))


@pytest.mark.parametrize(
    ("code_page", "name"),
    [
        *((code_page, "réunion.jpg") for code_page in ("cp437", "utf-8", "cp850", "cp1252")),
        *((code_page, "паводок.jpg") for code_page in ("cp866", "cp1251", "utf-8")),
        *((code_page, "فيضان.jpg") for code_page in ("cp720", "cp1256", "utf-8")),
        *((code_page, "洪水.jpg") for code_page in ("gbk", "big5", "utf-8")),
    ],
)
def test_archives_without_unicode_are_read(tmp_path, code_page, name):
    """Windows writes names in the code page of its country."""
    stand_in = b"q" * len(name.encode(code_page))
    path = archive(tmp_path / "a.zip", f"media/{stand_in.decode()}", f"media/{name}")
    path.write_bytes(path.read_bytes().replace(stand_in, name.encode(code_page)))
    assert_imported(path)


@pytest.mark.parametrize("make", [archive, folder])
def test_files_of_the_system_are_left_out_and_told(tmp_path, make):
    out = assert_imported(make(tmp_path / "a.zip", NFC, junk=JUNK))
    number = len(JUNK) if make is archive else 4
    assert f"{number} × file left out that macOS or Windows put beside the fixtures (" in out
    assert "._news.jsonl" in out


def test_a_file_of_the_system_is_no_fixture(tmp_path):
    (tmp_path / "._news.jsonl").write_bytes(b"\0\5\26\7")
    assert "is no fixture: the operating system keeps it for itself" in run(tmp_path / "._news.jsonl")[2]
    assert "the folder holds no fixture" in run(tmp_path)[2]


@pytest.mark.parametrize(
    "name", ["..\\a.jpg", "a\\..\\..\\b.jpg", "\\a.jpg", "C:\\a.jpg", "C:a.jpg", "/a.jpg", "a/../../b"]
)
def test_nothing_lands_outside_the_archive(tmp_path, name):
    path = archive(tmp_path / "a.zip", name)
    assert "would land outside the archive's folder" in run(path)[2]


def test_a_link_in_an_archive_is_no_file(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("news.jsonl", "".join(json.dumps(one) + "\n" for one in records("media/port.jpg")))
        link = zipfile.ZipInfo("media/port.jpg")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    assert "file: there is no such file beside the fixture" in run(path)[2]


def test_a_link_out_of_a_folder_is_no_file(tmp_path):
    (tmp_path / "secret.jpg").write_bytes(picture())
    path = folder(tmp_path / "in", "media/other.jpg", "media/Port.jpg")
    (path / "media/port.jpg").symlink_to(tmp_path / "secret.jpg")
    assert "file: there is no such file beside the fixture" in run(path)[2]


def test_two_files_that_differ_in_capitals_are_two(tmp_path):
    for name in ("Port.jpg", "port.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        for name in ("Port.jpg", "port.jpg"):
            target.writestr(name, name)
    with zipfile.ZipFile(tmp_path / "a.zip") as source:
        for files in (Folder(tmp_path), Archive(source, PurePosixPath("."), entries("a.zip", source))):
            with files.find("port.jpg")() as found:
                assert found.read() == b"port.jpg"
            assert files.find("PORT.jpg") is None


def test_names():
    assert comparable("Media\\R\u00e9union.JPG") == comparable("media/Re\u0301union.jpg")
    assert all(map(is_system_file, JUNK))
    assert not any(map(is_system_file, ["news.jsonl", "a/news.jsonl", "_news.jsonl", "", "macosx/a.jsonl"]))


def test_an_address_in_a_text_may_be_percent_encoded(tmp_path):
    path = folder(tmp_path / "in", "media/a b.jpg", "media/a%20b.jpg")
    assert_imported(path)


def test_fixtures_in_deeper_folders_of_an_archive_are_told(tmp_path):
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("news.jsonl", "\n".join(map(json.dumps, newsroom())))
        archive.writestr("more/news.jsonl", json.dumps(article(slug="deeper")))
    code, out, _ = run(path)
    assert code == 0
    assert (
        f"1 × fixture left out: it lies in a deeper folder than others of the archive ({path}/more/news.jsonl)" in out
    )
