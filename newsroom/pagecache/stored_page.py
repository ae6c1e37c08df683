"""A stored page: which answers may be stored, and how they are given again."""

import gzip
import hashlib
import re
import time
from functools import lru_cache
from http.client import responses

import brotli
from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import ResponseHeaders

# How long a page is kept when nothing tells of a change, by status.
LIFE = {200: 60, 301: 60, 404: 10, 410: 60}
STATUS_LINES = {status: f"{status} {responses[status]}" for status in (*LIFE, 304)}
IN_TROUBLE = 600  # seconds that it is shown beyond that, while there is no way to render it
STANDS_IN = 10  # seconds since it was right, for those who do not wait for its successor
LARGEST = 2 * 1024 * 1024

# Caches in front, then the browser: the sum is below the minute in which everybody sees a publication.
MAX_AGE, SHARED_MAX_AGE, WHILE_REVALIDATING = 10, 30, 15

NOT_KEPT = {"cache-control", "etag", "content-length", "vary", "expires", "date"}
FOR_304 = ("etag", "vary", "content-location", "last-modified")
PRIVATE = re.compile(r"\b(private|no-store|no-cache)\b")
TEXT = re.compile(r"text/|application/(.*\+)?(json|xml|javascript)\b|image/svg\+xml")
WORTH_COMPRESSING = 200  # bytes
# Quality 5 costs about what gzip costs; 11 would take longer than the page.
ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}


def may_be_stored(response, asked):
    """Whether anybody who asks for the same key may be given this answer."""
    varies = {word.strip().lower() for word in response.get("Vary", "").split(",")} - {"", "accept-encoding"}
    return (
        response.status_code in LIFE
        and not (response.status_code == 404 and asked.query)
        and not response.streaming
        and not response.cookies
        and not PRIVATE.search(response.get("Cache-Control", ""))
        and varies <= ({"accept-language"} if asked.language else set())
        and not any("nonce-" in value for name, value in response.items() if name.startswith("Content-Security-"))
        and "Content-Encoding" not in response
        and _leads_home(response, asked)
        and len(response.content) <= LARGEST
    )


def _leads_home(response, asked):
    """A redirect with a host in it belongs to the host that was asked."""
    location = response.get("Location", "/")
    return bool(asked.host) or (location.startswith("/") and not location.startswith("//"))


class Page:
    """An answer in every encoding, with its header lines ready; without a response: one that is not stored."""

    __slots__ = ("checked", "expires", "is_shared", "size", "status", "until", "variants", "version")

    def __init__(self, version, until, response=None, language=""):
        self.version, self.until = version, until
        self.is_shared = response is not None
        self.status = response.status_code if self.is_shared else 0
        self.checked = time.monotonic()
        self.expires = self.checked + LIFE.get(self.status, LIFE[200])
        self.variants = _variants(response, language) if self.is_shared else {}
        bodies = {id(body): len(body) for body, _ in self.variants.values()}
        self.size = 2000 + sum(bodies.values())  # header lines and the key weigh something, too

    def is_current(self, version):
        now = time.monotonic()
        if version == self.version and now < self.expires and (self.until is None or time.time() < self.until):
            self.checked = now
            return True
        return False

    def may_stand_in(self):
        return self.is_shared and time.monotonic() - self.checked < STANDS_IN

    def helps_in_trouble(self, version):
        return self.is_shared and version == self.version and time.monotonic() < self.expires + IN_TROUBLE

    def answer(self, meta):
        """The response to a request with this META, while the page is current."""
        return self._response(meta, self._freshness())

    def answer_once(self, meta):
        """The same for a page that is not current any more: nobody else shall keep it."""
        return self._response(meta, cache_control(0))

    def lines(self, meta):
        """(status line, [(name, value)], body): the answer in the terms of WSGI."""
        status, lines, body = self._choose(meta, self._freshness())
        return STATUS_LINES[status], list(lines.values()), body

    def _freshness(self):
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
        wanted = meta.get("HTTP_IF_NONE_MATCH")
        if wanted and self.status == 200 and _matches(wanted, lines["etag"][1]):
            status, body = 304, b""
            lines = {name: lines[name] for name in FOR_304 if name in lines}
        else:
            status, lines = self.status, dict(lines)
        lines["cache-control"] = ("Cache-Control", freshness)
        return status, lines, body


class ReadyHeaders(ResponseHeaders):
    """Headers that were checked when the page was rendered: to check them again is a third of an answer's time."""

    def __init__(self, lines):
        self._store = lines


def _variants(response, language):
    """{encoding: (body, {name in lower case: (name, value)})}; one that does not pay is the plain one."""
    body = response.content
    digest = hashlib.blake2b(body, digest_size=12).hexdigest()
    vary = "Accept-Encoding, Accept-Language" if language else "Accept-Encoding"
    kept = {name.lower(): (name, value) for name, value in response.items() if name.lower() not in NOT_KEPT}
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


@lru_cache(maxsize=64)
def cache_control(seconds):
    """How long others may keep a page that changes in so many seconds: none of them longer."""
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


def _matches(wanted, etag):
    """Weakly, as RFC 9110 (13.1.2) has it for If-None-Match; proxies that re-encode weaken our tag."""
    return wanted == etag or any(tag.strip().removeprefix("W/") in (etag, "*") for tag in wanted.split(","))
