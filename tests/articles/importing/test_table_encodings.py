"""A CSV file that is no Unicode is read in the encoding of its language, and a note names it."""

import pytest

from articles.importing.tables import reading
from tests import files

pytestmark = pytest.mark.one_database

TEXTS = {
    "windows-1252": ["Crue à Genève – l’été", "Inundación en Cádiz; ¿qué pasó?", "“Water” costs 5 €", "Größe"],
    "mac-roman": ["Crue à Genève – l’été", "Inundación en Cádiz: año"],
    "windows-1251": ["Паводок в Алматы", "«Вода» — это всё"],
    "koi8-r": ["Паводок в Алматы", "Вторая новость"],
    "windows-1256": ["فيضانات في السودان", "نشرة صحفية، العدد 12"],
    "gb18030": ["洪水预警传到边境城镇。", "关于水的声明"],
    "big5": ["洪水預警傳到邊境城鎮。", "關於水的聲明"],
}


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts])
def test_the_encoding_is_that_of_the_letters(encoding, text):
    found = reading.read(f'id,title\r\n1,"{text}"\r\n'.encode(encoding))
    assert [row.cells for row in found.rows] == [["1", text]]
    assert found.notes == [
        f"The file is no Unicode; it was read as {encoding}. If letters are wrong, choose its encoding."
    ]


def test_a_nul_makes_no_utf_16():
    assert [row.cells for row in reading.read(b"id,title\n1,O\0ne\n").rows] == [["1", "One"]]


@pytest.mark.parametrize(
    "data", [files.picture(), files.PDF + files.picture(), b"junk" + files.archive(a="b" * 99), bytes(range(256)) * 9]
)
def test_other_files_are_no_tables(data):
    with pytest.raises(reading.TableError):
        reading.read(data)


def test_a_header_alone_is_told():
    with pytest.raises(reading.TableError, match="below its header"):
        reading.read(b"id,title\n")
