"""A passkey made of software: what a browser and its device would send, right or wrong."""

import hashlib
import json
import secrets
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.models import User

HOST = "testserver"
FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class SoftwarePasskey:
    """Registered for the person; `credential` is what its use sends for a challenge."""

    def __init__(self, person: User) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle = websafe_encode(user_pk_to_url_str(person).encode())
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": self._registration()}
        )

    def credential(self, options: dict[str, Any], key: ec.EllipticCurvePrivateKey | None = None) -> str:
        """`key` is another one than was registered: the signature is then wrong."""
        client = self._client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), FLAGS, 1)
        signature = (key or self.key).sign(bytes(data) + client.hash, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return json.dumps(self._sent(response))

    def _registration(self) -> dict[str, Any]:
        client = self._client_data("webauthn.create", websafe_encode(secrets.token_bytes(32)))
        cose = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        public = AttestedCredentialData.create(Aaguid.NONE, self.id, cose)
        flags = FLAGS | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(hashlib.sha256(HOST.encode()).digest(), flags, 0, public)
        attestation = AttestationObject.create("none", data, {})
        return self._sent({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attestation)})

    def _client_data(self, kind: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(kind, challenge, f"https://{HOST}")

    def _sent(self, response: dict[str, str]) -> dict[str, Any]:
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
