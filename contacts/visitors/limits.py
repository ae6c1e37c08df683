"""How often one client may use a public form: counted in Django's cache, by a digest of the IP address, for minutes.

With the cache of each process (no CACHE_URL) each process counts for itself.
"""

import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache

from .addresses import client_address


def is_too_often(request, name, most, seconds):
    """Count a use of the form `name`; whether it is more than `most` in this slot of so many seconds."""
    slot = int(time.time() // seconds)
    client = f"{name} {slot} {client_address(request)}"
    key = f"newsroom:limit:{hmac.new(settings.SECRET_KEY.encode(), client.encode(), hashlib.sha256).hexdigest()}"
    if cache.add(key, 1, timeout=seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ended just now
        return False
