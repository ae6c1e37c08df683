"""Groups paths into a few kinds of page, so that unknown URLs do not create thousands of time series."""

import re

KINDS = ("front", "list", "article", "page", "feed", "api", "file", "static", "admin", "private", "other")

_language = re.compile(r"/[a-z]{2}(?:-[a-z]+)?/")
_feed = re.compile(r"news/(?:[^/]+/)?(?:feed\.\w+|ninjs\.json|newsml\.xml)$|corrections/feed\.atom$")
_file = re.compile(r"news/[^/]+/(?:share-\w+\.png|kit\.zip|text\.txt)$|pictures/[^/]+/file\.\w+$")
FIRST = {  # the first part of a path without a language
    "admin": "admin",
    "api": "api",
    "media": "file",
    "static": "static",
    "review": "private",
    "press": "private",
}
FIRST_IN_LANGUAGE = {"regions": "list", "countries": "list", "topics": "list"}


def kind_of(path):
    """One of KINDS."""
    language = _language.match(path)
    if not language:
        first = path.split("/", 2)[1:2]
        return FIRST.get(first[0], "other") if first else "other"
    rest = path[language.end() :]
    if not rest:
        return "front"
    if _feed.fullmatch(rest):
        return "feed"
    if _file.fullmatch(rest):
        return "file"
    first, _slash, more = rest.partition("/")
    if first == "news":
        return "article" if more and more not in ("archive/", "names.json") else "list"
    if first == "alerts" and more.count("/") > 1:
        return "private"
    return FIRST_IN_LANGUAGE.get(first, "page")
