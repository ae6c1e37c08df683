"""Tables become records: read in any encoding and dialect, their columns guessed, and what is lost listed by row."""

import io
import zipfile
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles.importing.tables import excel, fields, reading, values
from articles.importing.tables.records import Mapping, converted
from articles.models import Article, SlugHistory
from tests.cast import make_article, make_contact, make_country, make_office, make_region, make_topic

CSV = "id;title;date\r\n1;Été à Genève;3 mars 2019\r\n"


def table(text, **options):
    return reading.read(text.encode() if isinstance(text, str) else text, **options)


def cells(found):
    return [row.cells for row in found.rows]


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        CSV.encode("windows-1252"),
        CSV.replace(";", "\t").encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace("\r\n", "\r").encode(),
        b"\xef\xbb\xbf\r\n" + CSV.encode(),
    ],
)
def test_encodings_and_dialects(data):
    found = table(data)
    assert found.headers == ["id", "title", "date"]
    assert cells(found) == [["1", "Été à Genève", "3 mars 2019"]]
    assert bool(found.notes) is (data == CSV.encode("windows-1252"))


def test_only_the_beginning_of_a_large_file_is_read_for_a_page(monkeypatch):
    monkeypatch.setattr(reading, "FIRST_ROWS", 3)
    found = table("id;title\n1;One\n2;Two\n3;Three\n", beginning=True)
    assert (cells(found), found.is_cut) == ([["1", "One"], ["2", "Two"]], True)
    whole = 'id;title\n1;Été\n2;Zwölf\n3;"a\nb"\n'.encode()
    monkeypatch.setattr(reading, "FIRST_ROWS", 100)
    for end in range(12, len(whole)):  # within a letter of two bytes, a row, a quoted cell
        monkeypatch.setattr(reading, "FIRST_BYTES", end)
        found = table(whole[: end + 1], beginning=True)
        assert (cells(found), found.is_cut) == ([["1", "Été"], ["2", "Zwölf"]][: len(found.rows)], True), end
    monkeypatch.setattr(reading, "FIRST_BYTES", len(whole))
    assert cells(table(whole, beginning=True)) == cells(table(whole)) == [["1", "Été"], ["2", "Zwölf"], ["3", "a\nb"]]


def test_a_named_encoding_and_one_that_is_wrong():
    assert cells(table("id;название\n1;Паводок\n".encode("windows-1251"), encoding="windows-1251")) == [
        ["1", "Паводок"]
    ]
    with pytest.raises(reading.TableError, match="byte 5"):
        table(b"a;b\n\xff;1\n", encoding="utf-8")


def test_the_header_is_found_below_a_preamble_and_can_be_named():
    text = "Please read this,,\n,,\nid,title,\n1,One,\n2,Two,\n"
    assert (table(text).headers, table(text).header_line) == (["id", "title"], 3)
    assert table(text, header_line=4).headers == ["1", "One"]
    assert table("a,a,,b\n1,2,3,4\n").headers == ["a", "a (2)", "column 3", "b"]


def test_rows_that_do_not_fit_are_listed_with_their_line():
    found = table('id,title\n1,"two\nlines"\n2,One,more\n3\n')
    assert cells(found) == [["1", "two\nlines"], ["3", ""]]
    assert [line for line, _sentence in found.problems] == [4]
    with pytest.raises(reading.TableError, match="Line 2"):
        table('id,title\n1,"open\n')


