"""Ed25519: the key of an installation, and its signature over what it attests."""

import hashlib
import hmac

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.types import Plain

_PURPOSE = b"evenkeel: key of signed assessments, Ed25519"
# What is signed begins with this, so that no signature made for anything else can stand for one of these.
_WHAT = b"Evenkeel signed assessment, version 1\n"


class SigningKey:
    """Drawn from a secret, which is long and random (config/env.py refuses others)."""

    def __init__(self, secret: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(hmac.digest(secret.encode(), _PURPOSE, "sha256"))

    @property
    def public_key(self) -> str:
        """Hexadecimal, 64 digits."""
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, attestation: Plain) -> str:
        """Hexadecimal, 128 digits."""
        return self._key.sign(_WHAT + canonical(attestation)).hex()


def is_signed_with(public_key: str, signature: str, attestation: Plain) -> bool:
    """Both in hexadecimal. False also for a key that is none."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), _WHAT + canonical(attestation))
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public_key: str) -> str:
    """A short name to compare by eye: eight groups of four digits, 128 bits of the key's SHA-256."""
    digits = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
