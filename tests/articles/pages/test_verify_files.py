"""A file from this site is known again: pictures with any metadata, documents, press kits, and what was altered in it."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from articles.media import renditions
from articles.media.attachments import ARCHIVE_MAX_ENTRIES
from articles.media.formats import embedded
from articles.models import Copies, Image
from tests import files
from tests.cast import create_attachment, create_image, make_article, make_copies

from .asking import PASSAGE, answer, answers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_known_whatever_metadata_it_carries(client, kind, wells):
    original = create_image(files.picture(kind=kind), "Ada Ek", terms="News only")
    wells.gallery.set([original])
    with original.file.open() as file:
        stored = file.read()
    extension = original.file.name.rpartition(".")[2]
    given = opened_kit(client)[f"pictures/01-picture.{extension}"]
    assert given != stored
    for content in (stored, given):
        upload = SimpleUploadedFile("x.bin", content)
        assert answer(client, file=upload).article == wells
    assert answer(client, file=SimpleUploadedFile("x.jpg", files.picture(81, 60))).code == "unknown"
    assert answer(client, reference=hashlib.sha256(stored).hexdigest()).article == wells


def opened_kit(client, address="/en/news/wells/"):
    data = b"".join(client.get(f"{address}kit.zip").streaming_content)
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {"kit": data} | {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_a_kit_is_known_and_what_was_altered_in_it(client, wells):
    wells.attachments.set([create_attachment(b"a,b\n1,2\n", "Wells", "en", "wells.csv")])
    wells.lead_image = create_image(files.picture(), "Ada Ek")
    wells.save()
    found = opened_kit(client)
    verdicts = answers(client, file=SimpleUploadedFile("kit.zip", found["kit"]))
    assert {(one.name, one.code) for one in verdicts} == {
        ("text-en.txt", "current"), ("pictures/01-picture.jpg", "current"), ("documents/01-wells-en.csv", "current"),
    }  # fmt: skip
    forged = found["kit"].replace(b"Twelve villages", b"Eleven villages").replace(b"1,2\n", b"1,3\n")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in found.items():
            if name != "kit":
                archive.writestr(
                    f"x/{name}", data.replace(b"Twelve villages", b"Eleven towns").replace(b"1,2\n", b"1,3\n")
                )
    verdicts = {one.name: one.code for one in answers(client, file=SimpleUploadedFile("kit.zip", out.getvalue()))}
    assert verdicts == {
        "text-en.txt": "altered", "pictures/01-picture.jpg": "current", "documents/01-wells-en.csv": "altered",
    }  # fmt: skip
    assert answer(client, file=SimpleUploadedFile("kit.zip", forged)).code == "unknown"  # its checksums are wrong


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", f"{PASSAGE}\n" * 1_000),
        ("a.txt", "ab\n" * 2_100),
        ("a.txt", "ab\r" * 2_100),
        ("a.html", "<p>ab</p>" * 2_100),
        ("a.html", "<p>ab</p>" * 10_000),
    ],
)
def test_a_text_in_a_file_may_be_as_long_as_a_pasted_one(client, wells, name, content):
    """What is longer is not called unknown: nobody has looked for it."""
    upload = SimpleUploadedFile(name, content.encode())
    page = client.post("/en/verify/", {"file": upload})
    [verdict] = page.context["verdicts"]
    assert (verdict.name, verdict.code) == (name, "long")
    assert "The text is too long. Paste a part of it." in page.content.decode()
    assert "Nothing public on this site is like it." not in page.content.decode()


def test_a_kit_with_a_text_that_is_too_long_to_be_compared(client, wells):
    make_article(slug="long", body=f"<p>{PASSAGE}</p>" * 1_000)
    kit = opened_kit(client, "/en/news/long/")["kit"]
    assert {(one.name, one.code) for one in answers(client, file=SimpleUploadedFile("kit.zip", kit))} == {
        ("text-en.txt", "long")
    }


def test_other_archives_are_no_bombs(client, wells):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/manifest.json", bytes(30_000_000))
    assert answer(client, file=SimpleUploadedFile("x.zip", out.getvalue())).code == "unknown"
    assert answer(client, file=SimpleUploadedFile("x.zip", b"PK\x03\x04" + bytes(100))).code == "unknown"
    assert answer(client, file=SimpleUploadedFile("x.jpg", b"\xff\xd8\xff\xe0")).code == "unknown"


def test_the_entries_of_an_archive_are_counted_before_its_directory_is_read(client, wells, monkeypatch):
    monkeypatch.setattr("articles.pages.verifying.files.zipfile.ZipFile", None)  # calling it would be an error
    content = b"PK\x03\x04" + b"PK\x01\x02" * (ARCHIVE_MAX_ENTRIES + 1)
    assert answer(client, file=SimpleUploadedFile("x.zip", content)).code == "unknown"


def stored(name):
    with default_storage.open(name) as file:
        return file.read()


def test_a_smaller_copy_of_a_picture_is_known_and_no_other_file_that_names_it(client, wells, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = create_image(files.picture(1000, 700), "Ada Ek")
    wells.gallery.set([image])
    make_copies(image)
    image.refresh_from_db()
    names = [name for kind in ("avif", "webp") for name in renditions.names_of_made(image, kind)]
    assert len(names) > 8
    copies = {name: stored(name) for name in names}
    for name, content in copies.items():
        verdict = answer(client, file=SimpleUploadedFile("picture", content))
        assert (verdict.code, verdict.article) == ("current", wells), name
    packet = embedded.packet("Ada Ek", original=image.sha256)
    for kind in ("webp", "avif"):
        out = io.BytesIO()
        Picture.new("RGB", (640, 448)).save(out, kind, xmp=packet)
        assert answer(client, file=SimpleUploadedFile("picture", out.getvalue())).code == "unknown"
    small = next(name for name in names if name.endswith(".webp"))
    Image.objects.update(credit="Bo Ek", copies=Copies.DUE)  # the reader's copy still has the former credit
    renditions.make_due()
    assert stored(small) != copies[small]
    assert answer(client, file=SimpleUploadedFile("picture", copies[small])).article == wells
    wells.gallery.clear()
    assert answer(client, file=SimpleUploadedFile("picture", copies[small])).code == "unknown"


def test_a_picture_is_named_with_the_article_in_the_language_of_the_reader(client, wells):
    image = create_image(files.picture(), "Ada Ek")
    wells.gallery.set([image])
    other = make_article(slug="puits", language="fr", publish_at=wells.publish_at + timedelta(seconds=1))
    other.gallery.set([image])
    with image.file.open() as file:
        data = file.read()
    for language, article in (("en", wells), ("fr", other), ("es", other)):
        found = answer(client, file=SimpleUploadedFile("x.jpg", data), path=f"/{language}/verify/")
        assert found.article == article
