"""The theme in use: read once for each change of names, and served as a style sheet."""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.http import Http404, HttpResponse

from articles.listing.in_memory import lists_in_memory
from contacts.public_pages import page_began, public_view

from .models import Theme, digest

_shown = ContextVar("theme", default=None)
LASTING = "public, max-age=31536000, immutable"
REPLACED = "public, max-age=60"


def current():
    """The theme that pages show, or None. Saving one is a change of names (`PublicModelAdmin`)."""
    if (theme := _shown.get()) is not None:
        return theme
    return _used(lists_in_memory().names(page_began()).generation)


@lru_cache(maxsize=2)
def _used(generation):
    """The theme in use, read once for a generation of names."""
    return _themes().filter(is_used=True).first()


def _themes():
    return Theme.objects.select_related("emblem").with_translations()


@contextmanager
def shown_as(theme):
    """For a preview: within it, pages show this theme."""
    token = _shown.set(theme)
    try:
        yield
    finally:
        _shown.reset(token)


def name(language):
    """The organisation's name in a language, for `contacts.languages`; "" if no theme gives one."""
    return _name_of(current(), language)


def stored_name(language):
    """As `name`, from the database: for the admin, which does not read the journal of the lists."""
    return _name_of(_themes().filter(is_used=True).first(), language)


def _name_of(theme, language):
    names = {row.language: row.name for row in theme.translations.all()} if theme else {}
    return names.get(language, "")


@public_view()
def style_sheet(request, hash):
    """The style sheet at an address; at that of a former one, which a cache may have kept, the present one."""
    sheets = {digest(theme.style_sheet): theme.style_sheet for theme in Theme.objects.all() if theme.style_sheet}
    theme = current()
    text = sheets.get(hash) or (theme.style_sheet if theme else "")
    if not text:
        raise Http404
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = LASTING if hash in sheets else REPLACED
    response.the_same_in_all_languages = True
    return response
