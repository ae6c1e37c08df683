"""Names that the Unicode CLDR has in every reader's language: of languages, of the cities that time zones go by."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language


@cache
def _locale(language):
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):  # a language of the site that CLDR has no words in
        return Locale("en")


def _active():
    return _locale(get_language() or "en")


def language_name(tag):
    """Of "pt-BR" the name of just that, else of "pt"; the tag itself where CLDR has no name for it."""
    try:
        language, territory, script = parse_locale(tag, sep="-")[:3]
    except ValueError:
        return tag
    names = _active().languages
    return names.get(f"{language}_{script or territory}") or names.get(language) or tag


def zone_name(zone):
    """The city that stands for a time zone: "نيروبي" for "Africa/Nairobi"."""
    try:
        return get_timezone_location(zone, locale=_active(), return_city=True)
    except LookupError:
        return zone
