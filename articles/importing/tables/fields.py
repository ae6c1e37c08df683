"""The fields of an article that a column can fill, and a guess which column is which, by its header or its content.

`headers.tsv` has the headers that are known for each field, in the six languages of the site.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import values

HEADERS = Path(__file__).parent / "headers.tsv"
LOOKED_AT = 50  # rows by whose content a column is guessed
LONG, SHORT = 400, 15  # characters: of a body, of a headline at least


@dataclass(frozen=True)
class Field:
    code: str
    label: str
    is_list: bool = False  # several columns may fill it


def simple(text):
    """A header in small letters without accents, marks and signs: "Date de publication :" is "date de publication"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(one for one in letters if unicodedata.category(one) != "Mn")
    return " ".join(re.findall(r"\w+", letters.replace("_", " ")))


FIELDS = [
    Field("external_id", _("identifier in that source")),
    Field("headline", _("headline")),
    Field("summary", _("standfirst")),
    Field("body", _("body")),
    Field("publish_at", _("publish at")),
    Field("language", _("language")),
    Field("slug", _("slug")),
    Field("kind", _("kind")),
    Field("topics", _("topics"), is_list=True),
    Field("regions", _("regions"), is_list=True),
    Field("countries", _("countries"), is_list=True),
    Field("office", _("issuing office")),
    Field("contacts", _("press contacts"), is_list=True),
    Field("dateline_place", _("dateline place")),
    Field("dateline_country", _("dateline country")),
    Field("notes_to_editors", _("notes to editors")),
    Field("state", _("published or draft")),
    Field("old_address", _("old address")),
]
BY_CODE = {one.code: one for one in FIELDS}
REQUIRED = ("headline",)


@cache
def _headers():
    """{code of a field: {headers, as `simple` writes them}}"""
    lines = (HEADERS.read_text(encoding="utf-8")).splitlines()
    return {code: set(map(simple, names.split(", "))) for code, names in (line.split("\t") for line in lines)}


def guess(table):
    """{header: code of the field that it seems to be, or ""}; no field twice, but lists."""
    found = dict.fromkeys(table.headers, "")
    for one in FIELDS:
        fits = [header for header in table.headers if not found[header] and _name(header) in _headers()[one.code]]
        for header in fits if one.is_list else fits[:1]:
            found[header] = one.code
    for code, looks_like in (("publish_at", _dates), ("body", _long), ("headline", _headlines)):
        if code not in found.values():
            free = [(at, header) for at, header in enumerate(table.headers) if not found[header]]
            fits = [header for at, header in free if looks_like(_sample(table, at))]
            found |= dict.fromkeys(fits[:1], code)
    return found


def _name(header):
    """Several columns of one thing are numbered: "topic 1", "topic 2"."""
    return re.sub(r" \d+$", "", simple(header))


def _sample(table, at):
    return [text for row in table.rows[:LOOKED_AT] if (text := row.cells[at])]


def _dates(texts):
    read = [values.date_of(text, "dmy") is not None for text in texts]
    return bool(read) and sum(read) >= 0.8 * len(read)


def _long(texts):
    return bool(texts) and sum(map(len, texts)) / len(texts) >= LONG


def _headlines(texts):
    """Short lines, all different, of several words."""
    are_lines = all(SHORT <= len(text) <= 250 and "\n" not in text and " " in text.strip() for text in texts)
    return bool(texts) and are_lines and len(set(texts)) == len(texts)
