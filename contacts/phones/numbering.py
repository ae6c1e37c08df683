"""Turns the digits of one telephone number into E.164 by the numbering plan of its country (`phonenumbers`)."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

TRUNK_ZERO = re.compile(r"\(0\)")
LONGEST = 15  # digits with the country code (E.164, 6.1)
SHORT = 6  # digits of a national number; some islands have shorter ones, and the metadata knows them
LENGTHS = {ValidationResult.TOO_LONG: "too long", ValidationResult.INVALID_LENGTH: "length"}


class Unreadable(Exception):
    """A line, or a part of it, cannot be read for sure; its text is a key of the reasons in `why_unreadable`."""


def is_complete(digits, country):
    try:
        return bool(e164(digits, country))
    except Unreadable:
        return False


def e164(digits, country):
    """The E.164 number; if not every digit of it was typed, or it cannot be one, Unreadable."""
    for zero in TRUNK_ZERO.finditer(digits):
        before = digits_of(digits[: zero.start()])
        if before and not (is_international(digits) and int(before) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE):
            raise Unreadable("text beside")  # "+41 22 555 01 50 (0)51"
    try:
        return _possible(digits, country)
    except Unreadable:
        if not TRUNK_ZERO.search(digits):
            raise
    # "+34 (0)91 …": there is no trunk prefix in Spain.
    return _possible(TRUNK_ZERO.sub("", digits), country)


def is_international(digits):
    return digits.lstrip("(").startswith("+")


def _possible(digits, country):
    has_plus = is_international(digits)
    if not has_plus and not country:
        raise Unreadable("no country")
    try:
        number = phonenumbers.parse(re.sub("['’]", " ", digits), None if has_plus else country)
    except NumberParseException as error:
        reasons = {NumberParseException.INVALID_COUNTRY_CODE: "country code", NumberParseException.TOO_LONG: "too long"}
        raise Unreadable(reasons.get(error.error_type, "too short")) from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.TOO_LONG and not has_plus and len(digits_of(digits)) <= LONGEST:
        raise Unreadable("not in country")
    if possible != ValidationResult.IS_POSSIBLE:
        raise Unreadable(LENGTHS.get(possible, "too short"))
    significant = phonenumbers.national_significant_number(number)
    if len(significant) < SHORT and not phonenumbers.is_valid_number(number):
        raise Unreadable("too short")
    if len(f"{number.country_code}{significant}") > LONGEST:
        raise Unreadable("too long")
    # The country of the office is a guess: the number must fit its plan exactly.
    if not has_plus and not phonenumbers.is_valid_number(number):
        raise Unreadable("not in country")
    if not digits_of(digits).endswith(significant):
        raise Unreadable("not as typed")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def national(digits, country):
    """The digits of a complete number without its country code and trunk prefix."""
    return phonenumbers.national_significant_number(phonenumbers.parse(e164(digits, country)))


def digits_of(text):
    return re.sub(r"\D", "", text)
