"""A full disk gives a sentence at the field: no row without its file, no half file, and no word is lost."""

import errno
import io
import random
import resource
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from PIL import Image as Picture

from articles.media import renditions
from articles.models import Attachment, Image
from tests import files
from tests.cast import create_image, make_article, make_user
from tests.files import PDF
from tests.forms import errors, filled, read

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
BIG_PDF = PDF.replace(b"%%EOF", b"%" + b"x" * 6 * MEGABYTE + b"\n%%EOF")
BROWSER = {"accept": "text/html,*/*;q=0.8"}


@contextmanager
def disk_with_room_for(size):
    """No file of this process becomes larger. The system refuses the write, as on a full disk (EFBIG, not ENOSPC)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def desk(client):
    client.force_login(make_user("edna", "editor"))
    return client


@pytest.fixture
def temporary(settings, tmp_path):
    folder = tmp_path / "uploads"
    folder.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(folder)
    return folder


def left(*folders):
    return [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


def add(desk, kind, upload, headers=BROWSER, **changes):
    at = f"/admin/articles/{kind}/add/"
    return desk.post(at, filled(desk.get(at), **changes) | {"file": upload}, headers=headers)


def noise(side=1400):
    """A picture of some six megabytes."""
    out = io.BytesIO()
    Picture.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("in_memory", [True, False])
@pytest.mark.parametrize("kind", ["attachment", "image"])
def test_an_upload_that_does_not_fit(desk, settings, temporary, kind, in_memory):
    if in_memory:  # it is received, but cannot be stored
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * MEGABYTE
    content = BIG_PDF if kind == "attachment" else noise()
    words = (
        {"title": "Report", "language": "en"}
        if kind == "attachment"
        else {"credit": "Ada", "translations-0-alt": "Noise"}
    )
    upload = SimpleUploadedFile("report.pdf" if kind == "attachment" else "noise.png", content)
    with disk_with_room_for(4 * MEGABYTE):
        answer = add(desk, kind, upload, **words)
        assert desk.get("/en/").status_code == 200
    assert answer.status_code == 200
    assert errors(answer) == {
        "file": ["The file could not be stored (File too large). Nothing was saved; try again later."]
    }
    sent = read(answer).sent()
    assert {name: sent[name] for name in words} == words
    assert "Choose the file again" in answer.content.decode()
    assert (Attachment.objects.count(), Image.objects.count()) == (0, 0)
    assert left(settings.MEDIA_ROOT, temporary) == []


def test_a_machine_gets_507(desk, temporary):
    with disk_with_room_for(4 * MEGABYTE):
        answer = add(
            desk, "attachment", SimpleUploadedFile("a.pdf", BIG_PDF), headers={"accept": "*/*"}, title="Report"
        )
    assert answer.status_code == 507


def test_a_small_upload_of_a_new_attempt_is_stored(desk, temporary):
    with disk_with_room_for(4 * MEGABYTE):
        answer = add(desk, "attachment", SimpleUploadedFile("a.pdf", BIG_PDF), title="Report", language="en")
        again = filled(answer) | {"file": SimpleUploadedFile("a.pdf", PDF)}
        assert desk.post("/admin/articles/attachment/add/", again).status_code == 302
    assert Attachment.objects.get().title == "Report"


def test_no_temporary_file_can_be_opened(desk, settings, temporary):
    settings.FILE_UPLOAD_TEMP_DIR = str(temporary / "not-there")
    answer = add(desk, "attachment", SimpleUploadedFile("a.pdf", BIG_PDF), title="Report", language="en")
    assert "could not be stored (No such file or directory)" in errors(answer)["file"][0]


def test_smaller_copies_stay_due_and_the_others_wait(monkeypatch):
    def full(name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    images = [create_image(files.picture(width), "Ada", alt={"en": "A"}) for width in (500, 600)]
    monkeypatch.setattr(renditions, "WORKERS", 1)
    with monkeypatch.context() as patched:
        patched.setattr("articles.media.storage._write", full)
        made, failed = renditions.make_due()
    assert (made, len(failed)) == (0, 1)
    assert "No space left" in str(failed[0][1])
    assert renditions.due().count() == 2
    Image.objects.update(copies_claimed_until=None)
    assert renditions.make_due() == (2, [])
    assert all(Image.objects.get(pk=image.pk).renditions for image in images)


@contextmanager
def full_database(monkeypatch):
    """SQLite gets no further pages; from PostgreSQL, the error is the one that its server gives."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA max_page_count = 4294967294")
        return

    def fail(*args, **options):
        raise OperationalError from type("DiskFull", (Exception,), {"sqlstate": "53100"})()

    with monkeypatch.context() as patched:
        patched.setattr("articles.models.Article.save", fail)
        yield


def test_a_full_database_keeps_the_words(desk, monkeypatch):
    article = make_article(state="draft")
    at = f"/admin/articles/article/{article.pk}/change/"
    text = "<p>" + "A long text. " * 40_000 + "</p>"
    form = filled(desk.get(at), body=text)
    desk.raise_request_exception = False
    with full_database(monkeypatch):
        answer = desk.post(at, form, headers={"origin": "http://testserver"})
    assert answer.status_code == 507
    assert "The disk of the database is full" in answer.content.decode()
    assert desk.post(at, read(answer).sent()).status_code == 302
    article.refresh_from_db()
    assert len(article.body) > 500_000


def test_a_file_whose_row_cannot_be_stored_is_deleted(desk, settings, monkeypatch):
    def fail(*args, **options):
        raise OperationalError from type("DiskFull", (Exception,), {"sqlstate": "53100"})()

    desk.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("articles.models.Attachment.save", fail)
        answer = add(desk, "attachment", SimpleUploadedFile("a.pdf", PDF), title="Report", language="en")
    assert answer.status_code == 507
    assert left(settings.MEDIA_ROOT) == []
