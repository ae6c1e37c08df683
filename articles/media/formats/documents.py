"""Repairs uploaded documents: removes bytes around a PDF, converts texts to UTF-8."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

BEFORE_PDF = 1024  # bytes among which readers look for the beginning of a PDF (ISO 32000-1, annex H)
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What Excel on Windows writes in each language, and the characters that nearly all but the ASCII ones must be.
LATIN = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ€‘’“”„‚–—…«»°ºª¿¡·•§£©®²³½×"
CODE_PAGES = {
    "ru": ("windows-1251", "".join(map(chr, range(0x410, 0x450))) + "Ёё№«»–—“”„…"),
    "ar": ("windows-1256", "".join(map(chr, range(0x621, 0x653))) + "،؛؟"),
    "zh": ("gb18030", "、。《》「」【】"),
}
MOST = 0.9
MIXED_WORD = re.compile("[A-Za-z][\u0400-\u06ff]|[\u0400-\u06ff][A-Za-z]")


def bare_pdf(content):
    """A PDF without what stands before and after it: line breaks, byte order marks, printers' commands, zeros."""
    start = content[: BEFORE_PDF + 5].find(b"%PDF-")
    if start < 1 or b"<" in content[:start]:  # markup before it: something else, which has a PDF within
        start = 0
    content = content[start:]
    return content.rstrip(b"\0") if content.endswith(b"\0") else content


def in_utf8(content, language=""):
    """(text in UTF-8, the encoding that it was in: "" if that was UTF-8 already).

    The language of the text says which encoding it was in. Raises ValidationError if the text does not fit it.
    """
    mark = next((mark for mark in BYTE_ORDER_MARKS if content.startswith(mark)), None)
    try:
        if mark:
            return content.decode(BYTE_ORDER_MARKS[mark]).encode(), BYTE_ORDER_MARKS[mark].upper()
        content.decode("utf-8-sig")
        return content, ""
    except UnicodeDecodeError:
        pass
    encoding, letters = CODE_PAGES.get(language, ("windows-1252", LATIN))
    if not mark and language and (text := _fitting(content, encoding, letters)):
        return text.encode(), encoding.capitalize() if encoding.startswith("w") else encoding.upper()
    raise ValidationError(
        _("The text is not in UTF-8. In Excel save it as “CSV UTF-8”, in other programs choose the encoding UTF-8."),
        code="wrong_encoding",
    )


def _fitting(content, encoding, letters):
    """The text, if it can be in that encoding and nearly all characters beyond ASCII are of its language."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return ""
    others = [char for char in text if char > "\x7f"]
    if encoding == "gb18030":  # any two bytes are a character: words of Latin letters would have single ones
        others = [char for char in others if not "\uff00" < char < "\uffef"]
        runs = re.findall("[\u4e00-\u9fff]+", text)
        fitting = sum(map(len, runs)) if sum(map(len, runs)) >= 2 * len(runs) else 0
    else:
        fitting = 0
    fitting += sum(char in letters for char in others)
    return text if fitting >= MOST * len(others) and not _is_mixed_up(text, encoding) else ""


def _is_mixed_up(text, encoding):
    """Whether words mix two scripts (Latin text read as Russian) or most letters are capitals (KOI8-R)."""
    if encoding == "windows-1251" and sum(map(str.isupper, text)) > sum(map(str.islower, text)):
        return True
    return encoding in ("windows-1251", "windows-1256") and MIXED_WORD.search(text) is not None


def is_text(content):
    """Whether it is UTF-8 without control characters and not HTML, SVG or XML."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if content.translate(None, bytes({*range(32), 127} - {9, 10, 12, 13})) != content:
        return False
    return not text[:512].lstrip().lower().startswith(("<!doctype", "<html", "<svg", "<?xml", "<script"))
