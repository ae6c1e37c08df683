"""Check of the cache: Redis, if CACHE_URL names one, holds the site version and counts the uses of forms."""

import secrets

from django.conf import settings
from django.core.cache import cache

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
