"""The limits of the log-in are counted in Django's cache: each test begins with none used. An identity provider."""

import pytest
from django.core.cache import cache

from newsroom.login.models import OutsideAccount
from tests.cast import make_user

from .provider import CLIENT, SECRET, Provider


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def provider(settings):
    provider = Provider()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider.issuer, CLIENT, SECRET
    settings.OIDC_NAME = "Staff account"
    yield provider
    provider.end()


@pytest.fixture
def edna(provider):
    edna = make_user("edna", "editor")
    OutsideAccount.objects.create(user=edna, issuer=provider.issuer, subject="edna-at-home")
    return edna
