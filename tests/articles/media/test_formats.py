"""Pictures of formats that browsers do not show are converted, upright and in their colours, within limits."""

import io
import sys
import time

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Picture

from articles.media.formats import convert
from articles.media.images import check
from tests import files

pytestmark = pytest.mark.one_database


def photograph(kind, mode="RGB", **options):
    """Many colours, as a photograph has."""
    red, green = Picture.linear_gradient("L"), Picture.radial_gradient("L")
    bands = [red, green, red.rotate(90), green][: len(mode)] if mode in ("RGB", "RGBA") else [red]
    made = Picture.merge(mode, bands) if len(bands) > 1 else red.convert(mode)
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


def opened(checked):
    return Picture.open(io.BytesIO(checked.content))


def turned(kind, orientation):
    exif = Picture.Exif()
    exif[0x0112] = orientation
    if kind == "HEIF":
        return files.heic(exif=exif.tobytes())
    return files.picture(200, 120, kind=kind, exif=exif)


KINDS = {"a.avif": "AVIF", "a.tif": "TIFF", "a.tiff": "TIFF", "a.bmp": "BMP", "a.jp2": "JPEG2000", "a.heic": "HEIF"}


@pytest.mark.parametrize("name", KINDS)
def test_a_photograph_becomes_a_jpeg(name):
    files.heic(8, 8)  # registers the writer
    checked = check(photograph(KINDS[name]), name)
    assert (checked.format, checked.width, checked.height) == ("jpeg", 256, 256)
    assert check(checked.content).content == checked.content


@pytest.mark.parametrize("kind", ["AVIF", "TIFF", "JPEG2000", "HEIF"])
def test_transparency_stays(kind):
    checked = check(photograph(kind, "RGBA"))
    assert checked.format == "webp"
    with opened(checked) as picture:
        assert picture.getchannel("A").getextrema()[0] < 10


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO"])
def test_a_drawing_becomes_a_png(kind):
    assert check(files.picture(200, 120, kind=kind)).format == "png"


@pytest.mark.parametrize("mode", ["L", "I;16", "CMYK", "P", "1", "LAB", "F"])
def test_every_mode_of_tiff_is_read(mode):
    if mode in ("1", "LAB", "F"):
        made = io.BytesIO()
        Picture.new(mode, (80, 60)).save(made, "TIFF")
        assert check(made.getvalue()).width == 80
        return
    with opened(check(files.picture(200, 120, mode=mode, kind="TIFF"))) as picture:
        left, right = (picture.convert("L").getpixel((x, 60)) for x in (10, 190))
        assert left < 100 < right


def test_of_several_pages_the_first_is_kept():
    steps = [Picture.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    steps[0].save(made, "TIFF", save_all=True, append_images=steps[1:])
    with opened(check(made.getvalue())) as picture:
        assert picture.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["AVIF", "TIFF", "HEIF"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_picture_is_turned_upright_once(kind, orientation):
    checked = check(turned(kind, orientation))
    assert (checked.width > checked.height) == (orientation == 3)
    with opened(checked) as picture:
        grey = picture.convert("L")
        corners = [grey.getpixel((x * (grey.width - 1), y * (grey.height - 1))) > 128 for x, y in ((0, 0), (1, 1))]
    assert corners == {3: [True, False], 6: [False, True], 8: [True, False]}[orientation]


def test_several_pictures_of_one_camera_are_one_jpeg():
    steps = [Picture.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    steps[0].save(made, "MPO", save_all=True, append_images=steps[1:])
    checked = check(made.getvalue(), "a.jpg")
    assert checked.format == "jpeg"
    assert len(checked.content) < len(made.getvalue()) / 1.5


def test_of_an_animation_the_first_frame_that_shows_something_is_kept():
    with opened(check(files.blank_frames(), "a.gif")) as picture:
        assert picture.convert("RGBA").getpixel((30, 20)) == (200, 0, 0, 255)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_an_animation_is_known_as_one(kind):
    frames = [Picture.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, kind, save_all=True, append_images=frames[1:])
    assert check(made.getvalue()).is_still
    assert not check(files.picture(kind=kind)).is_still


@pytest.mark.parametrize("kind", ["AVIF", "TIFF", "BMP", "JPEG2000", "HEIF"])
def test_too_many_pixels_are_refused_before_they_are_decoded(settings, kind):
    settings.IMAGE_MAX_PIXELS = 10_000
    content = files.heic() if kind == "HEIF" else files.picture(200, 120, kind=kind)
    with pytest.raises(ValidationError) as caught:
        check(content)
    assert caught.value.code == "too_many_pixels"


def test_a_decoder_that_takes_too_much_memory_or_time_is_ended(monkeypatch):
    monkeypatch.setattr(convert, "MEMORY", 40 * 1024 * 1024)
    assert refused(
        "import articles.media.formats.convert as c; c.MEMORY = 200_000_000; c.limit_resources(); bytes(300_000_000)"
    )
    monkeypatch.setattr(convert, "SECONDS", 0.2)
    monkeypatch.setattr(convert.subprocess, "run", slowly(convert.subprocess.run))
    started = time.monotonic()
    with pytest.raises(ValidationError, match="too large to be read"):
        check(files.picture(200, 120, kind="TIFF"))
    assert time.monotonic() - started < 10


def refused(script):
    return convert.subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode


def slowly(run):
    return lambda command, **options: run([sys.executable, "-c", "import time; time.sleep(9)"], **options)


def test_heic_is_refused_with_the_remedy_where_its_reader_is_missing(monkeypatch):
    def missing(kind, content, max_pixels):
        raise convert.Refused(convert.CANNOT_READ_HEIC)

    monkeypatch.setattr(convert, "converted", missing)
    with pytest.raises(ValidationError, match="as JPEG"):
        check(files.heic(8, 8))


def test_private_data_goes_with_the_conversion():
    for content in (files.heic(exif=files.exif()), files.picture(kind="AVIF", exif=files.exif())):
        assert b"SECRET" not in check(content).content


def test_a_name_must_fit_the_format():
    for name in ("a.jpg", "a.png", "a.heic"):
        with pytest.raises(ValidationError) as caught:
            check(files.picture(kind="TIFF"), name)
        assert caught.value.code == "wrong_extension"
