"""Excel files become tables: values, formulas, and files that are damaged or hostile."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from articles.importing.tables import reading
from tests.articles.importing.test_tables import cells, table


def book(*rows, **sheets):
    made = Workbook()
    made.active.title = "News"
    for row in rows:
        made.active.append(row)
    for name, value in sheets.items():
        made.create_sheet(name)["A1"] = value
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_an_excel_file():
    found = table(
        book(["id", "title", "date"], [17.0, "One", datetime(2019, 3, 4)], [2.5, None, date(2019, 3, 5)], Old=1)
    )
    assert cells(found) == [["17", "One", "2019-03-04"], ["2.5", "", "2019-03-05"]]
    assert "Old" in found.notes[0]


def test_formulas_without_a_stored_result_are_told():
    """openpyxl writes formulas as other programs do: without the result that Excel stores beside them."""
    found = table(book(["id", "title"], [1, '="A" & "B"'], [2, "Plain"], [3, "=A2"], Old="=A1"))
    assert cells(found) == [["1", ""], ["2", "Plain"], ["3", ""]]
    assert found.notes[1:] == [
        "2 formulas have no stored result; their cells are empty. Open the file in Excel and save it."
    ]


def test_a_formula_with_a_stored_result_is_a_value():
    packed = io.BytesIO(book(["id", "title"], [1, "=1+1"]))
    changed = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    found = table(changed.getvalue())
    assert (cells(found), found.notes) == ([["1", "2"]], [])


def changed_book(part, change):
    """An Excel file of which one part is another."""
    packed, made = io.BytesIO(), zipfile.ZipFile(io.BytesIO(book(["secret"], ["x"])))
    with zipfile.ZipFile(packed, "w") as file:
        for name in made.namelist():
            content = made.read(name)
            if name.endswith(part):
                assert change(content) != content
                content = change(content)
            file.writestr(name, content)
    return packed.getvalue()


def test_entities_in_an_excel_file_are_refused():
    kind = b'<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(changed_book("sheet1.xml", lambda content: kind + content.replace(b"secret", b"&e;")))


@pytest.mark.parametrize("part", ["sheet1.xml", "workbook.xml", "styles.xml"])
def test_a_damaged_excel_file_is_refused(part):
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(changed_book(part, lambda content: content[: len(content) // 2]))


def test_a_row_below_the_last_one_of_excel_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "LAST_ROW", 50)
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(changed_book("sheet1.xml", lambda content: content.replace(b'<row r="2"', b'<row r="999"')))
