"""Checks and stores uploaded attachments: only known types, and the content must be of the type that the name says.

Archives are refused: their content cannot be checked, so files are attached one by one.
"""

import io
import zipfile
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

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
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ARCHIVE_MAX_ENTRIES = 5000
ARCHIVE_MAX_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """An attachment that passed the checks; size in bytes, SHA-256 of the content in hex."""

    extension: str
    content: bytes
    sha256: str
    size: int

    @property
    def content_type(self):
        return CONTENT_TYPES[self.extension]

    @property
    def name(self):
        return f"attachments/{self.sha256[:2]}/{self.sha256}.{self.extension}"


def check(source, name=""):
    """Check a file, an upload or bytes; returns a `CheckedFile`. Raises ValidationError with one sentence."""
    limit = settings.ATTACHMENT_MAX_BYTES
    too_large = _("The file is larger than %(limit)s.") % {"limit": filesizeformat(limit)}
    content = read_limited(source, limit, too_large)
    name = name or getattr(source, "name", None) or ""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    if not content:
        raise ValidationError(_("The file is empty."), code="empty")
    if extension not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of this type cannot be attached. These can: %(types)s."),
            code="wrong_type",
            params={"types": ", ".join(CONTENT_TYPES)},
        )
    if not _is(extension, content):
        raise ValidationError(
            _("The name ends in “.%(extension)s”, but the file is something else or damaged."),
            code="wrong_extension",
            params={"extension": extension},
        )
    return CheckedFile(extension, content, sha256(content), len(content))


def _is(extension, content):
    if extension == "pdf":
        return content.startswith(b"%PDF-") and b"%%EOF" in content[-4096:]
    if extension == "mp3":
        return content.startswith(b"ID3") or (content[0] == 0xFF and len(content) > 1 and content[1] & 0xE6 == 0xE2)
    if extension == "mp4":
        return content[4:8] == b"ftyp"
    if extension in {"csv", "txt"}:
        return _is_text(content)
    return _is_office(extension, content)


def _is_text(content):
    """Whether it is UTF-8 without control characters and not HTML, SVG or XML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if content.translate(None, bytes({*range(32), 127} - {9, 10, 12, 13})) != content:
        return False
    return not text[:512].lstrip().lower().startswith(("<!doctype", "<html", "<svg", "<?xml", "<script"))


def _is_office(extension, content):
    """Whether it is an intact office document of that type, without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            too_big = len(entries) > ARCHIVE_MAX_ENTRIES or sum(e.file_size for e in entries) > ARCHIVE_MAX_BYTES
            if too_big or any(name.endswith("vbaProject.bin") for name in names):
                return False
            if extension in MAIN_PARTS:
                return {"[Content_Types].xml", MAIN_PARTS[extension]} <= names
            with archive.open("mimetype") as file:
                return file.read(200).decode("ascii", "replace").strip() == CONTENT_TYPES[extension]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
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