def test_files_that_are_no_table_or_too_large_are_refused(monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", b"0" * 1_000_000)
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(packed.getvalue())
    with pytest.raises(reading.TableError, match="no Excel file"):
        table(b"PK\x03\x04" + b"x" * 100)
    monkeypatch.setattr(excel, "LARGEST_UNPACKED", 900_000)
    with pytest.raises(reading.TableError, match="unpacked"):
        table(packed.getvalue())
    with pytest.raises(reading.TableError, match="no rows"):
        table("\n , \n")


def test_a_header_without_rows_is_told():
    with pytest.raises(reading.TableError, match="no rows below its header"):
        table("headline,body\n")


def test_a_file_cut_within_its_first_row_has_no_rows(monkeypatch):
    monkeypatch.setattr(reading, "FIRST_BYTES", 12)
    with pytest.raises(reading.TableError, match="no rows"):
        table('"a","b","and more"\n', beginning=True)


ZURICH = ZoneInfo("Europe/Zurich")
DATES = [
    ("2019-03-04", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("2019-03-04T10:30:00Z", datetime(2019, 3, 4, 10, 30, tzinfo=UTC)),
    ("2019-03-04 10:30:00+02:00", datetime(2019, 3, 4, 8, 30, tzinfo=UTC)),
    ("04/03/2019 10:30", datetime(2019, 3, 4, 9, 30, tzinfo=UTC)),
    ("4.3.2019", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("03/31/2019", datetime(2019, 3, 30, 23, tzinfo=UTC)),
    ("4 mars 2019 à", None),
    ("lundi 4 mars 2019 à 9h30", datetime(2019, 3, 4, 8, 30, tzinfo=UTC)),
    ("4 mars 2019 – 9 h", datetime(2019, 3, 4, 8, tzinfo=UTC)),
    ("4 de marzo de 2019, 15:30 h", datetime(2019, 3, 4, 14, 30, tzinfo=UTC)),
    ("March 4th, 2019 at 3 p.m.", datetime(2019, 3, 4, 14, tzinfo=UTC)),
    ("Mon, 03/04/2019 - 09:00", datetime(2019, 4, 3, 7, tzinfo=UTC)),
    ("4-Mar-19", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("04/Mar/2019", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("4 Sept. 2019", datetime(2019, 9, 3, 22, tzinfo=UTC)),
    ("20190304", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("04.03.2019 г.", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("4 آذار/مارس 2019", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("4 كانون الثاني 2019", datetime(2019, 1, 3, 23, tzinfo=UTC)),
    ("4 غشت 2019", datetime(2019, 8, 3, 22, tzinfo=UTC)),
    ("04/03/68", datetime(1968, 3, 3, 23, tzinfo=UTC)),
    ("4–5 March 2019", None),
    ("12345", None),
    ("4 mars 2019", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("Monday, March 4th, 2019 3:05 PM", datetime(2019, 3, 4, 14, 5, tzinfo=UTC)),
    ("4 de marzo de 2019", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("4 марта 2019 г.", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("٤ مارس ٢٠١٩", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("2019年3月4日", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("2019-1-3 9:05", datetime(2019, 1, 3, 8, 5, tzinfo=UTC)),
    ("04/03/98", datetime(1998, 3, 3, 23, tzinfo=UTC)),
    ("04/03/19", datetime(2019, 3, 3, 23, tzinfo=UTC)),
    ("0001-01-01T00:00:00", None),  # how some systems write that there is no date
    ("2019-02-30", None),
    ("next week", None),
    ("1", None),
    ("", None),
    ("1019-01-01", None),
]


@pytest.mark.parametrize(("text", "moment"), DATES)
def test_dates_as_people_write_them(text, moment):
    found = values.date_of(text, "dmy", ZURICH)
    assert (found and found[0]) == moment


def test_the_order_of_day_and_month_is_that_of_the_whole_column():
    assert values.order_of(["03/04/2019", "13/04/2019"]) == "dmy"
    assert values.order_of(["03/04/2019", "03/14/2019"]) == "mdy"
    assert values.order_of(["03/04/2019"]) == ""


def test_plain_text_becomes_paragraphs_and_html_stays():
    assert values.html_of("One & two\nthree\r\n\r\nfour <b") == "<p>One &amp; two<br>three</p><p>four &lt;b</p>"
    assert values.html_of("<p>One</p>") == "<p>One</p>"
    assert values.html_of("&lt;p&gt;One&lt;/p&gt;") == "<p>One</p>"


@pytest.mark.parametrize(
    ("headers", "guessed"),
    [
        ("Titre;Chapô;Corps;Publié le;Langue;Thèmes", "headline summary body publish_at language topics"),
        ("título;entradilla;texto;fecha;idioma", "headline summary body publish_at language"),
        ("العنوان;النص;التاريخ;اللغة", "headline body publish_at language"),
        ("Заголовок;Текст;Дата;Язык", "headline body publish_at language"),
        ("标题;正文;日期;语言", "headline body publish_at language"),
        (
            "post_title;post_content;post_date;nid;old_url;policy 1;policy 2",
            "headline body publish_at external_id old_address topics topics",
        ),
    ],
)
def test_columns_are_known_by_their_headers_in_six_languages(headers, guessed):
    found = fields.guess(table(f"{headers}\n{';'.join('x' for _ in headers.split(';'))}\n"))
    assert list(found.values()) == guessed.split()


def test_columns_without_a_known_header_are_guessed_by_their_content():
    rows = "\n".join(f"A headline of row {n},{n:02}.03.2019,{'Words. ' * 80}" for n in range(1, 5))
    assert list(fields.guess(table(f"x,y,z\n{rows}\n")).values()) == ["headline", "publish_at", "body"]


@pytest.mark.django_db
class TestRecords:
    def made(self, text, **mapping):
        found = table(text)
        result = converted(found, Mapping(fields.guess(found), **{"language": "en"} | mapping))
        return [record["fields"] for record in result], result

    def test_a_row_becomes_an_article_and_its_old_address(self):
        office = make_office("geneva")
        make_topic("water", "Water")
        make_contact("media-unit", office=office)
        make_region("africa", "Africa")
        make_country("KEN", "Kenya")
        text = (
            "id,title,text,date,topics,countries,office,contact,url,place\n"
            "7,Floods,One,04/03/2019,water; Nothing,Kenya,Geneva Office,media-unit,http://old.example/n/7,Nairobi\n"
        )
        (article, address), result = self.made(text, source="old", region="africa", publish=True)
        assert article == {
            "language": "en", "headline": "Floods", "slug": "floods", "body": "<p>One</p>", "kind": "news",
            "publish_at": "2019-03-03T23:00:00+00:00", "topics": [["water"]], "countries": [["KEN"]],
            "regions": [["africa"]], "office": ["geneva"], "contacts": [["media-unit"]], "dateline_place": "Nairobi",
            "state": "approved", "external_source": "old", "external_id": "7",
        }  # fmt: skip
        assert address == {"address": "/n/7", "article": ["en", "floods"], "path": ""}
        assert [(loss.line, loss.column) for loss in result.losses] == [(2, "topics")]
        assert result.lines == [2, 2]

    def test_what_cannot_come_along_is_listed_by_row_and_column(self):
        text = (
            "id,title,date,lang,spare,kind\n1,,2019-01-01,en,,\n2,A,soon,en,x,\n3,B,,xx,,\n2,C,,en,,\n"
            f"5,{'x' * 251},,en,,\n6,D,,fr,,poem\n"
        )
        found, result = self.made(text, publish=True)
        assert [(one["external_id"], one["state"]) for one in found] == [("2", "draft"), ("6", "draft")]
        listed = [(loss.line, loss.column, loss.is_whole) for loss in result.losses if loss.column != "state"]
        assert listed == [
            (0, "spare", False), (2, "title", True), (3, "date", False), (4, "lang", True), (5, "id", True),
            (6, "title", True), (7, "kind", False),
        ]  # fmt: skip

    def test_slugs_are_free_and_those_of_stored_articles_stay(self):
        make_article(slug="floods")
        SlugHistory.objects.create(language="en", slug="rain", article=Article.objects.get())
        make_article(slug="renamed", external_source="table", external_id="9")
        found, _result = self.made("id,title\n1,Floods\n2,Floods\n3,Rain\n9,Snow\n")
        assert [one["slug"] for one in found] == ["floods-2", "floods-3", "rain-2", "renamed"]

    def test_a_cell_may_hold_several_old_addresses(self):
        _article, *found = self.made("title,old url\nRain,/a;id=3; /b.html;https://old.example/c\n")[0]
        assert [one["address"] for one in found] == ["/a;id=3", "/b.html", "/c"]

    def test_without_an_identifier_the_same_row_is_the_same_article(self):
        text = "title,date,text\nFloods,2019-01-01,{}\n"
        (first,), _ = self.made(text.format("One"))
        (second,), _ = self.made(text.format("Two"))
        assert first["external_id"] == second["external_id"]
        _, result = self.made("title\nFloods\nFLOODS\n")
        assert [loss.line for loss in result.losses if loss.is_whole] == [3]

    def test_what_is_public_stays_public_and_with_four_eyes_as_it_is(self, settings):
        make_article(slug="floods", external_source="table", external_id="1")
        make_article(slug="rain", external_source="table", external_id="2", state="draft", restricted=True)
        text = "id,title,date\n1,Floods rise,2019-01-01\n2,Rain\n"
        found, result = self.made(text)
        assert ["state" in one for one in found] == [False]
        assert [loss.line for loss in result.losses if loss.is_whole] == [3]
        settings.FOUR_EYES = True
        found, result = self.made(text, publish=True)
        assert (found, [loss.line for loss in result.losses if loss.is_whole]) == ([], [2, 3])
