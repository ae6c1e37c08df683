"""The locales of the Unicode CLDR, as Babel has them, for the site's languages."""

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def locale_of(language):
    """The Locale of a language; of English that of the world, which has no commas and day orders of the United States.

    For a language that the CLDR has no words in it is English.
    """
    try:
        return Locale.parse("en_001" if language == "en" else language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_001")


def active_locale():
    return locale_of(get_language() or "en")
