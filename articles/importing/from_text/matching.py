"""Finds the newsroom's rows that a reading may mean: contacts, office, region, country, topics. For the admin."""

import re
from dataclasses import dataclass

from contacts.models import Contact, Country, OfficeTranslation, Phone, Region, RegionTranslation
from contacts.phones import parse

from ...models import Topic
from .head.places import Places, folded

MOST_TOPICS = 6
FEWEST_LETTERS = 2  # of a topic's name that is looked for in the text
LONGEST = 20_000  # characters of the text in which topics are looked for


@dataclass(frozen=True)
class Match:
    """A row, and whether it is surely meant. `row` is None if nothing fits."""

    row: object = None
    sure: bool = False


def places_of_newsroom():
    """A `Places` that knows the regions and the towns of the offices, in all languages."""
    regions = RegionTranslation.objects.values_list("name", flat=True)
    cities = OfficeTranslation.objects.exclude(city="").values_list("city", flat=True)
    return Places(regions, cities)


def contacts_for(person):
    """[Match] of contacts in use, best first: by e-mail and by telephone (sure if one alone has it), by name."""
    contacts, found = Contact.objects.in_use().with_translations(), []
    if person.email:
        rows = list(contacts.filter(email__iexact=person.email.value).order_by("code"))
        found += [Match(row, len(rows) == 1) for row in rows]
    known = {match.row.pk for match in found}
    owners = _owners_of([phone.value for phone in person.phones]) - known
    found += [Match(row, len(owners) == 1 and not known) for row in contacts.filter(pk__in=owners).order_by("code")]
    known |= owners
    if person.name:
        name = folded(person.name.value)
        found += [Match(row, False) for row in contacts.order_by("code") if row.pk not in known and name in _names(row)]
    return found


def _names(contact):
    return {folded(text) for row in contact.translations.all() for text in (row.display_name, row.unit_name) if text}


def _owners_of(displays):
    """The ids of the contacts that have one of these telephones."""
    numbers = {number for display in displays for number in parse(display)}
    if not numbers:
        return set()
    rows = Phone.objects.filter(contact__isnull=False).values_list("contact", "e164")
    return {owner for owner, stored in rows if numbers & set(stored)}


def office_for(reading, contacts, offices):
    """The Match of the issuing office among `offices`, a queryset: by the contact, the name in the block, the town."""
    sure = [match.row.office_id for match in contacts if match.sure]
    rows = {row.pk: row for row in offices.open().with_translations()}
    if sure and sure[0] in rows:
        return Match(rows[sure[0]], len(set(sure)) == 1)
    texts = [person.office.value for person in reading.contacts if person.office]
    texts += [person.name.value for person in reading.contacts if person.name]
    named = {folded(text) for text in texts}
    by_name = [row for row in rows.values() if named & {folded(one.name) for one in row.translations.all()}]
    if len(by_name) == 1:
        return Match(by_name[0], True)
    texts += [reading.place.value] if reading.place else []
    towns = [
        row
        for row in rows.values()
        if any(one.city and _has_words(text, one.city) for one in row.translations.all() for text in texts)
    ]
    return Match(towns[0], False) if len(towns) == 1 else Match()


def country_for(reading):
    if reading.country is None:
        return Match()
    row = Country.objects.with_translations().filter(iso2=reading.country.value).first()
    return Match(row, row is not None and reading.country.sure)


def region_for(reading, country):
    """The Match of the region that the text names, else that of the dateline's country, which is never sure."""
    if reading.region:
        name = folded(reading.region.value)
        rows = Region.objects.in_use().with_translations().order_by("order", "code")
        for row in rows:
            if name in {folded(one.name) for one in row.translations.all()}:
                return Match(row, reading.region.sure)
    if country.row is not None and country.row.region.is_active:
        return Match(country.row.region, False)
    return Match()


def topics_in(reading):
    """[Topic] whose names stand in the text, those named most often first. None of them is sure."""
    text, counts = folded(reading.text[:LONGEST]), {}
    for topic in Topic.objects.in_use().with_translations().order_by("order", "code"):
        names = {folded(row.name) for row in topic.translations.all()}
        counts[topic] = sum(_count(text, name) for name in names if len(name) >= FEWEST_LETTERS)
    found = [topic for topic, count in counts.items() if count]
    return sorted(found, key=lambda topic: -counts[topic])[:MOST_TOPICS]


def _has_words(text, words):
    return bool(_count(folded(text), folded(words)))


def _count(text, name):
    """How often a name stands in a text, as whole words; Chinese has none."""
    if re.search(r"[\u4e00-\u9fff]", name):
        return text.count(name)
    return len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
