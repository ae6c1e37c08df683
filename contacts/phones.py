"""Parses telephone numbers as press offices type them (ITU-T E.164; Google's metadata by `phonenumbers`)."""

import re

import phonenumbers
from django.utils.translation import gettext as _
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

POSSIBLE = ValidationResult.IS_POSSIBLE

# "89/ 59": what follows the slash is a second ending of the number.
ALTERNATIVE = re.compile(r"\s*/\s*")
DIGITS = re.compile(r"\d")


def parse(display, country=None):
    """The E.164 numbers in a line as typed, as a list; empty if the line is ambiguous.

    `country` (ISO 3166-1 alpha-2) is the country of a number without "+". `+41 22 717 93 89/ 59` gives two numbers:
    the second ending replaces as many final digits.
    """
    first, *endings = ALTERNATIVE.split(display.strip())
    numbers = []
    for text in [first, *(_completed(first, ending) for ending in endings)]:
        number = _e164(text, country)
        if number is None:
            return []
        if number not in numbers:
            numbers.append(number)
    return numbers


def _completed(first, ending):
    """The full number for an alternative ending: "59" after "… 93 89" is "… 93 59"."""
    wanted = len(DIGITS.findall(ending))
    if ending.startswith(("+", "00")) or not wanted or wanted > len(DIGITS.findall(first)) // 2:
        return ending
    kept = first
    for _digit in range(wanted):
        kept = kept[: max(match.start() for match in DIGITS.finditer(kept))]
    return kept + ending


def _e164(text, country):
    if re.search(r"[A-Za-z]{4,}", text):
        return None
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException:
        return None
    if number.extension or phonenumbers.is_possible_number_with_reason(number) != POSSIBLE:
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def international_format(number):
    """An E.164 number in groups of digits, for people: "+41 22 717 93 59"."""
    return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)


def why_unreadable(display, country=None):
    """Why `parse` finds no number in the line: a sentence for the person who typed it."""
    if not DIGITS.search(display):
        return _("There is no number in this line.")
    if re.search(r"[A-Za-z]{2,}", display):
        return _("There is text beside the number. Type one number in a line, or two endings separated by “/”.")
    if not country and not display.strip().startswith(("+", "00")):
        return _("The country is missing: begin with “+” and the country code.")
    return _("Too short or too long for a telephone number: type it in full, with “+” and the country code.")
