"""Reads a table from a CSV file in any usual encoding and dialect, or from an Excel file: its header and its rows."""

import codecs
import csv
import io
import re
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from ...media.formats.text_encoding import is_utf_8, is_utf_16, most_likely
from .excel import LARGEST_UNPACKED, MOST_COLUMNS, TableError, excel_rows, is_excel

LARGEST = 64 * 1024 * 1024  # bytes of a file
FIRST_BYTES, FIRST_ROWS = 8 * 1024 * 1024, 3_000  # of a file of which a page shows the beginning
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")  # as the csv module wants them, without a copy of the text
FIRST_CHARACTERS = 10_000  # by which a picture or another program's file is known
CONTROLS = re.compile("[\0-\x08\x0e-\x1f\x7f]")
LOOKED_AT = 30  # rows by which delimiter and header are guessed
DELIMITERS = ",;\t|"
CELL = 1_000_000  # characters

csv.field_size_limit(CELL)


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
    if is_excel(data):
        found = excel_rows(data, notes, FIRST_BYTES if beginning else LARGEST_UNPACKED)
    else:
        found = _csv_rows(data, encoding, notes, cut)
    filled = ((line, cells) for line, cells in found if any(cells))
    rows = list(islice(filled, FIRST_ROWS) if beginning else filled)
    if not rows:
        raise TableError(_("The file has no rows."))
    table = _table(rows, header_line, notes)
    if len(rows) == 1 and not cut:
        raise TableError(_("The file has no rows below its header."))
    table.is_cut = (cut and not is_excel(data)) or (beginning and len(rows) == FIRST_ROWS)
    return table


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
        text = codecs.getincrementaldecoder(codec)(errors).decode(part, final=not cut)
    except UnicodeDecodeError as error:
        sentence = _("The file is not in %(encoding)s: byte %(at)s is no character.")
        raise TableError(sentence % {"encoding": encoding, "at": error.start + 1}) from None
    start = text[:FIRST_CHARACTERS]
    if len(CONTROLS.findall(start)) > len(start) / 100 + 1:
        raise TableError(_("This is no CSV or Excel file."))
    return text.replace("\0", "")


def _codec(data, encoding, notes, cut):
    """(codec, what becomes of errors): the given one, or by the first bytes."""
    if encoding:
        return ("utf-8-sig" if encoding == "utf-8" else encoding), "strict"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "replace"
    if utf_16 := is_utf_16(data):
        return utf_16, "replace"
    if is_utf_8(data, cut):
        return "utf-8-sig", "strict"
    found = most_likely(data)
    sentence = _("The file is no Unicode; it was read as %(encoding)s. If letters are wrong, choose its encoding.")
    notes.append(sentence % {"encoding": found})
    return found, "replace"


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
