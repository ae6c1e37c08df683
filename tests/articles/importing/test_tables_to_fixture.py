"""`manage.py convert table.csv`: the rows become a fixture, by a kept mapping or a guess, and all losses are listed."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, ColumnMapping
from articles.models.moving_in.column_mappings import headers_key
from tests.cast import make_office, make_region

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
TABLE = "Titel,Datum,Text,Farbe\nThe river rises,31.03.2020,Water everywhere.,blue\n,01.04.2020,No headline,red\n"


def convert(folder, *options, table=TABLE, encoding="utf-8"):
    source, output, report = folder / "old.csv", folder / "news.jsonl", folder / "lost.csv"
    source.write_text(table, encoding=encoding)
    err = StringIO()
    call_command("convert", str(source), f"--output={output}", f"--report={report}", *options, stderr=err)
    records = [json.loads(line) for line in output.read_text().splitlines()]
    with report.open(encoding="utf-8-sig", newline="") as stream:
        return records, list(csv.DictReader(stream)), err.getvalue()


def test_rows_are_imported_as_articles_and_what_is_lost_is_listed(tmp_path):
    make_office()
    make_region()
    options = ("--office=geneva", "--region=europe", "--language=en", "--source=old site")
    records, lost, told = convert(tmp_path, *options, table=TABLE.replace("Titel", "Headline").replace("Datum", "Date"))
    [record] = records
    assert record["fields"]["headline"] == "The river rises"
    assert {(row["record"].rpartition(":")[2], row["field"]) for row in lost} >= {("3", "Headline")}
    assert any(row["field"] == "Farbe" for row in lost)
    assert "1 articles, 1 records" in told
    call_command("import_fixture", str(tmp_path / "news.jsonl"), verbosity=0)
    article = Article.objects.get()
    assert (article.external_source, article.office.code, article.language) == ("old site", "geneva", "en")
    assert article.publish_at.date().isoformat() in ("2020-03-30", "2020-03-31")


def test_what_was_noticed_while_a_table_was_read_is_listed_too(tmp_path):
    table = "headline,body\nРека поднимается,Вода повсюду в городе\n"
    _records, lost, _told = convert(tmp_path, "--language=ru", table=table, encoding="windows-1251")
    assert "windows-1251" in str(lost)


def test_a_kept_mapping_decides_by_its_headers_or_its_name(tmp_path):
    columns = {"Titel": "headline", "Datum": "", "Text": "summary", "Farbe": "headline"}
    kept = ColumnMapping.objects.create(
        name="old site", headers=headers_key(list(columns)), columns=columns | {"Farbe": ""}, values={"language": "fr"}
    )
    [record], *_others = convert(tmp_path)
    assert (record["fields"]["summary"], record["fields"]["language"]) == ("Water everywhere.", "fr")
    kept.headers = "0" * 64
    kept.save()
    [record], *_others = convert(tmp_path, "--mapping=old site")
    assert record["fields"]["language"] == "fr"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--mapping=none"], "keeps no mapping"),
        (["--output=news.zip"], "written as .jsonl"),
        ([__file__], "themselves"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path, options, told):
    (tmp_path / "old.csv").write_text(TABLE)
    with pytest.raises(CommandError, match=told):
        call_command("convert", str(tmp_path / "old.csv"), *options, stderr=StringIO())
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]
