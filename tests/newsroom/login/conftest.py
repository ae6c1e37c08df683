"""The limits of the log-in are counted in Django's cache: each test begins with none used."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()
