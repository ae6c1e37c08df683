"""Pictures and attachments beside a fixture: checked as in the admin, stored once, taken back on failure."""

import errno
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError
from PIL import Image as Picture

from articles.importing import run as imports
from articles.importing.bulk import BulkDatabase
from articles.media import images
from articles.models import Article, ArticleBodyImage, Attachment, Image, ImportRun
from tests.articles.importing.fixture_records import article, counts, is_empty, newsroom, record, run, write
from tests.articles.importing.test_round_trip import empty, export

pytestmark = pytest.mark.django_db


def picture(colour="navy", kind="JPEG", **options):
    out = io.BytesIO()
    Picture.new("RGB", (64, 48), colour).save(out, kind, **options)
    return out.getvalue()


def with_location():
    exif = Picture.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Camera"
    return picture(exif=exif)


RECORDS = [
    record("articles.image", file="media/port.jpg", credit="Ada Ek"),
    record("articles.imagetranslation", image=["media/port.jpg"], language="en", alt="A harbour"),
    record("articles.attachment", file="media/figures.csv", title="Figures", language="en"),
    *newsroom(
        article(
            lead_image=["media/port.jpg"],
            gallery=[["media/quay.png"], ["media/port.jpg"]],
            attachments=[["media/figures.csv"]],
            body='<p>See:</p><figure><img src="media/quay.png" alt="A quay"></figure>',
        ),
    ),
    record("articles.image", file="media/quay.png", credit="Ada Ek", decorative=True),
]


def files():
    return {
        "media/port.jpg": with_location(),
        "media/quay.png": picture("teal", "PNG"),
        "media/figures.csv": b"a,b\n1,2\n",
    }


def as_folder(path, records=RECORDS, media=None):
    write(path / "news.json", records)
    for name, content in (media or files()).items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(content)
    return path


def as_zip(path, records=RECORDS, media=None, inside="news.json"):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inside, json.dumps(records))
        for name, content in (media or files()).items():
            archive.writestr(str(Path(inside).parent / name), content)
    return path


def stored():
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()) if root.exists() else []


@pytest.mark.parametrize("shape", ["folder", "zip", "zip with a folder", "file"])
def test_files_come_in_with_their_records(tmp_path, shape):
    source = {
        "folder": lambda: as_folder(tmp_path / "demo"),
        "zip": lambda: as_zip(tmp_path / "demo.zip"),
        "zip with a folder": lambda: as_zip(tmp_path / "demo.zip", inside="demo/news.json"),
        "file": lambda: as_folder(tmp_path / "demo") / "news.json",
    }[shape]()
    code, out, err = run(source)
    assert (code, err) == (0, "")
    found = Article.objects.get()
    port, quay = Image.objects.get(decorative=False), Image.objects.get(decorative=True)
    assert found.lead_image == port
    assert [row.image for row in found.image_rows.all()] == [quay, port]
    assert (port.width, port.height, port.translations.get().alt) == (64, 48, "A harbour")
    assert found.attachments.get().content_type.startswith("text/csv")
    assert stored() == sorted([port.file.name, quay.file.name, Attachment.objects.get().file.name])
    with port.file as file:
        assert b"Camera" not in file.read()
    assert counts(run(source)[1]) == {"unchanged": counts(out)["create"]}


def test_a_picture_in_the_text_is_found_by_its_path(tmp_path):
    run(as_folder(tmp_path / "demo"))
    quay = Image.objects.get(decorative=True)
    assert f'<img src="/media/{quay.file.name}" alt="A quay">' in Article.objects.get().body
    assert ArticleBodyImage.objects.get().image == quay


@pytest.mark.parametrize("source", ["'media/quay.png'", "media/quay.png", " media/quay.png "])
@pytest.mark.parametrize("tag", ["img", "IMG", "Img"])
def test_a_picture_in_the_text_is_found_however_its_tag_is_written(tmp_path, tag, source):
    text = article(body=f"<p>See:</p><figure><{tag} alt=A src={source}></figure>")
    run(as_folder(tmp_path / "demo", [*newsroom(text), RECORDS[-1]]))
    assert ArticleBodyImage.objects.get().image == Image.objects.get()


def test_a_plan_stores_no_file(tmp_path):
    code, out, _ = run(as_folder(tmp_path / "demo"), plan=True)
    assert (code, stored(), is_empty()) == (0, [], True)
    assert counts(out, "articles.image") == {"create": 2}


LIES = {
    "a GIF in disguise": picture(kind="GIF"),
    "no picture": b"not a picture",
    "cut off": picture()[:-40],
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "nothing": b"",
}


@pytest.mark.parametrize("lie", LIES)
def test_files_that_lie_are_refused_and_nothing_stays(tmp_path, lie):
    source = as_folder(tmp_path / "demo", media=files() | {"media/port.jpg": LIES[lie]})
    code, _, err = run(source)
    assert 'articles.image["media/port.jpg"] file: ' in err
    assert (code, is_empty(), stored()) == (1, True, [])


