"""Journalists as CSV files: the columns, how a file is read, and how it is written for a spreadsheet."""

import csv
import io

from django.utils.translation import gettext as _

from contacts.cldr.formats import joined_text
from contacts.plain_text import spreadsheet_cell, text_of_cell

from ..media.formats.text_encoding import is_utf_8, is_utf_16, most_likely
from ..models import PressList

COLUMNS = (
    "name", "outlet", "email", "telephone", "language", "other languages", "regions", "countries", "topics", "notes",
    "consent", "consent source", "active", "lists",
)  # fmt: skip
REQUIRED = ("name", "outlet", "email", "language", "consent", "consent source")
BETWEEN = "|"  # the parts of a cell
SEPARATORS = (",", ";", "\t")
MOST_LINES, MOST_BYTES = 5000, 1_500_000
LONGEST_CELL = 5000  # characters
YES, NO = "yes", "no"


class Unreadable(Exception):
    """The file is no table of journalists; the message says why."""


def decode(data):
    """(the text of a file, the name of its encoding if that was found out by its letters, else "")."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("The file is larger than %(limit)s MB.") % {"limit": "1.5"})
    guess = ""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", "replace")
    elif utf_16 := is_utf_16(data):
        text = data.decode(utf_16, "replace")
    elif is_utf_8(data, cut=False):
        text = data.decode("utf-8-sig")
    else:
        guess = most_likely(data)
        text = data.decode(guess, "replace")
    if "\0" in text or "\ufffd" in text:
        raise Unreadable(_("This is no text that can be read. Save the table as “CSV UTF-8”."))
    return text, guess


def records(text):
    """[(number of the first line of a record, {column: cell})]. The first line names the columns, in any order."""
    lines = text.splitlines(keepends=True)
    separator = max(SEPARATORS, key=(lines[0] if lines else "").count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found, line = [], 1
    try:
        columns = _columns(next(reader, []))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, _record(columns, cells)))
            line = reader.line_num + 1
            if len(found) > MOST_LINES:
                raise Unreadable(
                    _("There are more than %(limit)s lines. Import them in parts.") % {"limit": MOST_LINES}
                )
    except csv.Error as error:
        raise Unreadable(
            _("Line %(number)s cannot be read: a quotation mark is missing.") % {"number": line}
        ) from error
    return found


def _columns(cells):
    names = [" ".join(cell.replace("_", " ").lower().split()) for cell in cells]
    if missing := [name for name in REQUIRED if name not in names]:
        raise Unreadable(
            _("The first line must name the columns. Missing: %(names)s.") % {"names": joined_text(missing)}
        )
    if unknown := [name for name in names if name not in COLUMNS]:
        raise Unreadable(_("Unknown columns: %(names)s.") % {"names": joined_text(name or "“”" for name in unknown)})
    if len(set(names)) != len(names):
        raise Unreadable(_("A column is named twice."))
    return names


def _record(columns, cells):
    """The cells by column; None as a whole if a line has more cells than there are columns."""
    if len(cells) > len(columns):
        return None
    texts = (text_of_cell(cell.strip()) for cell in cells)
    return dict.fromkeys(columns, "") | dict(zip(columns, texts, strict=False))


def rows(journalists, lists):
    """Yield the line of columns and one for each journalist. `lists`: those whose names may be shown."""
    yield COLUMNS
    names = dict(lists.filter(kind=PressList.Kind.PICKED).values_list("pk", "name"))
    related = ("regions", "countries", "topics", "press_lists")
    for row in journalists.prefetch_related(*related):
        cells = [row.name, row.outlet, row.email, row.telephone, row.language, BETWEEN.join(row.other_languages)]
        cells += [_codes(row.regions, "code"), _codes(row.countries, "iso3"), _codes(row.topics, "code"), row.notes]
        cells += [row.consent_on or "", row.consent_source, YES if row.is_active else NO]
        cells.append(BETWEEN.join(sorted(names[one.pk] for one in row.press_lists.all() if one.pk in names)))
        yield [spreadsheet_cell(cell) for cell in cells]


def _codes(relation, key):
    return BETWEEN.join(sorted(getattr(row, key) for row in relation.all()))
