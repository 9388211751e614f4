"""Encrypts small secrets (keys of authenticator apps) with AES-256-GCM before they reach the database.

Stored as `gcm1:<id of the key>:<nonce, secret and tag in base64>`. What earlier versions wrote with Fernet is read too.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import transaction

FORM = "gcm1"
PURPOSE = b"evenkeel: secrets at rest, AES-256-GCM"
FERNET_PURPOSE = b"evenkeel: secrets of the second sign-in step"
NONCE_BYTES = 12
# Where an authenticator of django-allauth keeps what `encrypt` made.
ENCRYPTED = ("secret",)


class UnreadableSecret(Exception):
    """Written with a key that is not given, or changed since."""


def encrypt(text: str) -> str:
    key = _derived(settings.DATA_KEY, PURPOSE)
    head, nonce = f"{FORM}:{_id_of(key)}:", secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), head.encode())
    return head + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(text: str) -> str:
    """Reads what the current or a former DATA_KEY wrote; raises UnreadableSecret when neither did."""
    return _opened(text) if text.startswith(f"{FORM}:") else _opened_fernet(text)


def key_id_of(value: object) -> str | None:
    """Which key wrote a stored value; None for what is not encrypted, or by an earlier version, which did not say."""
    form, _, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
    return rest.partition(":")[0] if form == FORM else None


def known_key_ids() -> list[str]:
    """Of DATA_KEY and its fallbacks: what they wrote can be read here."""
    return [_id_of(key) for key in _keys(PURPOSE)]


def unreadable_secrets() -> int:
    """How many stored secrets no key that is given can read: whose second step they are of could not sign in."""
    rows = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    found = (str(data[name]) for data in rows.iterator() for name in ENCRYPTED if name in data)
    return sum(1 for text in found if not _is_readable(text))


@transaction.atomic
def encrypt_anew() -> int:
    """Everything that is stored encrypted, with the current DATA_KEY; how many rows that were.

    Raises UnreadableSecret, and changes nothing, if a row was written with a key that is not given any more.
    """
    count = 0
    for row in Authenticator.objects.select_for_update().order_by("pk"):
        anew = {name: _anew(value) if name in ENCRYPTED else value for name, value in row.data.items()}
        if anew != row.data:
            Authenticator.objects.filter(pk=row.pk).update(data=anew)
            count += 1
    return count


def _is_readable(text: str) -> bool:
    try:
        decrypt(text)
    except UnreadableSecret:
        return False
    return True


def _anew(value: Any) -> str:
    return encrypt(decrypt(str(value)))


def _opened(text: str) -> str:
    try:
        form, key_id, body = text.split(":")
        key = next(each for each in _keys(PURPOSE) if _id_of(each) == key_id)
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{form}:{key_id}:".encode()).decode()
    except (StopIteration, InvalidTag, ValueError, binascii.Error) as error:
        raise UnreadableSecret from error


def _opened_fernet(text: str) -> str:
    keys = [Fernet(base64.urlsafe_b64encode(key)) for key in _keys(FERNET_PURPOSE)]
    try:
        return MultiFernet(keys).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


def _keys(purpose: bytes) -> list[bytes]:
    return [_derived(secret, purpose) for secret in (settings.DATA_KEY, *settings.DATA_KEY_FALLBACKS)]


def _derived(secret: str, purpose: bytes) -> bytes:
    # The secret is long and random (config/env.py refuses others), so one keyed hash is enough to derive a key.
    return hmac.digest(secret.encode(), purpose, "sha256")


def _id_of(key: bytes) -> str:
    """Says which key it is and nothing about it."""
    return hashlib.sha256(PURPOSE + key).hexdigest()[:8]
