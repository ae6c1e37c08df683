"""The list of media contacts, by region, country, topic and language, and of who can be called now.

What other apps know contacts by, such as topics, they register: this app knows nothing of articles.
"""

from dataclasses import dataclass

from django.http import Http404, QueryDict

from .. import directory
from ..cldr.collation import sort_key
from ..languages import language_name
from ..models import Country, OfficeCountry
from . import now as reachable

PARAMETERS = ("region", "country", "topic", "language", "now")
_subjects = []


def register_subjects(subjects):
    """Register a function that returns {code: (row with a name, ids of its contacts)}, for the filter `topic`."""
    _subjects.append(subjects)


@dataclass
class Choice:
    code: str
    label: object
    attributes: object = ""
    is_chosen: bool = False


@dataclass
class ContactList:
    """`groups`: [(region, its contacts)]; `choices`: {parameter: [Choice]}; `query`: what was chosen."""

    groups: list
    choices: dict
    query: QueryDict
    contacts: list
    chosen: dict


def contact_list(given):
    """The ContactList for the parameters of an address. Http404 for a code that no choice has."""
    chosen = {name: given[name] for name in PARAMETERS if given.get(name)}
    groups = directory.media_contacts()
    everybody = [contact for _region, contacts in groups for contact in contacts]
    sets = _sets(everybody, groups)
    kept = None
    for name, code in chosen.items():
        if code not in ("1" if name == "now" else sets[name]):
            raise Http404
        ids = _reached(everybody) if name == "now" else sets[name][code][1]
        kept = ids if kept is None else kept & ids
    if kept is not None:
        groups = [(region, [one for one in contacts if one.pk in kept]) for region, contacts in groups]
        groups = [(region, contacts) for region, contacts in groups if contacts]
    shown = [contact for _region, contacts in groups for contact in contacts]
    query = QueryDict(mutable=True)
    query.update(chosen)
    choices = {name: _choices(found, chosen.get(name)) for name, found in sets.items() if len(found) > 1}
    return ContactList(groups, choices, query, shown, chosen)


def _reached(contacts):
    summary = reachable.of_list(contacts)
    return {contact.pk for contact in summary.now} if summary else set()


def _sets(everybody, groups):
    """{parameter: {code: (row or Wording, ids of its contacts)}}"""
    ids = {contact.pk for contact in everybody}
    regions = {region.code: (region, {one.pk for one in contacts}) for region, contacts in groups}
    subjects = {code: (row, own & ids) for one in _subjects for code, (row, own) in one().items() if own & ids}
    return {
        "region": regions,
        "country": _by_country(everybody),
        "topic": subjects,
        "language": _by_language(everybody),
    }


def _by_country(everybody):
    """The country of an office, and those that it covers."""
    offices = {}
    for contact in everybody:
        offices.setdefault(contact.office_id, set()).add(contact.pk)
    pairs = [(contact.office_id, contact.office.host_country_id) for contact in everybody]
    pairs += OfficeCountry.objects.filter(office__in=offices).order_by().values_list("office", "country")
    found = {}
    for office, country in pairs:
        found.setdefault(country, set()).update(offices[office])
    rows = Country.objects.filter(pk__in=found).with_translations()
    return {row.iso3.lower(): (row, found[row.pk]) for row in rows}


def _by_language(everybody):
    found = {}
    for contact in everybody:
        for tag in contact.languages:
            found.setdefault(tag.split("-")[0], set()).add(contact.pk)
    return {code: (language_name(code), pks) for code, pks in found.items()}


def _choices(found, chosen):
    """By their names."""
    labels = {code: getattr(row, "naming", row) for code, (row, _ids) in found.items()}
    order = sorted(labels, key=lambda code: sort_key(str(labels[code])))
    return [Choice(code, labels[code], labels[code].attributes, code == chosen) for code in order]


def for_country(country):
    """Ids of the media contacts of today whose offices are in a country or cover it, in their order."""
    covering = set(country.covered_by.values_list("office", flat=True))
    return [
        contact.pk
        for _region, contacts in directory.media_contacts()
        for contact in contacts
        if contact.office_id in covering or contact.office.host_country_id == country.pk
    ]