def test_an_animation_becomes_one_picture_and_is_told(tmp_path):
    frames = [Picture.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    moving = [record("articles.image", file="media/port.gif", credit="Ada Ek", decorative=True)]
    _code, out, _err = run(as_folder(tmp_path / "n", moving, {"media/port.gif": made.getvalue()}))
    assert "1 × of an animation one frame is shown (" in out


def test_a_missing_file_is_refused(tmp_path):
    err = run(write(tmp_path / "news.json", RECORDS))[2]
    assert 'file: there is no such file beside the fixture ("media/port.jpg")' in err


def test_a_file_that_is_not_what_its_record_says_is_refused(tmp_path):
    lie = record("articles.image", file="media/port.jpg", credit="Ada", sha256="0" * 64)
    assert "is not the one that the record's sha256 names" in run(as_folder(tmp_path / "demo", [lie]))[2]


@pytest.mark.parametrize("path", ["../secret.jpg", "/etc/hostname", "media/../../secret.jpg", "link.jpg"])
def test_nothing_outside_the_folder_is_read(tmp_path, path):
    (tmp_path / "secret.jpg").write_bytes(picture())
    lie = record("articles.image", file=path, credit="Ada")
    folder = as_folder(tmp_path / "demo", [lie])
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    assert "there is no such file beside the fixture" in run(folder)[2]


def test_odd_archives_are_refused(tmp_path):
    for name in ("../news.json", "/news.json", "c:\\news.json"):
        path = tmp_path / "odd.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "[]")
        assert "would land outside the archive's folder" in run(path)[2]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "")
    assert "holds no fixture" in run(path)[2]
    data = bytearray(as_zip(path).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "is encrypted" in run(path)[2]


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_media_travel_with_an_export(tmp_path, name):
    run(as_folder(tmp_path / "demo"))
    first = whole(tmp_path / name)
    empty()
    for path in stored():
        (Path(settings.MEDIA_ROOT) / path).unlink()
    assert run(tmp_path / name)[0] == 0
    assert whole(tmp_path / f"again-{name}") == first
    assert len(stored()) == 3


def whole(path):
    """The bytes of all that was exported."""
    if path.suffix == ".zip":
        return export(path)
    export_folder(path)
    return {str(one.relative_to(path)): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def export_folder(path):
    from django.core.management import call_command

    call_command("export_fixture", output=str(path), stderr=io.StringIO())


def named_alike(colour, code):
    """A folder's picture and who uses it."""
    return [
        record("articles.image", file="media/port.jpg", credit=f"Ada {colour}"),
        record("articles.imagetranslation", image=["media/port.jpg"], language="en", alt=f"A {colour} harbour"),
        article(code, lead_image=["media/port.jpg"], gallery=[["media/port.jpg"]]),
    ]


@pytest.mark.parametrize("shape", [as_folder, as_zip])
@pytest.mark.parametrize("first", [0, 1])
def test_folders_may_have_different_pictures_of_the_same_name(tmp_path, shape, first):
    places = run(write(tmp_path / "places.json", newsroom()))
    assert places[0] == 0
    sources = [
        shape(tmp_path / f"{colour}.zip", named_alike(colour, colour), {"media/port.jpg": picture(colour)})
        for colour in ("red", "green")
    ]
    assert run(*sources[first:], *sources[:first])[::2] == (0, "")
    for colour in ("red", "green"):
        found = Article.objects.get(slug=colour)
        assert found.lead_image.credit == found.gallery.get().credit == f"Ada {colour}"
        assert found.lead_image.translations.get().alt == f"A {colour} harbour"
    assert set(counts(run(*sources)[1])) == {"unchanged"}


def test_a_folder_does_not_lend_its_pictures_by_name(tmp_path):
    one = as_folder(tmp_path / "one", named_alike("red", "red"), {"media/port.jpg": picture("red")})
    other = as_folder(tmp_path / "other", newsroom(article(lead_image=["media/port.jpg"])), {"x.jpg": picture()})
    err = run(one, other)[2]
    assert 'lead_image: refers to articles.image["media/port.jpg"], which is neither in the files nor' in err


def test_a_run_with_pictures_is_taken_back_whole(tmp_path):
    run(as_folder(tmp_path / "demo"))
    assert run(undo=ImportRun.objects.get().pk)[0] == 0
    assert not Image.objects.exists()
    assert not Article.objects.exists()
    assert stored() == []


@pytest.mark.parametrize("there_before", [False, True])
def test_a_picture_that_the_database_refuses_leaves_no_file(tmp_path, monkeypatch, there_before):
    insert = BulkDatabase.insert

    def refusing(self, table, columns, rows):
        insert(self, table, columns, rows)
        if table == "articles_image" and any("Bo Berg" in row for row in rows):
            raise IntegrityError("no pictures by Bo")

    monkeypatch.setattr(BulkDatabase, "insert", refusing)
    bad = record("articles.image", file="media/bad.jpg", credit="Bo Berg")
    source = as_folder(tmp_path / "demo", [bad, *RECORDS], files() | {"media/bad.jpg": picture("red")})
    if there_before:
        images.store(images.check(picture("red")))
    code, _, err = run(source, keep_going=True)
    assert (code, Image.objects.count(), err.count("no pictures by Bo")) == (1, 2, 1)
    assert len(stored()) == 3 + there_before
    for path in stored():
        (Path(settings.MEDIA_ROOT) / path).unlink()
    assert run(source)[0] == 1
    assert stored() == []


def test_a_full_disk_gives_a_sentence_and_leaves_nothing(tmp_path, monkeypatch):
    def full(name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("articles.media.storage._write", full)
    code, _, err = run(as_folder(tmp_path / "demo"))
    assert "The file could not be stored (No space left on device)." in err
    assert (code, is_empty(), stored()) == (1, True, [])


def test_pictures_of_a_text_that_come_before_and_after_it_are_all_known(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 1)
    body = "".join(f'<figure><img src="media/{name}" alt="x"></figure>' for name in ("quay.png", "port.jpg"))
    early, late = RECORDS[0], RECORDS[-1]
    run(as_folder(tmp_path / "demo", [early, *newsroom(article(body=body)), late]))
    shown = ArticleBodyImage.objects.order_by("order").values_list("order", "image__decorative")
    assert list(shown) == [(0, True), (1, False)]
