"""Validators of model fields, used by the admin and by the import; and reading what is sent: ids, web addresses."""

import re
import zoneinfo
from datetime import UTC
from functools import cache
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .plain_text import one_line

LONGEST_TEXT = 200
LONGEST_ID = 18  # digits, which every database can compare
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@cache
def time_zones():
    """The names of all IANA time zones; to read them opens 600 files, which takes 10 to 30 ms."""
    return zoneinfo.available_timezones()


def time_zone(name):
    """The time zone with that IANA name; UTC if there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        return UTC


def read_id(text):
    """The id that a text from a form or an address gives; None if it cannot be one."""
    text = str(text or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None


def parts_of(address):
    """`urlsplit` of any text; all parts are empty if it is no address, such as "http://[x"."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", "", "", "")


def validate_timezone(value):
    """An IANA time zone name."""
    if value not in time_zones():
        raise ValidationError(_("“%(value)s” is not an IANA time zone."), params={"value": value}, code="timezone")


def validate_names(value):
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError(_("Enter a list of values."), code="names")


def validate_texts(value):
    """{language of the site: text of one line}"""
    known = dict(settings.LANGUAGES)
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValidationError(_("Give a text for each language."), code="texts")
    if unknown := [code for code in value if code not in known]:
        raise ValidationError(_("The site has no language “%(code)s”."), params={"code": unknown[0]}, code="texts")
    for text in value.values():
        if len(text) > LONGEST_TEXT:
            message = _("A text is longer than %(limit)s characters.")
            raise ValidationError(message, params={"limit": LONGEST_TEXT}, code="texts")
        if text != one_line(text):
            message = _(
                "A text has HTML, character codes, line breaks, invisible characters or too many spaces. "
                "Without them it is “%(text)s”."
            )
            raise ValidationError(message, params={"text": one_line(text)}, code="texts")


def validate_languages(value):
    """A list of BCP 47 tags without repetitions."""
    if not isinstance(value, list) or not all(isinstance(tag, str) and LANGUAGE_TAG.fullmatch(tag) for tag in value):
        raise ValidationError(_("Give a list of language tags, such as en and fr."), code="languages")
    if len(set(value)) != len(value):
        raise ValidationError(_("A language is listed twice."), code="languages")
