"""Reads a table from a CSV file in any usual encoding and dialect, or from an Excel file: its header and its rows."""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LARGEST = 64 * 1024 * 1024  # bytes of a file
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of an Excel file, which is a zip
MOST_COLUMNS, LAST_ROW = 200, 1_048_576  # the last row of a sheet in Excel
FIRST_BYTES, FIRST_ROWS = 8 * 1024 * 1024, 3_000  # of a file of which a page shows the beginning
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # as the csv module wants them, without a copy of the text
# A formula in a sheet's XML without the result that Excel stores beside it.
NO_RESULT = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
LOOKED_AT = 30  # rows by which delimiter and header are guessed
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "windows-1251", "windows-1256", "gb18030")
CELL = 1_000_000  # characters

csv.field_size_limit(CELL)


class TableError(Exception):
    """A file that is no table; its text is a sentence."""


@dataclass
class Row:
    """`line`: the number of its line in a CSV file, of its row in a sheet. `cells`: texts, as many as headers."""

    line: int
    cells: list


@dataclass
class Table:
    """`headers`: one text for each column, all different. `notes`: sentences on how the file was read."""

    headers: list
    rows: list
    notes: list = field(default_factory=list)
    problems: list = field(default_factory=list)  # (line, sentence) of rows that do not fit
    header_line: int = 0
    is_cut: bool = False  # it has more rows than were read


def read(data, encoding="", header_line=0, beginning=False):
    """The Table in these bytes. Raises TableError. `encoding`: one of ENCODINGS; `header_line`: that of the header.

    `beginning`: only the first rows, for a page; a large file would take some 400 MB of memory.
    """
    if len(data) > LARGEST:
        raise TableError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
    notes = []
    cut = beginning and len(data) > FIRST_BYTES
    found = _excel_rows(data, notes, beginning) if is_excel(data) else _csv_rows(data, encoding, notes, cut)
    filled = ((line, cells) for line, cells in found if any(cells))
    rows = list(islice(filled, FIRST_ROWS) if beginning else filled)
    if not rows:
        raise TableError(_("The file has no rows."))
    table = _table(rows, header_line, notes)
    table.is_cut = (cut and not is_excel(data)) or (beginning and len(rows) == FIRST_ROWS)
    return table


def is_excel(data):
    return bytes(data[:4]) == b"PK\x03\x04"


