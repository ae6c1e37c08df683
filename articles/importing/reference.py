"""The field reference of `import_fixture --schema`, made from the models and from the checks of the import.

The example of each field is the one of the example fixture in `example/`, which a test imports.
"""

import json
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.text import capfirst

from ..fields import HTMLField
from .check.natural_keys import WORKING_COPY
from .check.schema import Schema
from .check.values import ARTICLE, RANGES, TEXT_MAX
from .report import FixtureError, shortened

EXAMPLE = Path(__file__).parent / "example" / "newsroom.jsonl"
EMPTY = (None, "", [], {})
SET_ON_CREATION = "Set when the row is created; later the value of a file is not read."
AUTOMATIC = "Set by the software; an empty value in a file changes nothing."
KINDS = [
    (models.BooleanField, "true or false", {"type": "boolean"}),
    (models.IntegerField, "whole number", {"type": "integer"}),
    (models.FloatField, "number", {"type": "number"}),
    (models.DateTimeField, "date and time", {"type": "string", "format": "date-time"}),
    (models.DateField, "date", {"type": "string", "format": "date"}),
    (models.TimeField, "time", {"type": "string", "format": "time"}),
    (models.JSONField, "JSON", {}),
    (models.FileField, "path of a file", {"type": "string"}),
    (HTMLField, "HTML", {"type": "string"}),
    (models.EmailField, "e-mail address", {"type": "string", "format": "email"}),
    (models.URLField, "web address", {"type": "string", "format": "uri"}),
    (models.Field, "text", {"type": "string"}),
]


def specs(names=()):
    """The models of that name ("articles.article" or "article"), or all of them, in the order of an export."""
    schema = Schema()
    found = [spec for spec in schema.ordered if not spec.row_of] + list(schema.history.values())
    if not names:
        return found
    wanted = {name.lower() for name in names}
    chosen = [spec for spec in found if {spec.label, spec.label.partition(".")[2]} & wanted]
    if unknown := wanted - {name for spec in chosen for name in (spec.label, spec.label.partition(".")[2])}:
        raise FixtureError(f"{min(unknown)} is no model of the fixtures: {', '.join(spec.label for spec in found)}.")
    return chosen


def fields(spec):
    """Yield a dict for each field of a record: name, type, required, limit, choices, example, help."""
    for name in [*spec.fields, *spec.lists]:
        field = spec.model._meta.get_field(name)
        kind = next(kind for kind in KINDS if isinstance(field, kind[0]))
        yield {
            "name": name,
            "type": _type(spec, name, kind[1]),
            "required": _is_required(spec, name),
            "limit": _limit(field),
            "choices": [value for value, _ in field.flatchoices] if field.choices else [],
            "example": examples().get((spec.label, name)),
            "help": _help(spec, name, field),
            "json": _json_type(spec, name, field, kind[2]),
        }


def _type(spec, name, kind):
    if name in spec.lists:
        return f"list of keys of {spec.lists[name].target}"
    return f"key of {spec.fields[name].target}" if spec.fields[name].target else kind


def _is_required(spec, name):
    if name == "sha256" or name in spec.lists:
        return False
    return spec.fields[name].required or (name in spec.key and name not in ("revises", "office", "contact"))


def _limit(field):
    if isinstance(field, models.CharField | models.TextField | models.FileField):
        return field.max_length or TEXT_MAX
    return RANGES.get(field.get_internal_type()) if isinstance(field, models.IntegerField) else None


def _help(spec, name, field):
    said = str(getattr(field, "help_text", "") or "") or capfirst(str(field.verbose_name))
    if name in spec.fields and spec.fields[name].on_creation:
        return f"{said.rstrip('.')}. {SET_ON_CREATION}"
    return f"{said.rstrip('.')}. {AUTOMATIC}" if name in spec.given else said


def _json_type(spec, name, field, plain):
    if name in spec.lists:
        return {"type": "array", "items": _json_key(spec.lists[name].target)}
    found = dict(_json_key(spec.fields[name].target) if spec.fields[name].target else plain)
    limit = _limit(field)
    if limit and found.get("type") in ("string", "integer"):
        found["maxLength" if found["type"] == "string" else "maximum"] = limit
    if field.choices:
        found["enum"] = [value for value, _ in field.flatchoices] + ([""] if field.blank else [])
        found.pop("maxLength", None)
    if (field.null or name in spec.kept_if_empty) and "type" in found:
        found["type"] = [found["type"], "null"]
    return found


def _json_key(label):
    sizes = (2, 3) if label == ARTICLE else (1, 1)
    return {"type": "array", "items": {"type": "string"}, "minItems": sizes[0], "maxItems": sizes[1]}


@cache
def examples():
    """{(label of the model, field): value} of the example fixture: the first value that is not empty."""
    found = {}
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        for name, value in one["fields"].items():
            if found.get((one["model"], name)) in EMPTY:
                found[one["model"], name] = value
    return found


def as_text(chosen):
    """Yield the lines of the reference."""
    yield f"Example of a whole fixture: {EXAMPLE}"
    for spec in chosen:
        key = ", ".join(name for name in spec.key if name != "revises")
        yield ""
        yield f"{spec.label} – {spec.model._meta.verbose_name}; key: {key}"
        if spec.label == ARTICLE:
            yield f'  other records name it ["en", "its-slug"], a working copy ["en", "its-slug", "{WORKING_COPY}"]'
        for field in fields(spec):
            yield from _lines(field)


def _lines(field):
    limit = f", at most {field['limit']:,}" if field["limit"] else ""
    required = ", required" if field["required"] else ""
    yield f"  {field['name']}: {field['type']}{limit}{required}"
    if field["choices"]:
        yield f"      one of: {', '.join(map(str, field['choices']))}"
    if field["example"] not in EMPTY:
        yield f"      example: {shortened(field['example'])}"
    if field["help"]:
        yield f"      {field['help']}"


def as_json_schema(chosen):
    """A JSON Schema of a fixture in the form of a list."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Newsroom fixture",
        "type": "array",
        "items": {"oneOf": [{"$ref": f"#/$defs/{spec.label}"} for spec in chosen]},
        "$defs": {spec.label: _json_record(spec) for spec in chosen},
    }


def _json_record(spec):
    described = list(fields(spec))
    properties = {
        field["name"]: field["json"]
        | {"description": field["help"]}
        | ({"examples": [field["example"]]} if field["example"] not in EMPTY else {})
        for field in described
    }
    content = {
        "type": "object",
        "properties": properties,
        "required": [field["name"] for field in described if field["required"]],
    }
    record = {"model": {"const": spec.label}, "pk": {}, "fields": content}
    return {
        "type": "object",
        "description": str(spec.model._meta.verbose_name),
        "properties": record,
        "required": ["model", "fields"],
        "additionalProperties": False,
    }
