"""Reads telephone numbers as press offices type them (ITU-T E.164; Google's metadata by `phonenumbers`).

What is dialled was typed: no digit is added but the country code of the office, none is taken from words, hours or
remarks beside the number. A line that can be read in two ways is not read; `why_unreadable` says why.
"""

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat

from .numbering import Unreadable
from .reading import read


def parse(display, country=None):
    """The numbers in a line as typed, as a list of E.164 numbers; empty if the line cannot be read for sure.

    A number with an extension is "+12025550123;ext=12" (RFC 3966). `country` (ISO 3166-1 alpha-2) is the country of a
    number without "+". `+41 22 717 93 89/ 59` gives two numbers: the second ending replaces as many final digits.
    """
    try:
        return read(display, country)
    except Unreadable:
        return []


def why_unreadable(display, country=None):
    """Why `parse` finds no number in the line: a sentence for the person who typed it. Empty if it finds one."""
    try:
        read(display, country)
    except Unreadable as unreadable:
        return _reason(unreadable.args[0])
    return ""


def international_format(number):
    """A number of `parse` in groups of digits, for people: "+41 22 717 93 59", "+1 202-555-0123, ext. 12"."""
    base, _separator, extension = number.partition(";ext=")
    shown = phonenumbers.format_number(phonenumbers.parse(base), PhoneNumberFormat.INTERNATIONAL)
    return _("%(number)s, ext. %(extension)s") % {"number": shown, "extension": extension} if extension else shown


def _reason(problem):
    return {
        "no number": _("There is no number in this line."),
        "service code": _("This is a service code, which cannot be dialled from elsewhere."),
        "fax": _("This is a fax number: it is shown, but not offered for dialling."),
        "extension": _("There is an extension, but no number before it."),
        "letters": _("There are letters within the number. Type it in digits."),
        "text beside": _("The text beside the number could be part of it. Type one number in a line, without remarks."),
        "range": _(
            "The ending after “-” may be an extension or the last of several numbers. Type “ext. 52”, or the numbers in"
            " full with “/” between them."
        ),
        "ending": _("The second number is not complete. Type both in full, with “/” between them."),
        "no country": _("The country is missing: begin with “+” and the country code."),
        "country code": _("No country has this code after “+”."),
        "not in country": _(
            "This is not a number of the office’s country. If it is foreign, begin with “+” and the country code."
        ),
        "not as typed": _(
            "From abroad it is dialled with other digits. Type it in full, with “+” and the country code."
        ),
        "too short": _("Too short for a telephone number: type it in full, with “+” and the country code."),
        "length": _("Numbers of this country have a different number of digits. Put “/” between several numbers."),
        "too long": _("Too long for a telephone number. Put “/” between several numbers."),
    }[problem]
