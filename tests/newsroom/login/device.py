"""A device with passkeys, in software: it answers as a browser does (WebAuthn, 5.1), for tests without one."""

import hashlib
import json
import os
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

PRESENT, VERIFIED, HAS_KEY = 1, 4, 64


class Device:
    def __init__(self, origin="http://testserver", verifies=True):
        self.origin, self.flags = origin, PRESENT | (VERIFIED if verifies else 0)
        self.host = origin.partition("//")[2].partition(":")[0]
        self.key, self.id, self.uses = ec.generate_private_key(ec.SECP256R1()), os.urandom(16), 0

    def credential(self):
        """What the server stores."""
        public = ES256.from_cryptography_key(self.key.public_key())
        return AttestedCredentialData.create(Aaguid(b"\0" * 16), self.id, public)

    def _data(self, flags, credential=b""):
        self.uses += 1
        head = hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)
        return AuthenticatorData(head + credential)

    def _client(self, kind, question):
        return CollectedClientData.create(type=kind, challenge=question["challenge"], origin=self.origin)

    def _answer(self, **response):
        values = {name: websafe_encode(value) for name, value in response.items()}
        own = websafe_encode(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": values})

    def make(self, question):
        """The answer to the question for a new passkey."""
        data = self._data(self.flags | HAS_KEY, self.credential())
        client = self._client("webauthn.create", question)
        return self._answer(clientDataJSON=client, attestationObject=AttestationObject.create("none", data, {}))

    def use(self, question):
        """The answer to the question of a log-in."""
        data, client = self._data(self.flags), self._client("webauthn.get", question)
        signature = self.key.sign(data + client.hash, ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)
