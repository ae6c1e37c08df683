"""Somebody logs out at the identity provider: their sessions here end, and nobody else can end them so."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from newsroom.login.models import OpenSession, OutsideAccount
from newsroom.login.sso.provider import LOG_OUT
from tests.cast import make_user

from .pages import log_in
from .provider import CLIENT
from .test_single_sign_on import is_in, sign_on

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
ADDRESS = "/admin/login/sso/log-out/"


def token(provider, key=None, algorithm="ES256", **changes):
    now = int(time.time())
    claims = {
        "iss": provider.issuer, "aud": CLIENT, "iat": now, "exp": now + 60, "jti": f"{time.monotonic_ns()}",
        "events": {LOG_OUT: {}}, "sub": "edna-at-home",
    }  # fmt: skip
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode(claims, key or provider.key, algorithm, headers={"kid": "1", "typ": "logout+jwt"})


def send(told):
    """As the provider does: without cookies, and with a check for tokens against forged requests."""
    return Client(enforce_csrf_checks=True).post(ADDRESS, {"logout_token": told})


def test_the_sessions_of_the_person_end_that_the_provider_has_opened(client, edna, provider):
    sign_on(client, provider)
    provider.claims = {"sub": "walt-at-home"}
    walt, by_password = Client(), Client()
    OutsideAccount.objects.create(user=make_user("walt", "writer"), issuer=provider.issuer, subject="walt-at-home")
    sign_on(walt, provider)
    log_in(by_password, "edna")
    answer = send(token(provider))
    assert (answer.status_code, answer.content) == (200, b"")
    assert "no-store" in answer["Cache-Control"]
    assert [is_in(one) for one in (client, walt, by_password)] == [False, True, True]
    assert send(token(provider)).status_code == 200  # nobody is logged in any more


def test_only_one_session_ends_if_the_provider_names_it(edna, provider):
    desk, phone = Client(), Client()
    for browser, sid in ((desk, "desk"), (phone, "phone")):
        provider.claims = {"sid": sid}
        sign_on(browser, provider)
    assert send(token(provider, sid="phone")).status_code == 200
    assert [is_in(desk), is_in(phone)] == [True, False]
    send(token(provider, sid="elsewhere"))
    send(token(provider, sid="desk", sub="walt-at-home"))
    assert is_in(desk)
    send(token(provider, sid="desk", sub=None))
    assert not is_in(desk)


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another"}, {"aud": None}, {"iss": "https://evil.example"}, {"iat": None}, {"iat": 99999999999},
        {"iat": 1600000000}, {"exp": 1600000000}, {"jti": None}, {"events": None}, {"events": {}}, {"events": [LOG_OUT]},
        {"events": {LOG_OUT: "now"}}, {"nonce": "n"}, {"sub": None}, {"sub": None, "sid": 7}, {"sub": ""},
        {"key": ec.generate_private_key(ec.SECP256R1())}, {"key": "x" * 32, "algorithm": "HS256"},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_forged_or_for_another_purpose_ends_nothing(client, edna, provider, changes):
    sign_on(client, provider)
    answer = send(token(provider, **changes))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert is_in(client)


def test_a_token_counts_once_and_never_ends_what_was_begun_after_it(client, edna, provider):
    told = token(provider, jti="once")
    assert [send(told).status_code for _ in range(2)] == [200, 400]
    sign_on(client, provider)
    OpenSession.objects.update(began_at=timezone.now())
    assert send(token(provider, iat=int(time.time()) - 300)).status_code == 200
    assert is_in(client)


def test_without_a_token_or_a_provider_nothing_ends(client, edna, provider, settings):
    unsigned = jwt.encode({"sub": "edna-at-home"}, None, "none")
    assert [send(told).status_code for told in ("", "x", "a.b.c", unsigned)] == [400] * 4
    assert Client().get(ADDRESS).status_code == 405
    settings.OIDC_ISSUER = ""
    assert send(token(provider)).status_code == 404


def test_one_client_may_not_ask_for_ever(edna, provider, monkeypatch):
    monkeypatch.setattr("newsroom.login.sso.back_channel.MOST", 2)
    assert [send("x").status_code for _ in range(3)] == [400, 400, 429]
