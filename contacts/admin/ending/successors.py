"""Who or what could replace a contact or an office that ends: by office, topic and language, or by place."""

from django.utils.translation import gettext as _

from ...cldr.formats import joined_text
from ...cldr.ordering import sorted_by_name
from ...languages import language_name
from ...models import Contact, Office

MOST_PROPOSED = 5


def candidates(row):
    """Rows that could stand for it: in use, and not leading back to it."""
    if isinstance(row, Contact):
        found = Contact.objects.current().select_related("office", "replaced_by")
        found = found.prefetch_related("translations", "office__translations")
    else:
        found = Office.objects.open().select_related("host_country", "successor").prefetch_related("translations")
    return sorted_by_name(found.exclude(pk=row.pk).exclude(**{row.leads_by: row}))


def proposals(row, topics_by_contact, rows):
    """([(row, reasons)] best first, all others by name) of the candidates. `topics_by_contact`: see `Uses`."""
    judge = _reasons_for_contact if isinstance(row, Contact) else _reasons_for_office
    judged = [(one, judge(row, one, topics_by_contact)) for one in rows]
    best = sorted((pair for pair in judged if pair[1]), key=lambda pair: -sum(pair[1].values()))[:MOST_PROPOSED]
    proposed = [(one, tuple(str(why) for why in reasons)) for one, reasons in best]
    known = {one.pk for one, _why in proposed}
    return proposed, [one for one in rows if one.pk not in known]


def _reasons_for_contact(ended, one, topics_by_contact):
    """{reason: weight}; a language alone is none."""
    reasons = {}
    if one.office_id == ended.office_id:
        reasons[_("same office")] = 4
    elif one.office_id == ended.office.parent_id:
        reasons[_("office above")] = 2
    if one.pk in topics_by_contact:
        reasons[_("topic: %(topic)s") % {"topic": topics_by_contact[one.pk]}] = 3
    if reasons:
        shared = [tag for tag in ended.languages if tag in one.languages]
        if shared:
            reasons[_("languages: %(tags)s") % {"tags": joined_text(map(language_name, shared))}] = len(shared)
        if one.purpose == ended.purpose:
            reasons[one.get_purpose_display()] = 1
    return reasons


def _reasons_for_office(ended, one, topics_by_contact):
    reasons = {}
    if one.pk == ended.parent_id:
        reasons[_("office above")] = 4
    if one.host_country_id == ended.host_country_id:
        reasons[_("same country")] = 3
    if one.host_country.region_id == ended.host_country.region_id:
        reasons[_("same region")] = 2
    return reasons
