"""Checks of the caches: Redis, if CACHE_URL names one, and those in front of the site (PURGE_URL).

Redis holds the site version and counts the uses of forms.
"""

import secrets

from django.conf import settings
from django.core.cache import cache

from ..cluster import purge
from .finding import Finding

KEY = "newsroom:doctor"


def cache_answers():
    value = secrets.token_hex(8)
    try:
        cache.set(KEY, value, timeout=60)
        answer = cache.get(KEY)
    except Exception as error:  # of the redis package, which need not be installed
        sentence = f"Redis does not answer: {type(error).__name__}."
        remedy = "Is it running, and is CACHE_URL right? Publications show after a minute instead of a second."
        yield Finding("away", sentence, remedy)
        return
    if answer != value and settings.CACHE_URL:
        yield Finding("forgets", "Redis forgets at once what it is given.", "Give it more memory (maxmemory).")


def caches_in_front_answer():
    remedy = "Is PURGE_URL right, and may this machine purge? Readers see changes after a minute instead of seconds."
    for kind, error in purge.refusals():
        yield Finding(kind, f"The cache in front ({kind}) cannot be told of changes: {error}.", remedy)
