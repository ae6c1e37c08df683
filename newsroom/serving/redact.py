"""Removes personal data from logs and reports: e-mail addresses, IP addresses, tokens of personal links.

Of an IP address the network stays, as `contacts.visitors.addresses` keeps it.
"""

import re
from ipaddress import ip_address, ip_network

from contacts.visitors.addresses import KEPT_BITS

# Tokens of personal links, of links in mails, of invitations and new passwords: whoever reads the log could open them.
_token = re.compile(
    r"(/(?:review|press|(?:alerts|press-mails)/\w+|login/(?:invitation|reset/\w+))/[\w:.-]{4})[\w:.-]{8,}"
)
_mail = re.compile(r"[\w.+'-]+@([\w-]+(?:\.[\w-]+)+)")
_ipv4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)")
_ipv6 = re.compile(r"(?<![\w:.])[0-9a-fA-F]{1,4}:[0-9a-fA-F:.]{2,40}(?![\w:])")


def redacted(text):
    text = _token.sub(r"\1…", text)
    if "@" in text:
        text = _mail.sub(r"…@\1", text)
    text = _ipv4.sub(_network, text)
    return _ipv6.sub(_network, text) if ":" in text else text


def _network(found):
    try:
        address = ip_address(found.group())
    except ValueError:  # a time, a version
        return found.group()
    if address.is_loopback or address.is_unspecified:
        return found.group()
    return str(ip_network((address, KEPT_BITS[address.version]), strict=False))
