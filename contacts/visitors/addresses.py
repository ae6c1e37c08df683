"""The IP address of a client, as far as trusted proxies report it, and the network that is stored of it."""

from ipaddress import ip_address, ip_network

from django.conf import settings

KEPT_BITS = {4: 24, 6: 48}  # of an IP address: enough to know an organisation, not a person


def client_address(request):
    """The IP address of the client; None if it is not known. Of IPv6 the first half: a customer has the rest.

    Each proxy appends the IP address that it was asked from. So with two trusted proxies the last but one is the
    client's, whatever the client has written before it.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    number = settings.TRUSTED_PROXIES
    given = forwarded[-number] if 0 < number <= len(forwarded) else ""
    return _address(given) or _address(request.META.get("REMOTE_ADDR", ""))


def _address(text):
    text = text.strip()
    if text.startswith("["):  # [2001:db8::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:443
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if address.version == 6:
        address = address.ipv4_mapped or ip_network((address, 64), strict=False).network_address
    return str(address)


def network(request):
    """The client's network, such as 192.0.2.0/24; empty if it is not known."""
    address = client_address(request)
    if address is None:
        return ""
    return str(ip_network((address, KEPT_BITS[ip_address(address).version]), strict=False))
