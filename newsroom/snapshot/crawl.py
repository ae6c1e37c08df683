"""Requests every public URL of the site, as a reader would, and gives the files of a snapshot."""

import time
from collections import deque
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import override

from contacts.reachable.now import without_availability

from ..serving.health import lists_are_ready
from .addresses import Address, file_name

FOR_PROGRAMS = ("robots", "sitemap")
MOVED = (301, 302, 303, 307, 308)
WAIT = 0.2  # seconds, until the lists are read
FORWARD = """<!doctype html>
<html><head><meta charset="utf-8"><title>{url}</title><meta http-equiv="refresh" content="0; url={url}">\
<link rel="canonical" href="{full}"></head><body><p><a href="{url}">{url}</a></p></body></html>
"""


class Kept(NamedTuple):
    """A file of the snapshot: its name, and its bytes in parts."""

    name: str
    parts: object


class Fault(NamedTuple):
    """An address that a page leads to and that did not answer with a page."""

    address: Address
    status: int
    found_on: Address


class Crawl:
    def __init__(self, links):
        self.links, self.faults = links, []
        parts = urlsplit(links.site)
        self._headers = {"HTTP_HOST": parts.netloc, "HTTP_X_FORWARDED_PROTO": parts.scheme}
        self._secure = parts.scheme == "https"
        self._queue = deque()
        self.found = {}  # {Address: the first page that leads there}

    def files(self):
        """Yield a Kept for each address. Its parts must be read before the next one."""
        while not lists_are_ready():
            time.sleep(WAIT)
        self._add(_starts(), Address("/"))
        while self._queue:
            address = self._queue.popleft()
            is_static = address.path.startswith(settings.STATIC_URL)
            kept = self._static(address) if is_static else self._page(address)
            if kept is not None:
                yield kept  # the client closes what was streamed when it has been read

    def _add(self, addresses, found_on):
        for address in addresses:
            if address not in self.found:
                self.found[address] = found_on
                self._queue.append(address)

    def _static(self, address):
        name = address.path.removeprefix(settings.STATIC_URL)
        path = finders.find(name)
        if not path and not staticfiles_storage.exists(name):
            return self._fault(address, 404)
        body = Path(path).read_bytes() if path else staticfiles_storage.open(name).read()
        if name.endswith(".css"):
            self._add(self.links.in_styles(address, body.decode()), address)
        return Kept(file_name(address), [body])

    def _page(self, address):
        response = self._ask(address)
        if response.status_code in MOVED:
            return self._moved(address, response)
        if response.status_code != 200:
            return self._fault(address, response.status_code)
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming:
            return Kept(file_name(address), response.streaming_content)
        if kind == "text/html":
            text, found = self.links.rewritten(address, response.content.decode())
        elif kind.endswith(("xml", "json")) or kind == "text/plain":
            text = response.content.decode()
            text = self.links.in_robots(text) if kind == "text/plain" else text
            found, text = self.links.in_xml(address, text), self.links.for_host(text)
        else:
            return Kept(file_name(address), [response.content])
        self._add(found, address)
        return Kept(file_name(address), [text.encode()])

    def _ask(self, address):
        # A client of its own for each: nothing of one answer gets into the next request.
        with without_availability():
            return Client(raise_request_exception=False).get(str(address), secure=self._secure, **self._headers)

    def _moved(self, address, response):
        """A small page that leads on; for a file that has moved, the file itself."""
        full = urljoin(f"{self.links.site}{address}", response["Location"])
        target = self.links.own(full)
        if target is not None and not address.path.endswith("/"):
            response = self._ask(target)
            parts = response.streaming_content if response.streaming else [response.content]
            return Kept(file_name(address), parts) if response.status_code == 200 else self._fault(address, 404)
        link, found = self.links.link(address, response["Location"])
        self._add(found, address)
        return Kept(file_name(address), [format_html(FORWARD, url=link, full=full).encode()])

    def _fault(self, address, status):
        self.faults.append(Fault(address, status, self.found[address]))


def _starts():
    addresses = [reverse("root"), *map(reverse, FOR_PROGRAMS)]
    for code, _ in settings.LANGUAGES:
        with override(code):
            addresses += [reverse("articles:home"), reverse("articles:corrections")]
    return [Address.of(one) for one in addresses]
