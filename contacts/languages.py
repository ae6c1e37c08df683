"""The languages that content is written in: `settings.LANGUAGES`, as BCP 47 tags."""

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
