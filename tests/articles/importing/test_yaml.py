"""YAML of both versions comes in, and goes out so that every version reads it: the field decides what a scalar means."""

import json

import pytest
import yaml
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from articles.importing.export_files import _yaml
from articles.importing.read.yaml_scalars import Plain, as_boolean, as_json, as_number, as_text, scalar
from articles.models import Article
from contacts.models import Country, Region
from tests.articles.importing.fixture_records import article, newsroom, run, write
from tests.articles.importing.test_round_trip import empty, export

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AMBIGUOUS = [
    "086", "1e3", "-08", ".5e3", "0o17", "0x1F", "0b11", "017", "08:30", "12:30:45", "190:20:30", "2026-01-31",
    "2026-01-31T09:00:00Z", "2001-12-14t21:59:43.10-05:00", "Null", "null", "~", "yes", "no", "NO", "on", "Off", "y", "N",
    "true", "False", "<<", "=", "+41", "1.", "-.5E2", ".inf", "-.INF", ".NaN", "1_000", "6.8523015e+5", "685.230_15e+03",
    "+12", "0", "-0", "1", "1.5", "12e03", "- a", "? b", ": c", "# d", "!tag", "&a", "*a", "%x", "@x", "`x", "{a", "[a",
    "a: b", "a #b", "\"q\"", "'q'", "|", ">", "---", "...", "--- a", "a\nb", "a\tb", "a\u2028b", "a\u0085b", "\ufeffa", "😀",
]  # fmt: skip


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.yaml", "a.yaml.gz", "a.jsonl.gz", "a.zip"])
def test_every_text_makes_the_journey(tmp_path, name):
    texts = {f"ys-{n}": text for n, text in enumerate(AMBIGUOUS)}
    rows = [article(slug, summary=text, dateline_place=text.strip(), external_source="old", external_id=f"{n} {text}"[:99].strip()) for n, (slug, text) in enumerate(texts.items())]  # fmt: skip
    assert run(write(tmp_path / "in.json", newsroom(*rows)))[0] == 0
    stored = list(Article.objects.order_by("slug").values_list("slug", "summary", "dateline_place", "external_id"))
    first = export(tmp_path / name)
    empty()
    code, _, err = run(tmp_path / name)
    assert (err, code) == ("", 0)
    assert (
        list(Article.objects.order_by("slug").values_list("slug", "summary", "dateline_place", "external_id")) == stored
    )
    assert export(tmp_path / name) == first


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(AMBIGUOUS))
@example("\x7f")
@example("\ufffe")
def test_every_reader_of_yaml_reads_the_text_that_we_write(tmp_path, text):
    from articles.importing.read.sources import opened, records

    path = tmp_path / "a.yaml"
    path.write_bytes(_yaml({"model": "a.b", "fields": {"text": text, "list": [text], text: 1}}))
    assert yaml.safe_load(path.read_text(encoding="utf-8"))[0]["fields"]["text"] == text
    with opened([path]) as (source,):
        (one,) = records(source)
    assert one.fields["text"] == text
    assert type(one.fields["text"]) is str
    assert one.fields["list"] == [text]
    assert text in one.fields


def yaml_article(**fields):
    lines = "".join(f"    {name}: {value}\n" for name, value in fields.items())
    return f"- model: articles.article\n  fields:\n    language: en\n    slug: y\n{lines}"


@pytest.mark.parametrize("text", ["086", "1e3", "-08", "0o17", "08:30", "2026-01-31", "yes", "NO", "on", "+41", "1.", "1_0", "<<", "=", "true", "3"])  # fmt: skip
def test_a_text_field_takes_the_scalar_as_typed(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(yaml_article(headline=text, dateline_place=text, external_source="old", external_id=text))
    code, _, err = run(path)
    assert (err, code) == ("", 0)
    found = Article.objects.get()
    assert (found.headline, found.dateline_place, found.external_id) == (text, text, text)


def test_other_fields_take_their_own_kind(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "- {model: contacts.region, fields: {code: 010, kind: region, order: 0x10, is_active: No, parent: ~}}\n"
        "- {model: contacts.country, fields: {iso2: NO, iso3: NOR, m49: 010, region: [010], aliases: [no, 086, 1e3, Yes]}}\n"
        "- {model: articles.article, fields: {language: en, slug: 2025, headline: 12, countries: [[NOR]],"
        " publish_at: 2026-01-31 09:00:00+00:00, press_from: null, state: approved}}\n"
        "- {model: articles.article, fields: {language: fr, slug: 2026-01, headline: x, translation_of: [en, 2025]}}\n"
    )
    code, _, err = run(path)
    assert (err, code) == ("", 0)
    region, country = Region.objects.get(), Country.objects.get()
    assert (region.code, region.order, region.is_active) == ("010", 16, False)
    assert (country.iso2, country.m49, country.aliases) == ("NO", "010", ["no", "086", "1e3", "Yes"])
    assert Article.objects.get(language="fr").translation_of.slug == "2025"


@pytest.mark.parametrize("text", ["null", "~", ""])
def test_null_is_no_text(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(yaml_article(headline=text))
    assert "headline: must not be null" in run(path)[2]


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (as_number, "086", 86), (as_number, "1_000", 1000), (as_number, "0b11", 3), (as_number, "1e3", 1000.0),
        (as_number, ".5", 0.5), (as_number, "12:30", "12:30"), (as_number, "~", None), (as_number, "0xZZ", "0xZZ"),
        (as_boolean, "YES", True), (as_boolean, "off", False), (as_boolean, "1", "1"), (as_text, "~", None),
        (as_json, "12", 12), (as_json, "-1.5", -1.5), (as_json, "1e3", "1e3"), (as_json, "no", "no"), (as_json, "True", True),
    ],
)  # fmt: skip
def test_what_a_scalar_means(read, text, value):
    assert type(scalar(text)) is Plain
    assert read(scalar(text)) == value


@pytest.mark.parametrize("text", [".inf", "-.inf", ".nan", "9" * 30, "0x" + "f" * 5000])
def test_what_is_no_number_is_a_problem(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(f"- {{model: contacts.region, fields: {{code: a, order: {text}}}}}\n")
    assert ("order: holds a number that is too large" if "x" in text else "order: is ") in run(path)[2]


def test_what_dumpdata_writes_as_yaml_comes_in(tmp_path):
    texts = dict(zip(("summary", "dateline_place", "external_id"), ("086", "no", "1e3"), strict=True))
    run(write(tmp_path / "a.json", newsroom(article(**texts, external_source="old"))))
    path = tmp_path / "dump.yaml"
    options = {"use_natural_primary_keys": True, "use_natural_foreign_keys": True, "verbosity": 0, "format": "yaml"}
    call_command("dumpdata", "contacts", "articles", "newsroom", output=str(path), **options)
    empty()
    code, _, err = run(path)
    assert (err, code) == ("", 0)
    assert Article.objects.filter(**texts).exists()
    assert json.loads(export(tmp_path / "b.json"))


def test_a_bomb_of_aliases_is_refused(tmp_path):
    path = tmp_path / "a.yaml"
    levels = "".join(f"    l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    path.write_text(f"- model: articles.article\n  fields:\n    l0: &l0 [lol]\n{levels}")
    assert "uses a YAML alias; write the value out" in run(path)[2]
