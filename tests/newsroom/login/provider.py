"""An identity provider on this machine (OpenID Connect), which signs whatever claims a test wants."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

CLIENT, SECRET = "newsroom", "a secret: with/odd characters"


class Provider:
    """`claims` and `headers` change what it signs; `key` with what; `codes` are those that it gave to browsers."""

    def __init__(self):
        self.key = self.published = ec.generate_private_key(ec.SECP256R1())
        self.claims, self.algorithm, self.codes, self.asked = {}, "ES256", {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def end(self):
        self.server.shutdown()
        self.server.server_close()

    def authorize(self, address):
        """What the browser brings back from the provider's page: the query of the redirect."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code{len(self.codes)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def answer(self, path, body, headers):
        if path == "/.well-known/openid-configuration":
            pages = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")
            return {"issuer": self.issuer} | {name: f"{self.issuer}/{name}" for name in pages}
        if path == "/jwks_uri":
            public = ECAlgorithm.to_jwk(self.published.public_key(), as_dict=True)
            return {"keys": [public | {"kid": "1", "use": "sig", "alg": "ES256"}]}
        return self._token({name: values[0] for name, values in parse_qs(body).items()}, headers)

    def _token(self, sent, headers):
        asked = self.codes.pop(sent["code"])  # each works once
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest())
        assert challenge.rstrip(b"=").decode() == asked["code_challenge"]
        assert sent["redirect_uri"] == asked["redirect_uri"]
        pair = "newsroom:a%20secret%3A%20with%2Fodd%20characters"
        assert headers["Authorization"] == f"Basic {base64.b64encode(pair.encode()).decode()}"
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "edna-at-home", "iat": now, "exp": now + 60}
        claims = claims | {"nonce": asked["nonce"]} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        key = {"none": None, "HS256": "x" * 32}.get(self.algorithm, self.key)
        return {"id_token": jwt.encode(claims, key, self.algorithm, headers={"kid": "1"}), "token_type": "Bearer"}

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._say("")

            def do_POST(self):
                self._say(self.rfile.read(int(self.headers["Content-Length"])).decode())

            def _say(self, body):
                try:
                    status, told = 200, provider.answer(self.path, body, self.headers)
                except (AssertionError, KeyError):
                    status, told = 400, {"error": "invalid_grant"}
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(told).encode())

            def log_message(self, *_):
                pass

        return Handler
