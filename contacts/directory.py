"""Contacts and offices for the public pages, read in a constant number of queries."""

from django.db.models import Prefetch

from .cldr.collation import sort_key
from .cldr.ordering import sorted_by_name
from .models import Contact, Office, Region
from .models.links import connected


def for_blocks(contacts):
    """What a contact block shows, in a constant number of queries."""
    return contacts.select_related("office__host_country").prefetch_related(
        "translations", "phones", "office__translations"
    )


def answering(ids):
    """{id: Contact, or its first current successor, or None}: who answers for each of these contacts today.

    It takes one query, and another one for each generation of successors.
    """
    known, wanted = {}, set(ids)
    while wanted:
        found = for_blocks(Contact.objects).in_bulk(wanted)
        known |= found
        wanted = {contact.replaced_by_id for contact in found.values() if contact.leads_on} - known.keys()
    connected(known.values(), Contact.leads_by)
    return {pk: known[pk].for_public() if pk in known else None for pk in ids}


def by_region(offices=None):
    """[(region, [office…])] in the regions' order, headquarters first, then by city."""
    offices = Office.objects.open() if offices is None else offices
    offices = offices.select_related("host_country").prefetch_related("translations", "host_country__translations")
    return _grouped(offices, lambda office: office.host_country.region_id, _office_order)


def media_contacts():
    """[(region, [contact…])] of all who answer the press today."""
    purposes = [Contact.Purpose.MEDIA, Contact.Purpose.SPOKESPERSON]
    contacts = Contact.objects.current().filter(purpose__in=purposes).select_related("office__host_country")
    contacts = contacts.prefetch_related("translations", "phones", "office__translations")

    def region_of(contact):
        return contact.office.host_country.region_id

    return _grouped(contacts, region_of, lambda contact: (*_office_order(contact.office), *contact_order(contact)))


def _grouped(rows, region_of, order):
    """[(region, its rows)]; what is in a retired region stands under its successor."""
    regions, groups = connected(Region.objects.with_translations(), Region.leads_by), {}
    final = {region.pk: region.final.pk for region in regions}
    for row in rows:
        groups.setdefault(final[region_of(row)], []).append(row)
    return [(region, sorted(groups[region.pk], key=order)) for region in sorted_by_name(regions) if region.pk in groups]


def _office_order(office):
    return (office.kind != Office.Kind.HEADQUARTERS, sort_key(office.translated("city") or office.name))


def contact_order(contact):
    """The key that sorts the contacts of one office: units first, then by name."""
    return (contact.kind != Contact.Kind.UNIT, sort_key(contact.name))


def week(office):
    """[(day's name, its intervals)] from Monday on, for the days on which the office answers."""
    days = {}
    for hours in office.opening_hours.all():
        days.setdefault(hours.get_weekday_display(), []).append(hours)
    return list(days.items())


def office_page():
    """Offices with all that one office's page shows."""
    contacts = for_blocks(Contact.objects.current())
    return Office.objects.select_related("host_country__region", "parent", "successor").prefetch_related(
        "translations",
        "phones",
        "opening_hours",
        "parent__translations",
        "successor__translations",
        "host_country__translations",
        "host_country__region__translations",
        "coverage__country__translations",
        Prefetch("contacts", contacts, to_attr="reachable"),
        Prefetch("children", Office.objects.open().prefetch_related("translations"), to_attr="sub_offices"),
    )
