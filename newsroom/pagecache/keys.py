"""The key of a page. A page is rendered from its key alone, so nothing else of the request gets into it."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, get_language_from_request, override

LONGEST = 1000  # characters of a path or of a query; nobody else requests a longer one


@dataclass(slots=True)
class PageRequest:
    """`key` holds all that the page depends on; `language` is empty where the path says it."""

    key: tuple
    query: str
    language: str
    host: str

    def apply(self, request):
        """Make the request the one that the key describes: by GET, with the parameters that the view reads."""
        request.META["QUERY_STRING"] = self.query
        request.META["REQUEST_METHOD"] = request.method = "GET"
        request.__dict__.pop("GET", None)  # parsed from the former query


def page_request(request, skipped):
    """The PageRequest, or None if the answer is for this request alone. `skipped`: beginnings of paths."""
    path = request.path_info
    if (
        request.method not in ("GET", "HEAD")
        or path.startswith(skipped)
        or "HTTP_AUTHORIZATION" in request.META
        or len(path) > LONGEST
    ):
        return None
    host = _host(request)
    in_path = get_language_from_path(path)
    is_asked = not in_path or request.META.get("QUERY_STRING")
    view = _view(path, in_path or settings.LANGUAGE_CODE) if is_asked else None
    query = _query(request, view)
    if host is None or query is None:
        return None
    is_one = bool(in_path) or getattr(view, "same_in_all_languages", False)
    language = "" if is_one else get_language_from_request(request)
    return PageRequest((request.scheme, host, request.path, language, query), query, language, host)


def _host(request):
    """Empty where pages show NEWSROOM_BASE_URL instead; None for a host that only a pattern allows."""
    host = request.get_host()  # raises DisallowedHost for a foreign one
    if settings.NEWSROOM_BASE_URL:
        return ""
    name = split_domain_port(host)[0]
    is_listed = name in settings.ALLOWED_HOSTS or (settings.DEBUG and not settings.ALLOWED_HOSTS)
    return host if is_listed else None


def _query(request, view):
    """The parameters that the view reads, each once and in one order; None if it does not say which."""
    if not request.META.get("QUERY_STRING"):
        return ""
    names = getattr(view, "parameters", None)
    if names is None:
        return None
    given = request.GET
    if getattr(view, "refuses_other_parameters", False) and not _are_exact(given, names):
        return None
    query = urlencode([(name, given[name]) for name in sorted(names) if given.get(name)])
    return query if len(query) <= LONGEST else None


def _are_exact(given, names):
    """Whether only these parameters are given, each once and with a value."""
    return all(name in names and len(values) == 1 and values[0] for name, values in given.lists())


def is_for_all(request):
    """Whether this is a `public_view`: forms and personal links may show what their reader has changed just before."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    view = _view(request.path_info, language)
    return getattr(view, "parameters", None) is not None and not getattr(view, "is_form", False)


@lru_cache(maxsize=1024)
def _view(path, language):
    """The view of a path, or its class; None for an unknown path, which may be redirected."""
    with override(language):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    return getattr(view, "view_class", view)
