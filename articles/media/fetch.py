"""Fetches one URL of another site, for imports, checks of links and webhooks; never from the own network.

The name is resolved once, every address must be public, and the connection goes to the address that was checked: a
name server that answers otherwise the second time changes nothing. Each redirect is checked again.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 10  # for all of one file, its redirects included
REDIRECTS = 3
MOST_BYTES = 10 * 1024 * 1024
MOST_OF_ANSWER = 2000  # bytes of the answer to a POST
LONGEST_ADDRESS = 2000
PORTS = (80, 443)
# Networks that `is_global` takes for public ones, but that lead to IPv4 addresses which nobody has checked:
# 6to4, Teredo, NAT64 (RFC 3056, 4380, 6052, 8215), and IPv4 written as IPv6.
TUNNELS = [ipaddress.ip_network(each) for each in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48", "::/80")]
HEADERS = {"User-Agent": "newsroom-import", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


class FetchError(Exception):
    """The file cannot be fetched; its text is a clause. `is_unreachable`: the site does not answer at all.

    `status`: what it answers instead of 200, else 0.
    """

    def __init__(self, text, is_unreachable=False, status=0):
        super().__init__(text)
        self.is_unreachable, self.status = is_unreachable, status


def is_remote(address):
    """Whether it is an address of another site, and not a path beside the fixture."""
    return address.strip().lower().startswith(("http://", "https://", "//"))


def normalized(address):
    """The address as it is asked for and remembered: with a scheme, without fragment, in ASCII."""
    address = address.strip()
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return address
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{user}{host}{port}{path}{query}"


# Public addresses that lead elsewhere: relays of 6to4, examples (RFC 9637), and the platform of one cloud.
OTHERS = [ipaddress.ip_network(each) for each in ("192.88.99.0/24", "3fff::/20", "168.63.129.16/32")]


def is_public(ip):
    """Whether the address (text) is one of the public internet."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if address.version == 6 and (
        address.ipv4_mapped or address.is_site_local or any(address in net for net in TUNNELS)
    ):
        return False
    if any(address in net for net in OTHERS):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def fetch(address, is_allowed=is_public, ports=PORTS):
    """The bytes at an http(s) address. Raises FetchError.

    `is_allowed(ip)` says whether an address may be connected to.
    """
    return _followed(address, is_allowed, ports, MOST_BYTES)


def reach(address, is_allowed=is_public, ports=PORTS):
    """Raise FetchError unless an http(s) address answers 200; what it sends is not read."""
    _followed(address, is_allowed, ports, 0)


def post(address, body, headers, is_allowed=is_public, ports=PORTS):
    """(status, beginning of the answer as text) of a POST. Redirects are not followed. Raises FetchError."""
    deadline = time.monotonic() + SECONDS
    parts, port = _checked_parts(normalized(address), ports)
    connection = _Connection(parts, port, _resolved(parts.hostname, port, is_allowed), deadline)
    try:
        with connection:
            target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            own = {"User-Agent": "newsroom-webhook", "Connection": "close"}
            connection.request("POST", target, body=body, headers=own | headers)
            with connection.getresponse() as response:
                status, answer = response.status, response.read(MOST_OF_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.is_late or isinstance(error, TimeoutError):
            raise FetchError(f"took longer than {SECONDS} seconds", is_unreachable=True) from error
        raise FetchError(f"the site cannot be reached: {type(error).__name__}", is_unreachable=True) from error
    if connection.is_late:
        raise FetchError(f"took longer than {SECONDS} seconds", is_unreachable=True)
    return status, answer.decode(errors="replace")


def _followed(address, is_allowed, ports, most_bytes):
    deadline = time.monotonic() + SECONDS
    for _attempt in range(REDIRECTS + 1):
        target, content = _get(address, deadline, is_allowed, ports, most_bytes)
        if target is None:
            return content
        address = normalized(urljoin(address, target))
    raise FetchError(f"more than {REDIRECTS} redirects")


def _get(address, deadline, is_allowed, ports, most_bytes):
    """(target of a redirect, None) or (None, content); with `most_bytes` 0 the content is not read."""
    parts, port = _checked_parts(address, ports)
    connection = _Connection(parts, port, _resolved(parts.hostname, port, is_allowed), deadline)
    try:
        with connection:
            connection.request("GET", f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}", headers=HEADERS)
            with connection.getresponse() as response:
                if response.status in (301, 302, 303, 307, 308) and response.headers.get("Location"):
                    return response.headers["Location"], None
                if response.status != 200:
                    raise FetchError(f"the site answers {response.status}", status=response.status)
                content = response.read(most_bytes + 1) if most_bytes else b""
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.is_late:
            raise FetchError(f"took longer than {SECONDS} seconds", is_unreachable=True) from error
        raise FetchError(f"the site cannot be reached: {type(error).__name__}", is_unreachable=True) from error
    if connection.is_late:  # what was cut off may look whole
        raise FetchError(f"took longer than {SECONDS} seconds", is_unreachable=True)
    if len(content) > most_bytes:
        raise FetchError(f"is larger than {most_bytes // 1024 // 1024} MB")
    return None, content


def _checked_parts(address, ports):
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError as error:
        raise FetchError("is no valid address") from error
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or not address.isascii()
        or not address.isprintable()
    ):
        raise FetchError("is no http or https address")
    if len(address) > LONGEST_ADDRESS:
        raise FetchError(f"has more than {LONGEST_ADDRESS} characters")
    if "@" in parts.netloc:
        raise FetchError("contains a user name")
    if port not in ports:
        raise FetchError(f"port {port} is not allowed")
    return parts, port


def _resolved(host, port, is_allowed):
    """The IP addresses of the host. One that is not public makes all suspect."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("the site has no address", is_unreachable=True) from error
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(is_allowed(address) for address in addresses):
        raise FetchError("the site is not on the public internet")
    return addresses


class _Connection(http.client.HTTPConnection):
    """A connection to checked addresses, which is cut off at the deadline whatever it is doing."""

    def __init__(self, parts, port, addresses, deadline):
        self.is_tls, self.addresses, self.deadline = parts.scheme == "https", addresses, deadline
        self.default_port = 443 if self.is_tls else 80  # others stand in the Host header
        super().__init__(parts.hostname, port)
        self.timer = threading.Timer(max(deadline - time.monotonic(), 0), self._cut_off)
        self.timer.daemon = True
        self.is_late = False
        self.open_sock = None  # `self.sock` is None as soon as an answer says "Connection: close"

    def __enter__(self):
        self.timer.start()
        return self

    def __exit__(self, *error):
        self.timer.cancel()
        self.close()
        if self.open_sock is not None:
            self.open_sock.close()

    def connect(self):
        error = OSError("no address")
        for address in self.addresses:
            try:
                self.sock = socket.create_connection((address, self.port), max(self.deadline - time.monotonic(), 0.1))
                self.open_sock = self.sock
                break
            except OSError as failed:
                error = failed
        else:
            raise error
        if self.is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
            self.open_sock = self.sock

    def _cut_off(self):
        self.is_late = True
        if (sock := self.open_sock) is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                sock.close()
