"""Lists what is not imported: counted for the terminal, one by one in a CSV file for `convert --report`."""

import csv
import io

from contacts.plain_text import spreadsheet_cell

from ..report import Report, shortened

COLUMNS = ("record", "field", "kind", "what", "number")


class Losses:
    """Collects Losses. `stream`: binary, for the CSV, or None."""

    def __init__(self, stream=None):
        self.report, self.table = Report(), Table(stream, COLUMNS) if stream else None

    def add(self, loss):
        text = f"{loss.field}: {loss.kind}" if loss.field else loss.kind
        self.report.notice(text, f"{loss.record}: {shortened(loss.what)}" if loss.what else loss.record)
        self.report.notices[text] += loss.number - 1
        if self.table:
            self.table.row(loss.record, loss.field, loss.kind, loss.what, loss.number)

    def lines(self):
        """One line for each kind of loss, with its number and the first records."""
        return self.report.notice_lines()

    @property
    def total(self):
        return self.report.notices.total()


class Table:
    """A CSV file in UTF-8 that spreadsheets open as it is (RFC 4180, with a byte order mark)."""

    def __init__(self, stream, columns):
        self.text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
        self.writer = csv.writer(self.text)
        self.writer.writerow(columns)

    def row(self, *cells):
        self.writer.writerow([spreadsheet_cell(_one_line(cell)) for cell in cells])

    def close(self):
        """Leave the stream to whoever opened it."""
        self.text.detach()


def _one_line(value):
    """Without line breaks; lone surrogates, which UTF-8 cannot hold, become question marks."""
    return " ".join(str(value).split()).encode("utf-8", "replace").decode()
