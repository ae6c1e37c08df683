"""The site's languages (`settings.LANGUAGES`, BCP 47 tags), texts that say which language they are in, and names.

The organisation's names come from the settings, those of languages and cities from the Unicode CLDR.
"""

from dataclasses import dataclass

from babel.core import get_global, parse_locale
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.translation import get_language, get_language_info

from .cldr.locales import active_locale, locale_of
from .validators import time_zones

_names = []


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


def organisation_name(language=None, given=None):
    """The organisation's name in the wanted, else the active language: from the admin, else from the settings.

    `given`: the name from the admin, "" if there is none, where it is known already.
    """
    language = content_language(language)
    if given is None:
        given = next(filter(None, (names(language) for names in _names)), "")
    return given or settings.NEWSROOM_NAMES.get(language) or settings.NEWSROOM_NAME


def register_names(names):
    """Register a function from a language to the organisation's name in it, "" without one. Call it in `ready()`."""
    _names.append(names)


@dataclass(frozen=True)
class Wording:
    """A text and the language it is in; language "" for a bare code, which is in none.

    Where the page is in another language, the text's element says so (WCAG 2.2, 3.1.2: language of parts).
    """

    text: str = ""
    language: str = ""

    @classmethod
    def of(cls, texts, language=None):
        """Of {language: text} the one in the given or active language, in the default one, or in any; else empty."""
        wanted = (content_language(language), settings.LANGUAGE_CODE, *sorted(texts))
        return next((cls(texts[code], code) for code in wanted if texts.get(code)), cls())

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


# Languages that people at our readers' offices speak and that the CLDR names in few languages: those of Fiji.
OTHER_NAMES = {
    "hif": {"es": "hindi de Fiyi", "ar": "هندية فيجي", "ru": "фиджийский хинди", "zh": "斐济印地语"},
    "rtm": {"es": "rotumano", "ar": "الروتومانية", "ru": "ротуманский", "zh": "罗图马语"},
}


def language_name(tag):
    """The name of a language as a `Wording`: of "pt-BR" the name of just that, else of "pt".

    Without a name in the reader's language it is the English one, without that the tag.
    """
    reader = content_language()
    for language in dict.fromkeys([reader, "en"]):
        if name := _language_name(tag, language):
            return Wording(name, language)
    return Wording(tag)


def _language_name(tag, reader):
    names = locale_of(reader).languages
    for code in (tag, get_global("language_aliases").get(tag)):  # "prs" is Persian of Afghanistan
        try:
            language, territory, script = parse_locale(code or "", sep="_" if code != tag else "-")[:3]
        except ValueError:
            continue
        found = names.get(f"{language}_{script or territory}") or OTHER_NAMES.get(language, {}).get(reader)
        if found := found or names.get(language):
            return found
    return ""


def zone_name(zone):
    """The city that stands for a time zone: "نيروبي" for "Africa/Nairobi". The CLDR has some under older names."""
    cities, aliases = active_locale().time_zones, get_global("zone_aliases")
    current = aliases.get(zone, zone)
    for name in (zone, current, *(old for old, new in aliases.items() if new == current)):
        if city := cities.get(name, {}).get("city"):
            return city
    return zone.rpartition("/")[2].replace("_", " ") if zone in time_zones() else zone
