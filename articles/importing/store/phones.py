"""Reads the E.164 numbers of imported telephone lines."""

from contacts.models import Phone
from contacts.phones import parse, why_unreadable

from ..bulk import marks, portions
from ..report import clause, record_name

UNREAD = "telephone number stays as typed: %s"


def phone_numbers(database, records, report):
    """Read the E.164 numbers of each record's line as typed, by the country of its office, into `extra["e164"]`."""
    offices = _countries(database, {r.merged["office"] for r in records}, "contacts_office o")
    contacts = _countries(
        database,
        {r.merged["contact"] for r in records},
        "contacts_contact c JOIN contacts_office o ON o.id = c.office_id",
    )
    for record in records:
        country = offices.get(record.merged["office"]) or contacts.get(record.merged["contact"])
        record.extra["e164"] = parse(record.merged["display"], country)
        if not record.extra["e164"]:
            why = why_unreadable(record.merged["display"], country)
            report.notice(UNREAD % clause(why), record_name(record.spec.label, record.key))


def read_again(label, changed):
    """Read the numbers again of offices that got another country and of contacts that got another office."""
    if label == "contacts.office":
        for some in portions([record.row for record in changed if "host_country" in record.changed]):
            Phone.objects.read_again_of_offices(some)
    elif label == "contacts.contact":
        for some in portions([record.row for record in changed if "office" in record.changed]):
            Phone.objects.read_again(contact__in=some)


def _countries(database, ids, tables):
    """{id: ISO 3166-1 alpha-2 code of the office's country}; the first table is that of the ids."""
    owner = tables.split()[1]
    found = {}
    for some in portions([row for row in ids if row is not None]):
        found.update(
            database.query(
                f"SELECT {owner}.id, k.iso2 FROM {tables} JOIN contacts_country k ON k.id = o.host_country_id"
                f" WHERE {owner}.id IN ({marks(some)})",
                some,
            )
        )
    return found
