"""Reads a list of journalists that somebody pastes: one a line, as name, outlet and e-mail address."""

import csv

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.plain_text import email_address, one_line

from ..models import Pass

FIELDS = ("name", "outlet", "email")
MOST = 200  # lines
SEPARATORS = ("\t", ";", "،", ",")  # of a spreadsheet, of its files in many countries, of Arabic


def parse(text):
    """([{"name", "outlet", "email"}], [a sentence for each line that cannot be read])."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        return [], [_("There are more than %(limit)s lines. Give these passes in parts.") % {"limit": MOST}]
    people, problems, seen = [], [], {}
    for number, line in lines:
        person, problem = _person(line)
        if not problem and person["email"].lower() in seen:
            problem = _("this e-mail address stands in line %(number)s, too") % {
                "number": seen[person["email"].lower()]
            }
        if problem:
            problems.append(_("Line %(number)s: %(problem)s.") % {"number": number, "problem": problem})
        else:
            people.append(person)
            seen[person["email"].lower()] = number
    return people, problems


def _person(line):
    """(the person, what is wrong: "" if nothing is)."""
    parts = _split(line)
    person = dict.fromkeys(FIELDS, "") | dict(zip(FIELDS, parts, strict=False))
    if len(parts) != len(FIELDS) or not all(parts):
        return person, _("write name, outlet and e-mail address, separated by commas")
    person["email"] = email_address(person["email"])
    for name, value in person.items():
        try:
            Pass._meta.get_field(name).clean(value, None)
        except ValidationError as error:
            return person, " ".join(error.messages).rstrip(".")
    return person, ""


def _split(line):
    separator = next((one for one in SEPARATORS if line.count(one) >= 2), ",")
    try:
        parts = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        return []
    return [one_line(part) for part in parts]
