"""Reads the first visible sheet of an Excel file (.xlsx) as rows of texts, and tells what its cells do not show."""

import io
import re
import zipfile
from datetime import date, datetime, time
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes of the file, which is a zip
MOST_COLUMNS, LAST_ROW = 200, 1_048_576  # the last row of a sheet in Excel
OLD_KIND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of .xls, and of files with a password
_x = rb"(?:\w+:)?"  # the prefix of a namespace
FOUND = re.compile(
    # A formula without the result that Excel stores beside it.
    rb"(?P<formula>(?:</" + _x + rb"f>|<" + _x + rb"f\b[^<>]*/>)\s*(?:<" + _x + rb"v\s*/>|<" + _x + rb"v></" + _x
    + rb"v>)?\s*</" + _x + rb"c>)"
    rb"|(?P<error><" + _x + rb"c\s[^<>]*\bt=\"e\")"
    rb"|(?P<hidden><" + _x + rb"row\s[^<>]*\bhidden=\"(?:1|true)\")"
    rb"|<" + _x + rb"mergeCell\s+ref=\"(?P<merged>[A-Z]+\d+:[A-Z]+\d+)\""
)  # fmt: skip
RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
LINE_END = re.compile(r"_x000[9AaDd]_")  # as Excel escapes it
ERRORS = set("#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #GETTING_DATA".split())


class TableError(Exception):
    """A file that is no table; its text is a sentence."""


def is_excel(data):
    return bytes(data[:4]) == b"PK\x03\x04" or bytes(data[:8]) == OLD_KIND


def excel_rows(data, notes, most):
    """Yield (number, texts) of each row. `most`: bytes of the sheet in which is looked for what cells do not show."""
    from openpyxl import load_workbook  # takes a fifth of a second

    unreadable = _("This is no Excel file that can be read (.xlsx).")
    if bytes(data[:8]) == OLD_KIND:
        sentence = _("This is an Excel file of the old kind (.xls), or one with a password. Save it as .xlsx or CSV.")
        raise TableError(sentence)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST_UNPACKED:
                raise TableError(_("The file is too large when it is unpacked."))
            is_marked = _has_marks(packed)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, rich_text=is_marked)
        sheet = _visible_sheet(book, notes)
        merged = _told(data, sheet, notes, most)
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        rows = sheet.iter_rows(values_only=not is_marked, max_col=MOST_COLUMNS + 1)
        for line, cells in enumerate(rows, 1):
            if line > LAST_ROW:  # a file may give a row any number, and all rows before it are made
                raise TableError(unreadable)
            texts = [_marked(cell) if is_marked else _text(cell) for cell in cells]
            merged.fill(line, texts)
            yield line, texts
    except TableError:
        raise
    except Exception as error:  # archives and parsers of XML fail in many ways
        raise TableError(unreadable) from error


def _has_marks(packed):
    """Whether letters of cells are struck out or raised; to read these takes twice the time."""
    names = {"xl/styles.xml", "xl/sharedStrings.xml"} & set(packed.namelist())
    return any(re.search(rb"<(?:\w+:)?strike\b|superscript", packed.read(name)) for name in names)


def _visible_sheet(book, notes):
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise TableError(_("The file has no sheet with cells."))
    if len(book.worksheets) > 1:
        others = ", ".join(one.title for one in book.worksheets if one is not sheet)
        sentence = _("Only the sheet “%(sheet)s” is read; left out: %(others)s.")
        notes.append(sentence % {"sheet": sheet.title, "others": others})
    return sheet


def _told(data, sheet, notes, most):
    """Add to the notes what the first bytes of a sheet have that its cells do not show. Returns its merged cells."""
    found, merged = dict.fromkeys(("formula", "error", "hidden"), 0), _Merged()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(sheet._worksheet_path) as part:
        for match in _matches(part, most):
            if match["merged"]:
                merged.add(match["merged"].decode())
            else:
                found[match.lastgroup] += 1
    notes += [_sentences(count)[name] % {"count": count} for name, count in found.items() if count]
    return merged


def _sentences(count):
    return {
        "formula": ngettext(
            "%(count)d formula has no stored result; its cell is empty. Open the file in Excel and save it.",
            "%(count)d formulas have no stored result; their cells are empty. Open the file in Excel and save it.",
            count,
        ),
        "error": ngettext(
            "%(count)d cell shows an error of Excel, such as #N/A; it is empty here.",
            "%(count)d cells show an error of Excel, such as #N/A; they are empty here.",
            count,
        ),
        "hidden": ngettext("%(count)d hidden row is read too.", "%(count)d hidden rows are read too.", count),
    }


def _matches(part, most, piece=1024 * 1024, longest=1000):
    """`longest`: bytes by which two pieces overlap; what is longer and lies at the seam is not found."""
    before = b""
    while most > 0 and (read := part.read(piece)):
        text, end = before + read, 0
        for match in FOUND.finditer(text):
            end = match.end()
            yield match
        before, most = text[max(end, len(text) - longest) :], most - piece


class _Merged:
    """Cells that are merged with those below them: each row gets their text. Such as lie side by side are titles."""

    def __init__(self):
        self.beginning, self.open = {}, {}  # {row: [(column, last row)]}, {column: (last row, text)}

    def add(self, cells):
        from openpyxl.utils import column_index_from_string

        first, top, last, bottom = RANGE.fullmatch(cells).groups()
        if first == last and int(top) < int(bottom):
            self.beginning.setdefault(int(top), []).append((column_index_from_string(first) - 1, int(bottom)))

    def fill(self, line, texts):
        """Fill a row, unless it is empty but for merged cells."""
        self.open = {column: held for column, held in self.open.items() if held[0] >= line}
        if any(texts):
            for column, (_last, text) in self.open.items():
                texts += [""] * (column + 1 - len(texts))
                texts[column] = texts[column] or text
        for column, last in self.beginning.pop(line, ()):
            self.open[column] = last, texts[column] if column < len(texts) else ""


def _text(value):
    """A cell as text: dates in ISO 8601, whole numbers without a point."""
    if value is None or (isinstance(value, str) and value in ERRORS):
        return ""
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return LINE_END.sub("\n", str(value)).strip()


def _marked(cell):
    """A cell as text in which struck-out letters are HTML, and raised ones: else "5 ~~six~~" would be "5 six"."""
    from openpyxl.cell.rich_text import CellRichText

    if isinstance(cell.value, CellRichText):
        return LINE_END.sub("\n", "".join(map(_run, cell.value))).strip()
    text = _text(cell.value)
    return f"<s>{escape(text, quote=False)}</s>" if text and cell.font and cell.font.strike else text


def _run(run):
    if isinstance(run, str):
        return escape(run, quote=False)
    text = escape(run.text, quote=False)
    text = f"<sup>{text}</sup>" if run.font.vertAlign == "superscript" else text
    return f"<s>{text}</s>" if run.font.strike else text
