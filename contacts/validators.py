"""Validators of model fields, used by the admin and by the import."""

import re
import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@cache
def _zones():
    return zoneinfo.available_timezones()


def validate_timezone(value):
    """An IANA time zone name."""
    if value not in _zones():
        raise ValidationError(_("“%(value)s” is not an IANA time zone."), params={"value": value}, code="timezone")


def validate_names(value):
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValidationError(_("Enter a list of values."), code="names")


def validate_languages(value):
    """A list of BCP 47 tags without repetitions."""
    if not isinstance(value, list) or not all(isinstance(tag, str) and LANGUAGE_TAG.fullmatch(tag) for tag in value):
        raise ValidationError(_("Give a list of language tags, such as en and fr."), code="languages")
    if len(set(value)) != len(value):
        raise ValidationError(_("A language is listed twice."), code="languages")
