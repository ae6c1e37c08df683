"""Checks and stores uploaded attachments: only known types, and the content must be of the type that the name says.

Archives are refused: their content cannot be checked, so files are attached one by one. What wraps a PDF is left out,
and texts in other encodings become UTF-8.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text

from .formats.documents import bare_pdf, in_utf8, is_text
from .storage import put, read_limited, sha256

OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "pptx": OFFICE + "presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
# Old types and what to save them as; archives, whose content cannot be checked.
MODERN = {"doc": "docx", "dot": "docx", "rtf": "docx", "xls": "xlsx", "ppt": "pptx", "pps": "pptx"}
ARCHIVES = {"zip", "rar", "7z", "gz", "tar", "tgz"}
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of old office documents and of protected new ones
PDF_ENCRYPTION = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
MANIFEST_MAX_BYTES = 1024 * 1024
# What `zipfile` raises on a damaged archive or a missing entry.
NOT_AN_ARCHIVE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
ARCHIVE_MAX_ENTRIES = 5000
ARCHIVE_MAX_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """An attachment that passed the checks; size in bytes, SHA-256 of the content in hex."""

    extension: str
    content: bytes
    sha256: str
    size: int
    converted_from: str = ""  # the encoding of a text that was not in UTF-8

    @property
    def content_type(self):
        return CONTENT_TYPES[self.extension]

    @property
    def name(self):
        return f"attachments/{self.sha256[:2]}/{self.sha256}.{self.extension}"


def check(source, name="", language=""):
    """Check a file, an upload or bytes; returns a `CheckedFile`. Raises ValidationError with one sentence.

    `language` says which encoding a text has that is not in UTF-8.
    """
    limit = settings.ATTACHMENT_MAX_BYTES
    too_large = _("The file is larger than %(limit)s.") % {"limit": filesizeformat(limit)}
    content = read_limited(source, limit, too_large)
    name = name or getattr(source, "name", None) or ""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not content:
        raise ValidationError(_("The file is empty."), code="empty")
    _check_type(extension)
    encoding = ""
    if extension == "pdf":
        content = bare_pdf(content)
    elif extension in {"csv", "txt"}:
        content, encoding = in_utf8(content, language)
    _refuse_protected(extension, content)
    if _has_macros(content):
        raise ValidationError(
            _("The file contains macros, which are programs. Save it without macros or as PDF, then upload it."),
            code="macros",
        )
    if not _is(extension, content):
        raise ValidationError(
            _("The name ends in “.%(extension)s”, but the file is something else or damaged."),
            code="wrong_extension",
            params={"extension": extension},
        )
    return CheckedFile(extension, content, sha256(content), len(content), encoding)


def _check_type(extension):
    if extension in CONTENT_TYPES:
        return
    if extension in MODERN:
        raise ValidationError(
            _("Files of the old type “.%(extension)s” cannot be attached. Save it as “.%(modern)s” or as PDF."),
            code="wrong_type",
            params={"extension": extension, "modern": MODERN[extension]},
        )
    if extension in ARCHIVES:
        raise ValidationError(
            _("Archives cannot be attached, because nobody can check their content. Attach the files one by one."),
            code="wrong_type",
        )
    raise ValidationError(
        _("Files of this type cannot be attached. These can: %(types)s."),
        code="wrong_type",
        params={"types": joined_text(CONTENT_TYPES)},
    )


def _refuse_protected(extension, content):
    protected = (
        PDF_ENCRYPTION.search(content)
        if extension == "pdf"
        else _is_protected_office(content)
        if extension not in {"csv", "txt", "mp3", "mp4"}
        else False
    )
    if protected:
        raise ValidationError(
            _("This file is protected by a password or by restrictions. Save it without protection, then upload it."),
            code="protected",
        )
    if content.startswith(OLE) and extension in MAIN_PARTS:
        raise ValidationError(
            _(
                "This file is protected by a password or of an old type, whatever its name says. Save it without "
                "password as “.%(modern)s” or as PDF, then upload it."
            ),
            code="wrong_extension",
            params={"modern": extension},
        )


def _is_protected_office(content):
    """Whether an office document is encrypted: in a container of the old type, or within its archive."""
    if content.startswith(OLE):
        return "EncryptedPackage".encode("utf-16-le") in content or "EncryptionInfo".encode("utf-16-le") in content
    if has_too_many_entries(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                return True
            with archive.open("META-INF/manifest.xml") as manifest:
                return b"encryption-data" in manifest.read(MANIFEST_MAX_BYTES)
    except NOT_AN_ARCHIVE:
        return False


def _has_macros(content):
    """Whether it is a document of Microsoft Office with macros."""
    if not content.startswith(b"PK") or has_too_many_entries(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.endswith("vbaProject.bin") for name in archive.namelist())
    except NOT_AN_ARCHIVE:
        return False


def _is(extension, content):
    if extension == "pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-4096:]
    if extension == "mp3":
        return content.startswith(b"ID3") or (content[0] == 0xFF and len(content) > 1 and content[1] & 0xE6 == 0xE2)
    if extension == "mp4":
        return content[4:8] == b"ftyp"
    if extension in {"csv", "txt"}:
        return is_text(content)
    return _is_office(extension, content)


def has_too_many_entries(content):
    """Asked before the directory of the archive is read, which takes memory for each entry."""
    return content.count(b"PK\1\2") > ARCHIVE_MAX_ENTRIES


def _is_office(extension, content):
    """Whether it is an intact office document of that type."""
    if has_too_many_entries(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > ARCHIVE_MAX_BYTES:
                return False
            if extension in MAIN_PARTS:
                return {"[Content_Types].xml", MAIN_PARTS[extension]} <= names
            with archive.open("mimetype") as file:
                return file.read(200).decode("ascii", "replace").strip() == CONTENT_TYPES[extension]
    except NOT_AN_ARCHIVE:
        return False


def store(checked):
    """Store the file under `checked.name`; returns that name."""
    return put(checked.name, checked.content)


def fill(attachment, checked):
    """Store the file and set the fields of the attachment that describe it. The caller saves."""
    attachment.file = store(checked)
    for field in ("sha256", "size", "content_type"):
        setattr(attachment, field, getattr(checked, field))
    return attachment