def _table(rows, header_line, notes):
    at = next((at for at, (line, _cells) in enumerate(rows) if line == header_line), None)
    at = _header(rows) if at is None else at
    line, names = rows[at]
    while names and not names[-1]:
        names = names[:-1]
    if len(names) > MOST_COLUMNS:
        raise TableError(_("The table has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if at:
        notes.append(_("The header is in line %(line)s; what stands above it is left out.") % {"line": line})
    table = Table(_different(names), [], notes, header_line=line)
    for number, cells in rows[at + 1 :]:
        if any(cells[len(names) :]):
            sentence = _("It has %(cells)s cells, and the header has %(headers)s.")
            table.problems.append((number, sentence % {"cells": len(cells), "headers": len(names)}))
        else:
            table.rows.append(Row(number, (cells + [""] * len(names))[: len(names)]))
    return table


def _header(rows):
    """The first row that fills at least half of the columns that a row fills at most, and more than one."""
    widths = [sum(map(bool, cells)) for _line, cells in rows[:LOOKED_AT]]
    wanted = max(2, max(widths) / 2)
    return next((at for at, width in enumerate(widths) if width >= wanted), 0)


def _different(names):
    found = []
    for number, name in enumerate(names, 1):
        name = " ".join(name.split()) or _("column %(number)s") % {"number": number}
        found.append(name if name not in found else f"{name} ({number})")
    return found


def _csv_rows(data, encoding, notes, cut=False):
    """(line, cells) of each row. `cut`: of the first FIRST_BYTES, without the row in which they end."""
    text = _decoded(data, encoding, notes, cut)
    delimiter = _delimiter(text)
    reader = csv.reader((line[0] for line in LINES.finditer(text)), delimiter=delimiter, strict=True)
    last = None
    try:
        line = 1
        for cells in reader:
            if last:
                yield last
            last = line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        if not (cut and "unexpected end" in str(error)):
            sentence = _("Line %(line)s cannot be read: %(why)s.")
            raise TableError(sentence % {"line": reader.line_num, "why": error}) from None
        cut = False  # the row in which they end is not `last`
    if last and not cut:
        yield last


def _decoded(data, encoding, notes, cut):
    codec, errors = _codec(data, encoding, notes, cut)
    part = data[:FIRST_BYTES] if cut else data
    try:
        return codecs.getincrementaldecoder(codec)(errors).decode(part, final=not cut)
    except UnicodeDecodeError as error:
        sentence = _("The file is not in %(encoding)s: byte %(at)s is no character.")
        raise TableError(sentence % {"encoding": encoding, "at": error.start + 1}) from None


def _codec(data, encoding, notes, cut):
    """(codec, what becomes of errors): the given one or by the first bytes; no Unicode is taken for windows-1252."""
    if encoding:
        return ("utf-8-sig" if encoding == "utf-8" else encoding), "strict"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "replace"
    if b"\0" in data[:200]:
        return ("utf-16-le" if data[1:2] == b"\0" else "utf-16-be"), "replace"
    if _is_utf_8(data, cut):
        return "utf-8-sig", "strict"
    notes.append(_("The file is no Unicode; it was read as windows-1252. If letters are wrong, choose its encoding."))
    return "windows-1252", "replace"


def _is_utf_8(data, cut, piece=1024 * 1024):
    """`cut`: the last letter may lack some of its bytes."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), piece):
            decoder.decode(data[at : at + piece])
        decoder.decode(b"", final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text):
    """The delimiter that gives the first rows the most cells in the most rows."""

    def score(delimiter):
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, LOOKED_AT) if any(cells)]
        except csv.Error:
            return 0
        usual = max(widths, key=widths.count, default=1)
        return (usual - 1) * widths.count(usual)

    return max(DELIMITERS, key=score)


def _excel_rows(data, notes, beginning):
    from openpyxl import load_workbook  # takes a fifth of a second

    unreadable = _("This is no Excel file that can be read (.xlsx).")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise TableError(_("The file is too large when it is unpacked."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise TableError(_("The file has no sheet with cells."))
        if len(book.worksheets) > 1:
            others = ", ".join(one.title for one in book.worksheets if one is not sheet)
            sentence = _("Only the sheet “%(sheet)s” is read; left out: %(others)s.")
            notes.append(sentence % {"sheet": sheet.title, "others": others})
        notes += _empty_formulas(data, sheet, FIRST_BYTES if beginning else LARGEST_UNPACKED)
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)
        for line, cells in enumerate(rows, 1):
            if line > LAST_ROW:  # a file may give a row any number, and all rows before it are made
                raise TableError(unreadable)
            yield line, [_text(value) for value in cells]
    except TableError:
        raise
    except Exception as error:  # archives and parsers of XML fail in many ways
        raise TableError(unreadable) from error


def _empty_formulas(data, sheet, most):
    """[a sentence] if formulas in the first bytes of a sheet have no stored result, else []."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(sheet._worksheet_path) as part:
        count = _formulas_without_result(part, most)
    sentence = ngettext(
        "%(count)d formula has no stored result; its cell is empty. Open the file in Excel and save it.",
        "%(count)d formulas have no stored result; their cells are empty. Open the file in Excel and save it.",
        count,
    )
    return [sentence % {"count": count}] if count else []


def _formulas_without_result(part, most, piece=1024 * 1024, longest=1000):
    """How many formulas lack their result: programs write such, and Excel adds it when it saves the file.

    `longest`: bytes by which two pieces overlap; a formula that is longer and lies at the seam is not counted.
    """
    count, before = 0, b""
    while most > 0 and (read := part.read(piece)):
        text = before + read
        ends = [found.end() for found in NO_RESULT.finditer(text)]
        count += len(ends)
        before, most = text[max(ends[-1] if ends else 0, len(text) - longest) :], most - piece
    return count


def _text(value):
    """A cell as text: dates in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
