"""Pictures come in whole, true to their name, small enough and without private data."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from articles.media.images import check, store
from articles.models import Image
from tests import files
from tests.cast import create_image

pytestmark = pytest.mark.one_database

JPEG = files.picture(quality=90)

REFUSED = {
    "bomb.png": (files.bomb(13_000), "too_many_pixels"),
    "long.png": (files.picture(20_000, 10, kind="PNG"), "too_many_pixels"),
    "cut.jpg": (JPEG[: len(JPEG) // 2], "damaged"),
    "cut-late.jpg": (JPEG[:-30], "damaged"),
    "cut.png": (files.picture(kind="PNG")[:-40], "damaged"),
    "cut.webp": (files.picture(kind="WEBP")[:-40], "damaged"),
    "head.jpg": (JPEG[:20], "damaged"),
    "broken.png": (files.picture(kind="PNG").replace(b"IDAT", b"IDAX"), "damaged"),
    "gif-inside.jpg": (files.picture(kind="GIF"), "wrong_extension"),
    "photo.jpg.exe": (JPEG, "wrong_extension"),
    "text.jpg": (b"I am not a picture.", "not_a_picture"),
    "drawing.svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_picture"),
    "drawing.png": (b"<svg onload='alert(1)'/>", "not_a_picture"),
    "page.jpg": (b"<html><script>alert(1)</script></html>", "not_a_picture"),
    "film.mp4": (b"\x00\x00\x00\x18ftypisom" + bytes(100), "not_a_picture"),
    "layers.psd": (b"8BPS" + bytes(100), "not_a_picture"),
    "camera.NEF": (b"II*\0" + bytes(100), "not_a_picture"),
    "new.jxl": (b"\xff\x0a" + bytes(100), "not_a_picture"),
    "cut.avif": (files.picture(kind="AVIF")[:-40], "damaged"),
    "cut.tif": (files.picture(kind="TIFF")[:-99999], "damaged"),
    "head.heic": (b"\x00\x00\x00\x18ftypheic" + bytes(300), "damaged"),
    "invisible.gif": (files.blank(kind="GIF"), "empty"),
    "invisible.png": (files.blank(kind="PNG"), "empty"),
    "invisible.webp": (files.blank(kind="WEBP", lossless=True), "empty"),
    "invisible.tif": (files.blank(kind="TIFF"), "empty"),
    "nothing.jpg": (b"", "empty"),
    "magic.tif": (b"II*\0", "damaged"),
    "magic.bmp": (b"BM" + bytes(12), "damaged"),
    "magic.jpg": (b"\xff\xd8\xff\xe0", "damaged"),
    "magic.png": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "magic.gif": (b"GIF89a", "damaged"),
    "magic.webp": (b"RIFF\x04\0\0\0WEBP", "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_file_is_refused_in_one_sentence(name):
    content, code = REFUSED[name]
    with pytest.raises(ValidationError) as caught:
        check(SimpleUploadedFile(name, content))
    assert caught.value.code == code
    assert len(caught.value.messages) == 1
    assert "%(" not in caught.value.messages[0]


def test_too_many_bytes_are_not_even_read(settings):
    settings.IMAGE_MAX_BYTES = 1000
    with pytest.raises(ValidationError, match="larger than"):
        check(ContentFile(b"x" * 5000, "x.jpg"))


def test_bombs_need_no_memory():
    script = (
        "import resource, sys, django; django.setup()\n"
        "from django.core.exceptions import ValidationError\n"
        "from articles.media.images import check\nfrom tests import files\nbomb = files.bomb()\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: check(bomb)\nexcept ValidationError: pass\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    env = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DEBUG": "1"}
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", script], cwd=root, env=env, capture_output=True, text=True, check=True)
    assert int(run.stdout) < 100


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_private_data_goes_and_the_picture_stays_as_it_is(kind):
    extra = {"comment": b"SECRET-COMMENT"} if kind == "JPEG" else {}
    extra |= {"lossless": True} if kind == "WEBP" else {}
    xmp = b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>"
    original = files.picture(kind=kind, exif=files.exif(), icc_profile=files.srgb(), xmp=xmp, **extra)
    assert b"SECRET" in original
    checked = check(original + b"<script>SECRET-TAIL</script>")
    assert b"SECRET" not in checked.content
    assert b"script" not in checked.content
    before, after = Picture.open(io.BytesIO(original)), Picture.open(io.BytesIO(checked.content))
    assert not after.getexif()
    assert after.info["icc_profile"] == files.srgb()
    assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize(
    "original",
    [
        JPEG,
        files.picture(progressive=True),
        files.picture(kind="PNG"),
        files.picture(kind="WEBP"),
        files.picture(kind="WEBP", lossless=True),
        files.picture(mode="RGBA", kind="WEBP", icc_profile=files.srgb()),
        files.picture(mode="L"),
        files.picture(mode="RGBA", kind="PNG"),
        files.picture(mode="I;16", kind="PNG"),
        files.picture(icc_profile=files.srgb()),
        files.picture(1, 1),
        files.picture(mode="P", kind="PNG"),
    ],
)
def test_a_clean_file_keeps_its_bytes(original):
    checked = check(original)
    assert checked.content == original
    assert checked.size == len(original)


@pytest.mark.parametrize(
    "original",
    [files.picture(kind=kind, exif=files.exif(6)) for kind in ("JPEG", "PNG", "WEBP")]
    + [files.picture(mode="CMYK"), files.picture(kind="GIF"), files.frames("GIF"), files.frames("WEBP")]
    + [files.frames("PNG"), files.picture(mode="RGBA", kind="GIF"), files.picture(exif=files.exif(), comment=b"x")],
)
def test_what_was_sanitised_once_stays(original):
    checked = check(original)
    again = check(checked.content)
    assert (again.content, again.sha256, again.format) == (checked.content, checked.sha256, checked.format)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_upright(kind):
    checked = check(files.picture(800, 600, kind=kind, exif=files.exif(6)))
    assert (checked.width, checked.height) == (600, 800)
    with Picture.open(io.BytesIO(checked.content)) as upright:
        pixels = upright.convert("L")
        assert pixels.getpixel((300, 50)) < 100 < pixels.getpixel((300, 750))


def test_printers_colours_become_screen_colours():
    with Picture.open(io.BytesIO(check(files.picture(mode="CMYK")).content)) as picture:
        assert picture.mode == "RGB"
        assert picture.getpixel((10, 10)) < (60, 60, 60) < picture.getpixel((790, 10))


def test_what_moves_stands_still():
    assert check(files.frames("GIF"), "x.gif").format == "png"
    for kind in ("GIF", "WEBP", "PNG"):
        with Picture.open(io.BytesIO(check(files.frames(kind)).content)) as picture:
            assert getattr(picture, "n_frames", 1) == 1
            assert picture.size == (60, 40)


def test_padding_between_segments_is_no_damage():
    padded = JPEG[:20] + b"\0\0\0\0" + JPEG[20:]
    checked = check(padded)
    assert (checked.width, checked.height) == (800, 600)
    assert check(checked.content).content == checked.content


def test_a_profile_that_is_none_or_does_not_fit_goes():
    for profile in (b"SECRET" * 100, files.srgb().replace(b"RGB ", b"CMYK", 1)):
        content = check(files.picture(icc_profile=profile)).content
        assert b"ICC_PROFILE" not in content


def test_second_file_inside_the_first_goes():
    archive = files.archive(x="SECRET")
    assert check(JPEG + archive).content == JPEG
    assert check(files.picture(kind="PNG") + archive).content == files.picture(kind="PNG")


@pytest.mark.django_db
class TestStored:
    @pytest.fixture(autouse=True)
    def media_folder(self, settings, tmp_path):
        settings.MEDIA_ROOT = self.folder = tmp_path

    def test_under_the_name_of_its_content_once(self):
        first, second = create_image(JPEG, credit="A"), create_image(ContentFile(JPEG, "again.jpeg"), credit="B")
        assert first == second
        assert first.file.name == f"images/{first.sha256[:2]}/{first.sha256}.jpg"
        with default_storage.open(first.file.name) as file:
            assert file.read() == JPEG
        assert Image.objects.get().credit == "A"

    def test_full_disk_leaves_no_half_file_and_no_row(self, monkeypatch):
        def full(handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("articles.media.storage.os.fsync", full)
        with pytest.raises(ValidationError, match="could not be stored"):
            create_image(JPEG, credit="A")
        assert not [path for path in self.folder.rglob("*") if path.is_file()]
        assert not Image.objects.exists()

    def test_half_file_of_before_is_replaced(self):
        checked = check(JPEG)
        path = self.folder / checked.name
        path.parent.mkdir(parents=True)
        path.write_bytes(b"")
        store(checked)
        assert path.read_bytes() == JPEG

    def test_what_a_killed_process_left_goes_after_a_day(self):
        store(check(JPEG))
        folder = self.folder / ".incoming"
        for name, hours in (("stale", 25), ("being-written", 1)):
            (folder / name).write_bytes(JPEG[:100])
            then = time.time() - hours * 3600
            os.utime(folder / name, (then, then))
        store(check(files.picture(40, 30)))
        assert [path.name for path in folder.iterdir()] == ["being-written"]

    def test_two_processes_may_tidy_at_once(self, monkeypatch):
        stale = self.folder / ".incoming" / "stale"
        stale.parent.mkdir()
        stale.write_bytes(b"")
        os.utime(stale, (0, 0))
        unlink = Path.unlink
        monkeypatch.setattr(Path, "unlink", lambda path: (unlink(path), unlink(path)))
        assert default_storage.exists(store(check(JPEG)))

    def test_credit_is_required(self):
        with pytest.raises(ValidationError):
            create_image(JPEG, credit="")
