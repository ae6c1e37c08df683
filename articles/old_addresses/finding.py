"""Where an address of a former system leads: asked after no page was found at a URL.

The table is asked by an index, so that a look-up costs the same with ten and with 200,000 rows. What stands at the
target is asked of the view of that page, as an anonymous reader: an old address shows nothing that its target hides.
"""

from copy import copy
from urllib.parse import unquote

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import get_language_from_path, override

from ..media.serving import media
from ..models import OldAddress
from ..models.moving_in import spelling
from ..pages import redirects
from . import hits

LONGEST = 1000  # characters of a path or a query; nobody links to a longer one
MOST_READ = 400  # rows of a look-up, of which few match
TRIES = 5  # rows that match, of which the first leads nowhere now
KEPT = ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE")
FIELDS = ("address", "path", "article__language", "article__slug")
# What former systems add to the address of the front page: WordPress, Drupal, TYPO3 and others.
FRONT_PAGE_PARAMETERS = ("attachment_id", "cat", "id", "p", "page_id", "q", "tag")


def answer(request):
    """The answer for an address of the former system, or None if it leads nowhere."""
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    if len(path) > LONGEST or len(query) > LONGEST or "\0" in path:
        return None
    for row, target in found(f"{path}?{query}")[:TRIES]:
        status, address = asked(request, target)
        if status != 404:
            hits.count(row.pk)
            return _answer(request, status, address)
    return None


def _answer(request, status, address):
    if status == 410:
        return render(request, "410.html", {"lost": True}, status=410)
    response = (HttpResponseRedirect if status == 302 else HttpResponsePermanentRedirect)(address)
    response.the_same_in_all_languages = True
    return response


def found(text):
    """[(row of the table, path of its target)] for an address, the most exact row first."""
    address = spelling.parsed(spelling.one_spelling(text))
    rows = OldAddress.objects.filter(start__in=spelling.starts(address)).select_related("article").only(*FIELDS)
    matches = []
    for row in rows.order_by("pk")[:MOST_READ]:
        wanted = spelling.parsed(row.address)
        values = spelling.match(wanted, address)
        if values is not None and (target := target_of(row, values)):
            matches.append((spelling.exactness(wanted), row, target))
    return [(row, target) for _key, row, target in sorted(matches, key=lambda one: one[0], reverse=True)]


def target_of(row, values):
    """The path where a row leads, with its wildcards replaced; None if the row lacks one that it names."""
    if row.article_id:
        return row.article.get_absolute_url()
    path = spelling.filled(row.path, values)
    return path and get_script_prefix() + path.removeprefix("/")


def asked(request, target):
    """(status, address): what the site answers at one of its own addresses.

    The status is 200, 301, 302, 404 or 410, with where it leads. Only public pages and files are asked.
    """
    path, _mark, query = target.partition("?")
    path = "/" + path.removeprefix(get_script_prefix())
    with override(get_language_from_path(path)):
        try:
            called = resolve(unquote(path))
        except Resolver404:
            return 404, ""
        if called.view_name == "root":
            query = ""  # with one, it would ask for an old address again
        if called.view_name == "articles:article":
            return _article(called.kwargs["slug"], get_language_from_path(path), target)
        if not (hasattr(called.func, "parameters") or called.func is media):
            return 404, ""
        try:
            response = called.func(_as_stranger(request, path, query), *called.args, **called.kwargs)
        except Http404:
            return 404, ""
    if file := getattr(response, "file_to_stream", None):  # to close the response would end the request
        file.close()
    return _status(response, target)


def _article(slug, language, target):
    """As the page of the article answers, without rendering it."""
    if redirects.current(language, slug):
        return 200, target
    other = redirects.target(language, slug)
    if other is None:
        return 404, ""
    return (410, "") if other is redirects.GONE else (301 if other[1] else 302, other[0])


def _status(response, target):
    if response.status_code in (301, 302):
        return (response.status_code, response.url) if _is_own(response.url) else (404, "")
    return (response.status_code, target) if response.status_code in (200, 410) else (404, "")


def _is_own(address):
    return address.startswith("/") and not address.startswith("//")


def _as_stranger(request, path, query):
    """The request as somebody would make it who is not logged in."""
    asking = copy(request)
    asking.method, asking.path_info, asking.path = "GET", path, get_script_prefix() + path.removeprefix("/")
    own = {name: value for name, value in request.META.items() if not name.startswith("HTTP_") or name in KEPT}
    asking.META = own | {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asking.GET, asking.COOKIES, asking.user = QueryDict(query), {}, AnonymousUser()
    asking.__dict__.pop("headers", None)  # read from META when they are asked for
    return asking
