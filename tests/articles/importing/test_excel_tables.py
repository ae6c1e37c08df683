"""Excel files become tables: values, formulas, and files that are damaged or hostile."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from articles.importing.tables import excel, reading
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


def sheet_of(fill):
    made = Workbook()
    fill(made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_merged_cells_hold_for_each_of_their_rows_and_a_title_is_none():
    def fill(sheet):
        sheet["A1"] = "Press releases"
        sheet.merge_cells("A1:C1")
        for row in (["id", "title", "date"], [1, "One", date(2019, 3, 4)], [2, "Two"], [3, "Three"], [], [5, "Five"]):
            sheet.append(row)
        sheet.merge_cells("C3:C4")
        sheet.merge_cells("B5:B6")  # row 6 is empty and stays so

    found = table(sheet_of(fill))
    assert [row[2] for row in cells(found)] == ["2019-03-04", "2019-03-04", "", ""]


RICH = (
    '<r><t xml:space="preserve">5 &lt; 6 </t></r><r><rPr><strike/></rPr><t>and 7</t></r><r><t> m</t></r>'
    '<r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r>'
)


def with_shared_string(text, shared, data):
    """An Excel file with a cell as Excel writes it: its text stands in a part for all texts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    changes = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>',
        ),
        "xl/worksheets/sheet1.xml": (f't="inlineStr"><is><t>{text}</t></is>', 't="s"><v>0</v>'),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(packed, "w") as file:
        for name in made.namelist():
            file.writestr(name, made.read(name).decode().replace(*changes.get(name, ("\0", ""))))
        file.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}"><si>{shared}</si></sst>')
    return packed.getvalue()


def test_struck_out_and_raised_letters_are_marked():
    def fill(sheet):
        for row in (["id", "title"], [1, "secret"], [2, "All & all"], [3, "a < b"]):
            sheet.append(row)
        sheet["B3"].font = Font(strike=True)

    found = table(with_shared_string("secret", RICH, sheet_of(fill)))
    assert cells(found) == [
        ["1", "5 &lt; 6 <s>and 7</s> m<sup>2</sup>"], ["2", "<s>All &amp; all</s>"], ["3", "a < b"],
    ]  # fmt: skip


def test_errors_are_empty_and_told_and_hidden_rows_are_told():
    def fill(sheet):
        for row in (["id", "title"], [1, "#REF!"], [2, "Two_x000D_\nlines"]):
            sheet.append(row)
        sheet["B2"].data_type = "e"
        sheet.row_dimensions[3].hidden = True

    found = table(sheet_of(fill))
    assert cells(found) == [["1", ""], ["2", "Two\n\nlines"]]
    assert found.notes == [
        "1 cell shows an error of Excel, such as #N/A; it is empty here.", "1 hidden row is read too.",
    ]  # fmt: skip


def test_the_old_kind_of_excel_file_is_named():
    with pytest.raises(reading.TableError, match="old kind"):
        table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000)


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
    monkeypatch.setattr(excel, "LAST_ROW", 50)
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(changed_book("sheet1.xml", lambda content: content.replace(b'<row r="2"', b'<row r="999"')))
