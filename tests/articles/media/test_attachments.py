"""Attachments are of a known type and are what their name says."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from articles.media.attachments import CONTENT_TYPES, check
from tests import files
from tests.cast import create_attachment

pytestmark = pytest.mark.one_database

ODT = files.archive(**{"mimetype": CONTENT_TYPES["odt"], "content.xml": "<x/>"})
TYPES = "[Content_Types].xml"

ACCEPTED = {
    "report.pdf": files.PDF,
    "REPORT.PDF": files.PDF,
    "text.odt": ODT,
    "sheet.ods": files.archive(mimetype=CONTENT_TYPES["ods"]),
    "letter.docx": files.archive(**{TYPES: "", "word/document.xml": ""}),
    "table.xlsx": files.archive(**{TYPES: "", "xl/workbook.xml": ""}),
    "talk.pptx": files.archive(**{TYPES: "", "ppt/presentation.xml": ""}),
    "table.csv": "pays;été\r\nCH;1\r\n".encode(),
    "bom.txt": "\ufeffنص".encode(),
    "speech.mp3": b"ID3\x04" + bytes(100),
    "speech-bare.mp3": b"\xff\xfb\x90\x00" + bytes(100),
    "film.mp4": b"\x00\x00\x00\x18ftypisom" + bytes(100),
}
REFUSED = {
    "page.html": b"<html></html>",
    "page.txt": b"  <!DOCTYPE html><script>alert(1)</script>",
    "drawing.svg": b"<svg/>",
    "program.exe": b"MZ\x90",
    "kit.zip": files.archive(a="b"),
    "no-extension": files.PDF,
    "": files.PDF,
    "report.pdf": b"<html>%PDF-1.4 %%EOF",
    "cut.pdf": files.PDF[:-8],
    "zip.docx": files.archive(a="b"),
    "macro.docx": files.archive(**{TYPES: "", "word/document.xml": "", "word/vbaProject.bin": "x"}),
    "sheet.docx": files.archive(**{TYPES: "", "xl/workbook.xml": ""}),
    "cut.xlsx": files.archive(**{TYPES: "", "xl/workbook.xml": "x" * 999})[:-30],
    "wrong.odt": files.archive(mimetype="application/zip"),
    "binary.csv": b"a;b\0c",
    "latin.txt": "été".encode("latin-1"),
    "binary16.txt": "a\0b".encode("utf-16"),
    "page16.txt": "<html>".encode("utf-16"),
    "old.doc": files.OLE,
    "renamed.docx": files.OLE,
    "locked.xlsx": files.OLE + "EncryptedPackage".encode("utf-16-le"),
    "locked.odt": files.archive(**{"mimetype": CONTENT_TYPES["odt"], "META-INF/manifest.xml": "<m:encryption-data/>"}),
    "locked.pdf": files.PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root"),
    "empty.pdf": b"",
    "text.mp3": b"not a sound",
    "text.mp4": b"not a film, either",
    "one.mp3": b"\xff",
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_honest_file_is_accepted_as_it_is(name):
    checked = check(ContentFile(ACCEPTED[name], name))
    assert checked.content == ACCEPTED[name]
    assert checked.name == f"attachments/{checked.sha256[:2]}/{checked.sha256}.{name.rpartition('.')[2].lower()}"


def test_macros_are_named_as_the_reason():
    for extension in ("docx", "xlsx"):
        with pytest.raises(ValidationError, match="contains macros"):
            check(ContentFile(REFUSED["macro.docx"], f"report.{extension}"))


REPAIRED = {
    "line-break.pdf": b"\r\n" + files.PDF,
    "mark.pdf": b"\xef\xbb\xbf" + files.PDF,
    "printer.pdf": b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + files.PDF,
    "zeros.pdf": files.PDF + bytes(9000),
}


@pytest.mark.parametrize("name", REPAIRED)
def test_what_wraps_a_pdf_is_left_out(name):
    assert check(REPAIRED[name], name).content == files.PDF


CODE_PAGES = [
    ("fr", "Pays;Bénéficiaires\r\nCôte d’Ivoire;12", "windows-1252"),
    ("es", "País;Año – 5 €", "windows-1252"),
    ("ru", "Страна;Люди\nРоссия;12", "windows-1251"),
    ("ar", "دولة;عدد\nمصر;12", "windows-1256"),
    ("zh", "国家;人数\n中国;12", "gb18030"),
    ("en", "Country\tPeople\nCôte d’Ivoire\t12", "utf-16"),
]


@pytest.mark.parametrize(("language", "text", "encoding"), CODE_PAGES)
def test_text_of_excel_becomes_utf_8(language, text, encoding):
    checked = check(text.encode(encoding), "table.csv", language)
    assert checked.content.decode("utf-8") == text
    assert checked.converted_from.lower() == encoding


@pytest.mark.parametrize(
    ("language", "text", "encoding"),
    [
        ("fr", "Страна;Люди", "windows-1251"),
        ("ru", "Pays;Bénéficiaires", "windows-1252"),
        ("ru", "Страна;Люди", "koi8-r"),
        ("zh", "Land;Höhe", "windows-1252"),
        ("", "été", "windows-1252"),
    ],
)
def test_text_in_an_encoding_that_nobody_knows_is_refused_with_the_remedy(language, text, encoding):
    with pytest.raises(ValidationError, match="CSV UTF-8"):
        check(text.encode(encoding), "table.csv", language)


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.odt", "locked.pdf", "renamed.docx"])
def test_protected_document_is_told_so(name):
    with pytest.raises(ValidationError, match="protected by a password"):
        check(REFUSED[name], name)


def test_old_type_and_archive_are_told_the_remedy():
    with pytest.raises(ValidationError, match=r"“\.docx” or as PDF"):
        check(b"x", "letter.doc")
    with pytest.raises(ValidationError, match="one by one"):
        check(files.archive(a="b"), "kit.zip")


@pytest.mark.parametrize("name", REFUSED)
def test_dishonest_file_is_refused_in_one_sentence(name):
    with pytest.raises(ValidationError) as caught:
        check(REFUSED[name], name)
    assert len(caught.value.messages) == 1
    assert "%(" not in caught.value.messages[0]


def test_archive_bomb_is_refused_by_its_table_of_contents(monkeypatch):
    monkeypatch.setattr("articles.media.attachments.ARCHIVE_MAX_BYTES", 1_000_000)
    with pytest.raises(ValidationError):
        check(files.archive(**{TYPES: "", "word/document.xml": "0" * 2_000_000}), "x.docx")


@pytest.mark.parametrize("name", ["x.docx", "x.odt"])
def test_the_entries_of_an_archive_are_counted_before_its_directory_is_read(monkeypatch, name):
    content = files.archive(**{TYPES: "", "word/document.xml": "", "mimetype": CONTENT_TYPES["odt"], "a": ""})
    monkeypatch.setattr("articles.media.attachments.ARCHIVE_MAX_ENTRIES", 3)
    monkeypatch.setattr("articles.media.attachments.zipfile.ZipFile", None)  # calling it would be an error
    with pytest.raises(ValidationError):
        check(content, name)


def test_size_is_capped(settings):
    settings.ATTACHMENT_MAX_BYTES = 10
    with pytest.raises(ValidationError, match="larger than"):
        check(ContentFile(files.PDF, "x.pdf"))


@pytest.mark.django_db
def test_same_bytes_are_one_attachment(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first = create_attachment(files.PDF, "Report", "en", name="../../etc/report.pdf")
    assert create_attachment(ContentFile(files.PDF, "b.pdf"), "Other", "fr") == first
    assert (first.content_type, first.size) == ("application/pdf", len(files.PDF))
    assert [path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*.pdf")] == ["attachments"]
