"""A small newsroom as fixture records, and what tests do with fixtures."""

import json
import re
from io import StringIO

from django.core.management import CommandError, call_command

from articles.models import ImportRecord, ImportRun
from contacts.models import Country, Office, Region

BODY = "<p>The harbour opens on Monday.</p>"


def record(model, **fields):
    return {"model": model, "fields": fields}


def article(slug="harbour-opens", **changes):
    fields = {
        "language": "en",
        "slug": slug,
        "headline": "Harbour opens",
        "body": BODY,
        "regions": [["north"]],
        "countries": [["NOR"]],
        "topics": [["ports"], ["trade"]],
        "office": ["oslo"],
        "contacts": [["press-desk"]],
        "dateline_country": ["NOR"],
        "state": "approved",
        "publish_at": "2025-03-01T09:00:00Z",
    }
    return record("articles.article", **(fields | changes))


def translation(slug="le-port-ouvre", language="fr", **changes):
    fields = {
        "language": language,
        "slug": slug,
        "translation_of": ["en", "harbour-opens"],
        "headline": "Le port ouvre",
        "body": "<p>Le port ouvre lundi.</p>",
        "state": "approved",
        "publish_at": "2025-03-01T10:00:00Z",
    }
    return record("articles.article", **(fields | changes))


def places():
    return [
        record("contacts.region", code="north", kind="region", order=1),
        record("contacts.regiontranslation", region=["north"], language="en", name="The North"),
        record("contacts.country", iso2="NO", iso3="NOR", m49="578", region=["north"]),
        record("contacts.office", code="oslo", host_country=["NOR"], timezone="Europe/Oslo"),
        record("contacts.officetranslation", office=["oslo"], language="en", name="Oslo Office", city="Oslo"),
        record("contacts.contact", code="press-desk", kind="unit", office=["oslo"], email="press@example.org"),
        record("contacts.contacttranslation", contact=["press-desk"], language="en", unit_name="Press Desk"),
        record("contacts.phone", contact=["press-desk"], kind="landline", display="22 12 34 56/ 78"),
    ]


def topics():
    return [
        record("articles.topic", code="trade"),
        record("articles.topic", code="ports", parent=["trade"]),
        record("articles.topictranslation", topic=["ports"], language="en", name="Ports"),
    ]


def newsroom(*articles):
    return [*places(), *topics(), *(articles or (article(), translation()))]


def write(path, records):
    """The records as .json or .jsonl, by the path's name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    else:
        path.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def run(*arguments, **options):
    """(exit code, output, complaints) of `import_fixture`."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_fixture", *map(str, arguments), stdout=out, stderr=err, **options)
    except CommandError as error:
        err.write(str(error))
        return error.returncode, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def counts(output, model="total"):
    """{action: number} of a line of the report."""
    head, *lines = [line.split() for line in output.splitlines() if line.strip()]
    while head[:1] != ["create"]:
        head, *lines = lines
    numbers = next(line[1:] for line in lines if line[0] == model)
    return {name: int(n.replace(",", "")) for name, n in zip(head, numbers, strict=True) if n not in ("–", "0")}


def without_times(export):
    """The text of an export, without the times at which an import created its rows."""
    return re.sub(r'"(created|updated)_at":"[^"]*"', "", export)


def is_empty():
    return not any(model.objects.exists() for model in (Region, Country, Office, ImportRun, ImportRecord))
