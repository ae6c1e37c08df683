"""A picture whose record names no credit gets that of its file, with a notice; what the record says stays."""

import pytest

from articles.models import Image
from tests import files
from tests.articles.importing.fixture_records import record, run
from tests.articles.importing.test_media import as_folder
from tests.articles.media.test_embedded import XMP

pytestmark = pytest.mark.django_db


def bring(tmp_path, content=None, **fields):
    media = {"media/port.jpg": content or files.picture(60, 40, xmp=XMP)}
    return run(as_folder(tmp_path / "news", [record("articles.image", file="media/port.jpg", **fields)], media))


@pytest.mark.parametrize("fields", [{}, {"credit": ""}])
def test_the_credit_of_the_file_is_taken_with_a_notice(tmp_path, fields):
    code, out, err = bring(tmp_path, **fields)
    assert (code, err) == (0, "")
    assert "1 × credit of a picture was read from its file" in out
    assert Image.objects.get().credit == "محمد علي, Ada Ek / UNICEF"
    assert bring(tmp_path, **fields)[0] == 0


def test_what_the_record_says_stays(tmp_path):
    _code, out, _err = bring(tmp_path, credit="Ada", copyright="Ada", terms="Ada")
    assert "was read from its file" not in out
    image = Image.objects.get()
    assert (image.credit, image.copyright, image.terms) == ("Ada", "Ada", "Ada")


def test_what_was_edited_here_stays(tmp_path):
    bring(tmp_path)
    Image.objects.update(credit="Edited")
    bring(tmp_path)
    assert Image.objects.get().credit == "Edited"


def test_without_any_credit_the_record_is_refused(tmp_path):
    assert "credit" in bring(tmp_path, files.picture(60, 40))[2]


def test_a_focal_point_that_the_import_moves_makes_the_copies_due(tmp_path):
    bring(tmp_path)
    Image.objects.update(copies="made")
    bring(tmp_path, focal_x=0.2)
    assert Image.objects.get().copies == "due"


def test_a_text_of_excel_is_converted_with_a_notice(tmp_path):
    table = record("articles.attachment", file="media/a.csv", title="A", language="fr")
    _code, out, _err = run(as_folder(tmp_path / "n", [table], {"media/a.csv": "été".encode("cp1252")}))
    assert "1 × text was converted from Windows-1252 to UTF-8" in out
