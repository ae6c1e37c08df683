"""The site's languages (`settings.LANGUAGES`, BCP 47 tags), texts that say which language they are in, and names.

The organisation's names come from the settings, those of languages and cities from the Unicode CLDR.
"""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import parse_locale
from babel.dates import get_timezone_location
from django.conf import settings
from django.utils.html import escape, format_html
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


def organisation_name(language=None):
    """The organisation's name in the wanted, else the active language, else `NEWSROOM_NAME`."""
    return settings.NEWSROOM_NAMES.get(content_language(language)) or settings.NEWSROOM_NAME


@dataclass(frozen=True)
class Wording:
    """A text and the language it is in; language "" for a bare code, which is in none.

    Where the page is in another language, the text's element says so (WCAG 2.2, 3.1.2: language of parts).
    """

    text: str = ""
    language: str = ""

    def __bool__(self):
        return bool(self.text)

    def __str__(self):
        return self.text

    @property
    def attributes(self):
        """` lang="en" dir="ltr"` where the page is in another language, else nothing."""
        if not self.text or self.language in ("", content_language()):
            return escape("")
        return format_html(' lang="{}" dir="{}"', self.language, direction(self.language))

    def html(self):
        return format_html("<span{}>{}</span>", self.attributes, self.text) if self.attributes else escape(self.text)


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
