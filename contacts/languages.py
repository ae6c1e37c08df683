"""Languages: those that content is written in (`settings.LANGUAGES`, BCP 47 tags), and names from the Unicode CLDR."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale
from babel.dates import get_timezone_location
from django.conf import settings
from django.utils.translation import get_language, get_language_info


def language_choices():
    return list(settings.LANGUAGES)


def content_language(language=None):
    """The wanted, else the active language, as one of `settings.LANGUAGES`, else the default."""
    wanted = language or get_language() or ""
    codes = [code for code, _ in settings.LANGUAGES]
    for code in (wanted, wanted.split("-")[0]):
        if code in codes:
            return code
    return settings.LANGUAGE_CODE


def direction(language):
    """ "rtl" or "ltr", for the `dir` attribute of an element in that language."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def own_name(language):
    """The language's name in itself: "français", "العربية"."""
    return get_language_info(language)["name_local"]


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
