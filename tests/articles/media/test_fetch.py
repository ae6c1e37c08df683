"""Fetching from other sites: nothing of the own network, nothing too large or slow, each redirect checked again."""

import contextlib
import socket
import threading
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.media import fetch as module
from articles.media.fetch import FetchError, fetch, is_public, normalized
from tests import files

pytestmark = pytest.mark.one_database


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].strip("/").partition("/")[0]
        getattr(self, f"answer_{name}", self.answer_404)()

    def answer(self, content, status=200, **headers):
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(content)

    def answer_picture(self):
        self.answer(files.picture(60, 40), Content_Type="text/html")

    def answer_404(self):
        self.answer(b"", 404)

    def answer_page(self):
        self.answer(b"<html>", Content_Type="image/jpeg")

    def answer_large(self):
        self.answer(b"x" * (module.MOST_BYTES + 10))

    def answer_round(self):
        self.answer(b"", 302, Location="/round")

    def answer_moved(self):
        self.answer(b"", 301, Location="/picture")

    def answer_inside(self):
        self.answer(b"", 302, Location="http://127.0.0.2/picture")

    def answer_file(self):
        self.answer(b"", 302, Location="file:///etc/passwd")

    def answer_slow(self):
        with contextlib.suppress(OSError):
            for _each in range(100):
                self.wfile.write(b"H")
                time.sleep(0.1)

    def answer_slowbody(self):
        """Without a length, so that the client's connection is that of the body only."""
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n")
            for _each in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def site():
    """A local web server; `site.fetch` may connect to it alone."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.daemon_threads = [], True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    server.fetch = partial(fetch, is_allowed=lambda ip: ip == "127.0.0.1", ports=(80, server.server_port))
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_file_is_fetched_without_saying_more_than_needed(site):
    assert site.fetch(f"{site.url}/picture?size=1") == files.picture(60, 40)
    path, headers = site.asked[0]
    assert path == "/picture?size=1"
    assert {name.lower() for name in headers} <= {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_a_redirect_is_followed(site):
    assert site.fetch(f"{site.url}/moved") == files.picture(60, 40)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answers 404"),
        ("large", "larger than 10 MB"),
        ("round", "more than 3 redirects"),
        ("inside", "not on the public internet"),
        ("file", "no http or https address"),
    ],
)
def test_what_cannot_be_fetched_says_why(site, path, reason):
    with pytest.raises(FetchError, match=reason):
        site.fetch(f"{site.url}/{path}")


@pytest.mark.parametrize("path", ["slow", "slowbody"])
def test_a_site_that_sends_byte_by_byte_is_cut_off(site, monkeypatch, path):
    monkeypatch.setattr(module, "SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(FetchError, match="took longer") as caught:
        site.fetch(f"{site.url}/{path}")
    assert caught.value.is_unreachable
    assert time.monotonic() - started < 8


def test_the_own_machine_is_refused_by_default(site):
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"):
        with pytest.raises(FetchError, match=r"not on the public internet|no address"):
            fetch(f"http://{host}:{site.server_port}/picture", ports=(site.server_port,))
    assert site.asked == []


def test_a_name_is_resolved_once_and_the_checked_address_is_used(site, monkeypatch):
    """A name server that gives a public address first and a private one afterwards wins nothing."""
    answers, asked = iter(["93.184.215.14", "127.0.0.1"]), []

    def resolve(host, port, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    connected = []

    def connect(address, timeout):
        connected.append(address[0])
        raise OSError

    monkeypatch.setattr(module.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(module.socket, "create_connection", connect)
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("http://rebinding.example/a.jpg")
    assert (asked, connected) == (["rebinding.example"], ["93.184.215.14"])


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    found = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_arguments, **_options: found)
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch("http://both.example/a.jpg")


PRIVATE = (
    "127.0.0.1 127.8.9.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 "
    "240.0.0.1 255.255.255.255 192.0.2.1 198.18.0.1 203.0.113.9 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd12::1 fec0::1 "
    "ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 2002:7f00:1:: 2001:0:1::1 64:ff9b::7f00:1 "
    "64:ff9b:1::1 2001:db8::1"
)


@pytest.mark.parametrize("ip", PRIVATE.split())
def test_private_addresses_are_refused(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"])
def test_public_addresses_are_allowed(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.org/a.jpg", "no http"),
        ("http://user:secret@example.org/a.jpg", "user name"),
        ("http://example.org:22/a.jpg", "port 22"),
        ("http://example.org:99999/", "no valid address"),
        ("http:///a.jpg", "no http"),
        ("https://example.org/" + "a" * 2000, "2000 characters"),
        ("http://example.org/a b\r\nHost: x", "no http"),
    ],
)
def test_other_addresses_are_refused(address, reason):
    with pytest.raises(FetchError, match=reason):
        fetch(address)


def test_an_address_has_one_spelling():
    assert normalized("//example.org/a.jpg") == "https://example.org/a.jpg"
    assert normalized(" HTTP://Example.ORG/été 1.jpg?a=b c#x") == "http://example.org/%C3%A9t%C3%A9%201.jpg?a=b%20c"
    assert normalized("https://bücher.example/a.jpg") == "https://xn--bcher-kva.example/a.jpg"


@given(st.text(max_size=60))
def test_any_text_is_normalized_or_refused(text):
    address = normalized(f"http://{text}")
    assert normalized(address) == normalized(normalized(address))
    with pytest.raises(FetchError):
        fetch(address, is_allowed=lambda ip: False, ports=())
