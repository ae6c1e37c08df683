"""Makes requests to the identity provider, and verifies its ID tokens.

The code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 7636). PyJWT checks signature, issuer,
audience and time of the ID token.
"""

import base64
import hashlib
import json
import secrets
import time
from functools import lru_cache
from http.client import HTTPException
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from contacts.validators import parts_of

USED = "sso"  # in the session: the provider opened it; {"sub": the person, "sid": the session there, or None}
ASKED = "oidc"  # in the session: what was sent along, and where the person wants to go
LASTS = 15 * 60  # seconds
SCOPE = "openid email profile"
TIMEOUT = 10  # seconds
MOST_BYTES = 1024 * 1024
KEPT = 3600  # seconds, of what the provider says about itself
LEEWAY = 60  # seconds between the clocks
# Signed with the provider's private key: a shared secret or none would let others sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat"]
LOG_OUT = "http://schemas.openid.net/event/backchannel-logout"


class Failed(Exception):
    """The provider did not answer, or its answer is not what was asked for. The text is for the log."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


_opener = build_opener(_NoRedirect)


def name():
    """How people call the provider; empty if there is none."""
    return (settings.OIDC_NAME or _("single sign-on")) if settings.OIDC_ISSUER else ""


def description():
    """What the provider says about itself: its URLs (OpenID Connect Discovery 1.0, 4)."""
    key = f"newsroom:oidc:{settings.OIDC_ISSUER}"
    if known := cache.get(key):
        return known
    told = _json(Request(f"{settings.OIDC_ISSUER.rstrip('/')}/.well-known/openid-configuration"))
    if told.get("issuer") != settings.OIDC_ISSUER:
        raise Failed("The provider calls itself by another name than OIDC_ISSUER.")
    for wanted in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if parts_of(str(told.get(wanted))).scheme not in ("https", parts_of(settings.OIDC_ISSUER).scheme):
            raise Failed(f"The provider’s {wanted} is missing, or no https address.")
    cache.set(key, told, KEPT)
    return told


def start(request, page, connects=False):
    """The URL to which the browser goes. `connects`: the identity is connected to the user who is logged in."""
    told, state, nonce, verifier = description(), *(secrets.token_urlsafe(32) for _number in range(3))
    request.session[ASKED] = {
        "state": state, "nonce": nonce, "verifier": verifier, "page": page, "connects": connects, "at": time.time()
    }  # fmt: skip
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": settings.OIDC_CLIENT_ID, "redirect_uri": _back(request), "scope": SCOPE,
        "state": state, "nonce": nonce, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return _with(told["authorization_endpoint"], asked)


def finish(request):
    """(the claims of the person, what `start` has noted). Raises Failed. Each answer counts once."""
    asked = request.session.pop(ASKED, None)
    if asked is None or asked["at"] < time.time() - LASTS:
        raise Failed("Nothing was asked, or long ago.")
    if not constant_time_compare(request.GET.get("state", ""), asked["state"]):
        raise Failed("The answer belongs to another browser.")
    if "code" not in request.GET:
        raise Failed(f"The provider refused: {request.GET.get('error', '')[:100]}")
    told = description()
    claims = _claims(told, _token(told, _back(request), request.GET["code"], asked["verifier"]), REQUIRED)
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.OIDC_CLIENT_ID:
        raise Failed("The ID token is for another client.")
    if not constant_time_compare(str(claims.get("nonce", "")), asked["nonce"]):
        raise Failed("The ID token has another nonce.")
    return claims, asked


def _token(told, back, code, verifier):
    """The ID token for a code (OpenID Connect Core 1.0, 3.1.3)."""
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    client, secret = settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET
    headers = {"Accept": "application/json"}
    if "client_secret_basic" in told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"  # RFC 6749, 2.3.1
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        sent |= {"client_id": client, "client_secret": secret}
    answer = _json(Request(told["token_endpoint"], urlencode(sent).encode(), headers, method="POST"))
    return str(answer.get("id_token", ""))


def logged_out(token):
    """(person, session at the provider, when) of a logout token; one of the first two may be empty. Raises Failed.

    OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6. Each counts once, and not for long.
    """
    claims = _claims(description(), token, ["iss", "aud", "iat", "jti", "events"])
    events, named = claims["events"], [claims.get(name) or "" for name in ("sub", "sid")]
    if not isinstance(events, dict) or not isinstance(events.get(LOG_OUT), dict) or "nonce" in claims:
        raise Failed("The logout token is none.")
    if not any(named) or not all(isinstance(one, str) for one in named):
        raise Failed("The logout token names nobody.")
    if claims["iat"] < time.time() - LASTS:
        raise Failed("The logout token is from long ago.")
    once = hashlib.sha256(str(claims["jti"]).encode()).hexdigest()
    if not cache.add(f"newsroom:oidc:log-out:{once}", 1, LASTS + LEEWAY):
        raise Failed("The logout token was here before.")
    return *named, claims["iat"]


def _claims(told, token, required):
    try:
        return jwt.decode(
            token,
            _keys(told["jwks_uri"]).get_signing_key_from_jwt(token).key,
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER,
            leeway=LEEWAY,
            options={"require": required},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Failed(f"The token is not right: {error}") from error


@lru_cache(maxsize=4)
def _keys(address):
    """PyJWT asks for the keys again when a token names one that it does not know."""
    return jwt.PyJWKClient(address, timeout=TIMEOUT)


def log_out_address(request):
    """Where somebody ends the session at the provider, too; empty if it does not say (RP-Initiated Logout 1.0)."""
    try:
        end = description().get("end_session_endpoint", "") if settings.OIDC_ISSUER else ""
    except Failed:
        return ""
    back = request.build_absolute_uri(reverse("admin:login"))
    return _with(end, {"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}) if end else ""


def _back(request):
    """The URL of newsroom that the provider must know."""
    base = settings.NEWSROOM_BASE_URL.rstrip("/")
    path = reverse("admin:sso_back")
    return f"{base}{path}" if base else request.build_absolute_uri(path)


def _with(address, values):
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"


def _json(request):
    try:
        with _opener.open(request, timeout=TIMEOUT) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except (OSError, HTTPException, ValueError) as error:
        raise Failed(f"The provider did not answer: {error}") from error
    if not isinstance(found, dict):
        raise Failed("The provider’s answer is no JSON object.")
    return found
