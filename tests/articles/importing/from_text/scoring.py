"""Compares what `read_text` reads from the texts in `texts/` with the right values beside them.

`python -m tests.articles.importing.from_text.scoring` prints the scores of each field, and what is not right.
"""

import json
from collections import Counter, defaultdict
from itertools import zip_longest
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
SINGLE = ("language", "label", "kind", "region", "headline", "standfirst", "place", "country", "date")
DOUBTED_AS = {"kind": "label", "country": "place"}
BEGINNING = 14  # characters by which quotes are found
OF_CONTACT = ("name", "kind", "role", "office", "email")
RIGHT, UNSURE_RIGHT, UNSURE_WRONG, MARKED, MISSED, WRONG = OUTCOMES = (
    "right",
    "right, uncertain",
    "wrong, uncertain",
    "missed, marked",  # a doubt names the passage
    "missed",
    "wrong, sure",
)


def texts():
    """[(name, text, right values)]"""
    files = sorted(path for path in TEXTS.iterdir() if path.suffix in (".txt", ".html"))
    read = [(path.stem, path.read_text(encoding="utf-8"), path.with_suffix(".json")) for path in files]
    return [(name, text, json.loads(path.read_text(encoding="utf-8"))) for name, text, path in read]


def compared(reading, right):
    """Yield (field, outcome, what was read, what is right) of each field that the text has, or that was read."""
    for name in SINGLE:
        doubted = any(DOUBTED_AS.get(name, name) in doubt.fields for doubt in reading.doubts)
        yield from _one(name, getattr(reading, name), right.get(name, ""), doubted)
    for number, (said, known) in enumerate(_paired(reading.quotes, right.get("quotes", []))):
        overlooked = said is None and _is_doubted(reading, "quotes", known["text"][:BEGINNING])
        for name in ("text", "speaker", "role"):
            doubted = overlooked or _is_doubted(reading, f"quote-{number}-{name}")
            yield from _one(f"quote: {name}", getattr(said, name, None), (known or {}).get(name, ""), doubted)
    for person, known in _paired_contacts(reading.contacts, right.get("contacts", [])):
        yield from _compared_contacts(reading, person, known or {})
    links = {link.value: link for link in reading.links}
    for address in sorted({*links, *right.get("links", [])}):
        known = address if address in right.get("links", []) else ""
        yield from _one("link", links.get(address), known, _is_doubted(reading, "links", known.partition("://")[2]))


def _compared_contacts(reading, person, known):
    number = reading.contacts.index(person) if person else None
    is_nameless = _is_doubted(reading, f"contact-{number}-name")
    office = person and person.office
    for name in OF_CONTACT:
        value = known.get(name, "")
        doubted = _is_doubted(reading, "contacts", known.get("name", "") if name == "kind" else value)
        doubted = doubted or (name in ("name", "kind") and is_nameless)
        doubted = doubted or (name == "role" and office and not office.sure and _same(office.value, value))
        yield from _one(f"contact: {name}", getattr(person, name, None), value, doubted)
    for phone, value in zip_longest(getattr(person, "phones", []), known.get("phones", []), fillvalue=""):
        yield from _one("contact: telephone", phone, value, _is_doubted(reading, "contacts", value))


def _is_doubted(reading, field, words=None):
    """Whether a doubt has this field, and these words in its passage if there are some."""
    passages = [reading.text[one.start : one.end] for one in reading.doubts if field in one.fields]
    if words is None:
        return bool(passages)
    return bool(words) and any(words in passage or passage in words for passage in passages)


def _paired(read, right):
    """Yield (Said or None, right values or None): those with common words together."""
    rest = list(right)
    for said in read:
        known = next((one for one in rest if _overlap(said.text.value, one["text"])), None)
        if known:
            rest.remove(known)
        yield said, known
    yield from ((None, one) for one in rest)


def _paired_contacts(read, right):
    """Yield (Person or None, right values or None): those with an address, a number or a name in common, then others."""
    rest, others = list(right), []
    for person in read:
        values = {found.value for found in (person.email, *person.phones, person.name) if found}
        known = next(
            (one for one in rest if values & {one.get("email"), one.get("name"), *one.get("phones", [])}), None
        )
        if known:
            rest.remove(known)
            yield person, known
        else:
            others.append(person)
    yield from zip_longest(others, rest)


def _overlap(first, second):
    return first[:BEGINNING] in second or second[:BEGINNING] in first


def _one(name, found, right, doubted=False):
    value = found.value if found else ""
    if not value and not right:
        return
    if not value:
        outcome = MARKED if doubted else MISSED
    elif _same(value, right):
        outcome = RIGHT if found.sure else UNSURE_RIGHT
    else:
        outcome = WRONG if found.sure else UNSURE_WRONG
    yield name, outcome, value, right


def _same(value, right):
    return value.strip(" .,。") == right.strip(" .,。")


def scores(read_text, chosen=None):
    """({field: Counter of outcomes}, [(text, field, outcome, read, right)] of what is not right and sure)."""
    table, told = defaultdict(Counter), []
    for name, text, right in chosen or texts():
        for field, outcome, value, known in compared(read_text(text), right):
            table[field][outcome] += 1
            if outcome != RIGHT:
                told.append((name, field, outcome, value, known))
    return table, told


def lines(table):
    """The table of scores, a line for each field and one for all."""
    total = sum(table.values(), Counter())
    yield f"{'':20}" + "".join(f"{outcome:>18}" for outcome in OUTCOMES)
    for field, counts in [*table.items(), ("all", total)]:
        yield f"{field:20}" + "".join(f"{counts[outcome]:18}" for outcome in OUTCOMES)


if __name__ == "__main__":
    import os
    import sys

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from articles.importing.from_text import read_text

    chosen = [one for one in texts() if one[0].startswith(tuple(sys.argv[1:]))] if sys.argv[1:] else None
    found, told = scores(read_text, chosen)
    print(*lines(found), "", *(" | ".join(one) for one in told), sep="\n")
