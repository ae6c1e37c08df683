"""A stored page: which answers may be stored, and how they are given again."""

import gzip
import hashlib
import re
import time
from functools import lru_cache
from http.client import responses
from sys import intern

import brotli
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders
from django.utils.http import http_date, parse_http_date_safe

from contacts.memory_size import memory_size

# Seconds that a page is current while the site version is the same, by status.
LIFE = {200: 60, 301: 60, 404: 10, 410: 60}
STATUS_LINES = {status: f"{status} {responses[status]}" for status in (*LIFE, 304)}
INSTEAD_OF_ERROR = 600  # seconds beyond that, while rendering it anew fails
RECENT = 10  # seconds since it was last current: good enough while another request renders the page
ENTRY = 120  # bytes of an entry in the store, beside page and key
LARGEST = 2 * 1024 * 1024

# Caches in front, then the browser: the sum is below the minute in which everybody sees a publication.
MAX_AGE, SHARED_MAX_AGE, WHILE_REVALIDATING = 10, 30, 15

OWN_HEADERS = {"cache-control", "etag", "content-length", "vary", "expires", "date"}
FOR_304 = ("etag", "vary", "content-location", "last-modified")
PRIVATE = re.compile(r"\b(private|no-store|no-cache)\b")
TEXT = re.compile(r"text/|application/(.*\+)?(json|xml|javascript)\b|image/svg\+xml")
WORTH_COMPRESSING = 200  # bytes
# Quality 5 costs about what gzip costs; 11 would take longer than the page.
ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


def may_be_stored(response, wanted):
    """Whether every request with the same key may get this answer. `wanted`: the PageRequest."""
    varies = {word.strip().lower() for word in response.get("Vary", "").split(",")} - {"", "accept-encoding"}
    return (
        response.status_code in LIFE
        and not (response.status_code == 404 and wanted.query)
        and not response.streaming
        and not response.cookies
        and not PRIVATE.search(response.get("Cache-Control", ""))
        and varies <= ({"accept-language"} if wanted.language else set())
        and not any("nonce-" in value for name, value in response.items() if name.startswith("Content-Security-"))
        and "Content-Encoding" not in response
        and _stays_on_the_site(response, wanted)
        and len(response.content) <= LARGEST
    )


def _stays_on_the_site(response, wanted):
    """A redirect that names a host is for requests to this host only."""
    location = response.get("Location", "/")
    return bool(wanted.host) or (location.startswith("/") and not location.startswith("//"))


class StoredPage:
    """An answer in every encoding, with its headers ready; without a response, a note that it may not be shared.

    `previous`: the page that it replaces, for the date of a view that gives one (`Last-Modified`).
    """

    __slots__ = ("checked", "expires", "is_shared", "size", "status", "until", "variants", "version")

    def __init__(self, key, version, until, response=None, previous=None):
        self.version, self.until = version, until
        self.is_shared = response is not None
        self.status = response.status_code if self.is_shared else 0
        self.checked = time.monotonic()
        self.expires = self.checked + LIFE.get(self.status, LIFE[200])
        self.variants = _variants(response) if self.is_shared else {}
        if self.is_shared and "last-modified" in self.variants[""][1]:
            self._set_date(previous)
        self.size = self._size(key)

    def _size(self, key):
        names = set()  # of headers: all pages share them
        for _body, lines in self.variants.values():
            names.update(id(name) for key, (name, _value) in lines.items() for name in (key, name))
        return memory_size(self, names) + memory_size(key) + ENTRY

    def _set_date(self, previous):
        """`Last-Modified` is when this body was first rendered here: its articles' dates would not tell what left it.

        Two bodies of one second have the same date, so the second one gives none; it has its ETag.
        """
        before = previous.variants[""][1] if previous is not None and previous.is_shared else {}
        date = ("Last-Modified", http_date())
        is_same = bool(before) and before["etag"] == self.variants[""][1]["etag"]
        known = before.get("last-modified")
        for _body, lines in self.variants.values():
            lines["last-modified"] = known if is_same and known else date
            if known == date and not is_same:
                del lines["last-modified"]

    def is_current(self, version):
        now = time.monotonic()
        if version == self.version and now < self.expires and (self.until is None or time.time() < self.until):
            self.checked = now
            return True
        return False

    def is_recent(self):
        return self.is_shared and time.monotonic() - self.checked < RECENT

    def may_replace_an_error(self, version):
        return self.is_shared and version == self.version and time.monotonic() < self.expires + INSTEAD_OF_ERROR

    def answer(self, meta):
        """The response to a request with this META, while the page is current."""
        return self._response(meta, self._cache_control())

    def unshared_answer(self, meta):
        """The response while the page is not current any more: no cache in front may keep it."""
        return self._response(meta, cache_control(0))

    def wsgi_answer(self, environ):
        """(status line, [(header, value)], body)"""
        status, headers, body = self._choose(environ, self._cache_control())
        return STATUS_LINES[status], list(headers.values()), body

    def _cache_control(self):
        left = MAX_AGE + SHARED_MAX_AGE + WHILE_REVALIDATING
        if self.until is not None:
            left = min(left, self.until - time.time())
        if self.status == 404:
            left = min(left, self.expires - time.monotonic())
        return cache_control(max(0, int(left)))

    def _response(self, meta, freshness):
        status, lines, body = self._choose(meta, freshness)
        response = HttpResponseNotModified() if status == 304 else HttpResponse(body, status=status)
        response.headers = ReadyHeaders(lines)
        return response

    def _choose(self, meta, freshness):
        body, lines = self.variants[accepted(meta.get("HTTP_ACCEPT_ENCODING", ""))]
        if self.status == 200 and _is_known(meta, lines):
            status, body = 304, b""
            lines = {name: lines[name] for name in FOR_304 if name in lines}
        else:
            status, lines = self.status, dict(lines)
        lines["cache-control"] = ("Cache-Control", freshness)
        return status, lines, body


