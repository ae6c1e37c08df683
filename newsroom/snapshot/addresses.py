"""Which URLs a snapshot has, and the file name of each."""

import hashlib
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from articles.facets import FACETS

LONGEST_PART = 200  # bytes of a name; file systems allow 255
INDEX = "index.html"
BY_THE_CLOCK = ("/news-sitemap.xml", "/.well-known/security.txt")  # each is true for some days only


class Address(NamedTuple):
    """An address of this site: `path` without percent signs, `query` as sorted pairs."""

    path: str
    query: tuple = ()

    @classmethod
    def of(cls, url):
        parts = urlsplit(url)
        return cls(unquote(parts.path) or "/", tuple(sorted(parse_qsl(parts.query, keep_blank_values=True))))

    def __str__(self):
        return quote(self.path, safe="/@:=,;~") + (f"?{urlencode(self.query)}" if self.query else "")


class Rules:
    """Which addresses belong to the snapshot. `pages`: of each filtered list so many are kept."""

    def __init__(self, pages):
        self.pages = pages

    def keeps(self, address):
        if not _is_plain(address.path) or address.path in BY_THE_CLOCK:
            return False
        if address.path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            return not address.query
        parameters = _parameters(address.path)
        return parameters is not None and (not address.query or self._keeps_list(parameters, dict(address.query)))

    def _keeps_list(self, parameters, query):
        """The whole list with all its pages, and the lists of one filter with their first pages."""
        filters, page = query.keys() - {"page"}, query.get("page", "1")
        if not query.keys() <= parameters or not page.isdecimal() or len(page) > 9:
            return False
        if filters == {"from", "to"}:  # the months of the archive
            return query["from"] == f"{query['to'][:7]}-01" and int(page) <= self.pages
        return not filters or (len(filters) == 1 and filters <= FACETS.keys() and int(page) <= self.pages)


def _is_plain(path):
    """Whether a path names a place within the folder of the snapshot."""
    return "\0" not in path and "\\" not in path and not {".", "..", ""} & set(path.strip("/").split("/") or "x")


@lru_cache(maxsize=65536)
def _parameters(path):
    """The parameters of the public view at a path; None for forms, the API, and for what is no public view."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    needs_the_site = getattr(match.func, "is_form", False) or match.namespace == "api"
    return None if needs_the_site else getattr(match.func, "parameters", None)


def file_name(address):
    """The name of an address's file. Its query is a folder: en/news/page=2,region=africa/index.html"""
    *folders, last = address.path.lstrip("/").split("/")
    if address.query:
        folders.append(",".join(f"{name}={value}" for name, value in address.query).replace("/", "-"))
    return "/".join(_part(part) for part in [*folders, last or INDEX])


def _part(part):
    """A part of a path as a file system takes it: of a long one the beginning, and a digest of all."""
    data = part.encode()
    if len(data) <= LONGEST_PART:
        return part
    return f"{data[: LONGEST_PART - 20].decode(errors='ignore')}-{hashlib.sha256(data).hexdigest()[:16]}"
