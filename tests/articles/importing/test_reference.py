"""`import_fixture --schema` describes every field that a fixture may give, with examples that import."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.importing import reference
from articles.importing.check.schema import Schema
from articles.models import Article, Attachment, Image
from tests.articles.importing.fixture_records import counts, run

pytestmark = pytest.mark.django_db

NEVER_WRITTEN = {"by", "created_by", "updated_by", "uploaded_by", "sha256", "began_as"}  # accounts' rows, computed


def schema(*names, **options):
    out = StringIO()
    call_command("import_fixture", *names, schema=True, stdout=out, **options)
    return out.getvalue()


def test_the_example_imports_without_a_problem():
    code, out, err = run(reference.EXAMPLE.parent)
    assert (err, code) == ("", 0)
    assert "left out" not in out
    assert "refused" in out
    number = len(reference.EXAMPLE.read_text(encoding="utf-8").splitlines())
    assert counts(out) == {"create": number}
    assert counts(run(reference.EXAMPLE.parent)[1]) == {"unchanged": number}
    live = Article.objects.live().get(language="en")
    assert (live.lead_image, live.reference) == (Image.objects.get(), "2026-00001")
    assert Attachment.objects.exists()
    assert live.working_copy.began_as["headline"] == live.headline


def test_the_example_imports_beside_the_shipped_places():
    run("places")
    code, out, err = run(reference.EXAMPLE.parent)
    assert (err, code) == ("", 0)
    assert "conflict" not in counts(out)


def test_every_field_of_every_model_has_an_example():
    known = reference.examples()
    for spec in reference.specs():
        if spec.label in ("articles.revision", "articles.correction"):  # a SHA-256 cannot be made up
            continue
        missing = {field for field in (*spec.fields, *spec.lists) if (spec.label, field) not in known}
        assert missing <= NEVER_WRITTEN, spec.label


def test_the_text_names_type_limit_choices_and_example():
    text = schema("articles.article")
    assert "articles.article – article; key: language, slug" in text
    assert "  headline: text, at most 250, required\n      example: " in text
    assert "      one of: draft, in_review, approved, withdrawn, gone" in text
    assert '  topics: list of keys of articles.topic\n      example: [["forecasts"]]' in text
    assert "  office: key of contacts.office\n" in text
    assert "  reference: text, at most 24\n" in text
    assert "Set by the software; an empty value in a file changes nothing." in text
    assert "contacts.office –" not in text


def test_without_a_name_all_models_are_described():
    text = schema()
    for label, spec in (Schema().specs | Schema().history).items():
        assert (f"\n{label} – " in text) == (not spec.row_of)
    assert str(reference.EXAMPLE) in text


def test_an_unknown_model_is_named():
    with pytest.raises(CommandError, match=r"blog is no model of the fixtures: contacts\.region, "):
        schema("blog")


def test_the_json_schema_accepts_the_example():
    found = json.loads(schema(format="json"))
    assert found["items"]["oneOf"][0] == {"$ref": "#/$defs/contacts.region"}
    for line in reference.EXAMPLE.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        fields = found["$defs"][one["model"]]["properties"]["fields"]
        assert set(fields["required"]) <= set(one["fields"])
        for name, value in one["fields"].items():
            assert_accepts(fields["properties"][name], value)
    article = found["$defs"]["articles.article"]["properties"]["fields"]["properties"]
    assert article["headline"]["maxLength"] == 250
    assert article["publish_at"]["type"] == ["string", "null"]


TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list, "null": type(None)}


def assert_accepts(schema, value):
    if types := schema.get("type"):
        assert type(value) in [TYPES[one] for one in ([types] if isinstance(types, str) else types)], (schema, value)
    if schema.get("enum"):
        assert value in schema["enum"]
    for item in value if isinstance(value, list) and "items" in schema else ():
        assert_accepts(schema["items"], item)