class ReadyHeaders(ResponseHeaders):
    """Headers that were checked when the page was rendered: checking them again is a third of an answer's time."""

    def __init__(self, lines):
        self._store = lines


def _variants(response):
    """{encoding: (body, {name in lower case: (name, value)})}; an encoding that saves nothing has the plain body."""
    body = response.content
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    vary = "Accept-Encoding"
    if "Accept-Language" in response.get("Vary", ""):
        vary += ", Accept-Language"
    given = [(intern(name.lower()), (intern(name), value)) for name, value in response.items()]
    kept = {key: line for key, line in given if key not in OWN_HEADERS}
    kept["vary"] = ("Vary", vary)
    plain = (body, kept | _own(body, digest))
    variants = {"": plain}
    compressible = len(body) >= WORTH_COMPRESSING and TEXT.match(response.get("Content-Type", ""))
    for encoding, encode in ENCODERS.items():
        small = encode(body) if compressible else body
        variants[encoding] = plain
        if len(small) < len(body):
            own = _own(small, f"{digest}-{encoding}") | {"content-encoding": ("Content-Encoding", encoding)}
            variants[encoding] = (small, kept | own)
    return variants


def _own(body, tag):
    return {"etag": ("ETag", f'"{tag}"'), "content-length": ("Content-Length", str(len(body)))}


def cache_control(seconds):
    """The Cache-Control of a page that changes in so many seconds: no cache in front may keep it longer."""
    shared = min(SHARED_MAX_AGE, seconds)
    line = f"public, max-age={min(MAX_AGE, seconds)}, s-maxage={shared}"
    revalidating = min(WHILE_REVALIDATING, seconds - shared)
    return f"{line}, stale-while-revalidate={revalidating}" if revalidating else line


@lru_cache(maxsize=256)
def accepted(header):
    """The encoding to answer an Accept-Encoding with: "br", "gzip" or "" (RFC 9110, 12.5.3)."""
    weights = {}
    for part in header[:200].lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameter)
    return next((name for name in ENCODERS if weights.get(name, weights.get("*", False))), "")


def _is_known(meta, lines):
    """Whether the client has this page: by its ETag; a client that names none, by its date (RFC 9110, 13.1.3)."""
    if wanted := meta.get("HTTP_IF_NONE_MATCH"):
        return _matches(wanted, lines["etag"][1])
    since = "last-modified" in lines and parse_http_date_safe(meta.get("HTTP_IF_MODIFIED_SINCE", ""))
    return bool(since) and since >= parse_http_date_safe(lines["last-modified"][1])


def _matches(wanted, etag):
    """Compared weakly (RFC 9110, 13.1.2, If-None-Match): proxies that encode the body anew weaken the tag."""
    return wanted == etag or any(tag.strip().removeprefix("W/") in (etag, "*") for tag in wanted.split(","))
